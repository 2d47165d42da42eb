/** Puts the house together from the configuration: modules, contract, gateways. The server, the commands and the benchmarks open it here. */
import { operations } from '#contract'
import { readOpenapi } from '#contract/openapi'
import { findNodes } from '#organisations'
import { addDocs, Channels, type Config, type House, openHouse, readSecrets, type SmsGateway } from '#platform'
import { modules } from './modules.ts'

/** Hands messages to the operator's gateway: `POST {phone, text}` to `SMS_URL`. */
const gatewayAt = (url: string): SmsGateway => ({
  async send(phone, text) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone, text }),
      signal: AbortSignal.timeout(5000),
    })
    if (!answer.ok) throw new Error(`the SMS gateway answered ${answer.status}`)
  },
})

/** In the demo the code and the reminders are shown on the pages instead. */
const shownByTheDemo: SmsGateway = { send: () => Promise.resolve() }

function gatewayOf(config: Config): SmsGateway {
  if (config.demo) return shownByTheDemo
  if (config.smsUrl !== undefined) return gatewayAt(config.smsUrl)
  throw new Error(
    '没有短信网关，无法登录：请用 SMS_URL 指明短信网关，或用 DEMO=1 打开演示 / there is no SMS gateway: name it with SMS_URL, or open the demo with DEMO=1',
  )
}

/** What push services are told to ask at while PUBLIC_URL is not set. */
const nobodysAddress = 'https://yigongli.invalid'

/** Opens the house on a database; nothing listens yet. @throws Error with a sentence on what to do */
export async function openYigongli(config: Config, url: string): Promise<House> {
  const secrets = readSecrets(config.keyFile, config.dataDir)
  const sms = gatewayOf(config)
  const house = await openHouse({
    url,
    dataDir: config.dataDir,
    secrets,
    modules,
    operations,
    findNodes,
    sms,
    digests: new Channels(secrets, sms, config.publicUrl ?? nobodysAddress),
    demo: config.demo,
    publicUrl: config.publicUrl,
    logLevel: config.logLevel,
  })
  addDocs(house.app, readOpenapi())
  return house
}
