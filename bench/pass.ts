/**
 * `npm run bench:pass`: what it costs a real browser to verify activity passes without a network: 20,000 presentations of as many holders, against
 * three full status lists, in turns with the bare signature checks of the same bytes. Prints Markdown.
 */
import { fileURLToPath } from 'node:url'
import { decode, encode, Tagged } from 'cborg'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import {
  contentOf,
  fromBase45,
  mostStatuses,
  type openTrust,
  packTrust,
  present,
  signIssuers,
  signPass,
  signStatuses,
  type Trust,
  type verify,
} from '#pass'
import { content, issuerEntry, later, now, randomStatuses, roots, signerOf } from '#pass/example'
import { launch } from '../web/e2e/browser.ts'
import { median } from './pair.ts'
import { machine, number, table, times } from './table.ts'

const presentations = 20_000
/** Verified by turns of so many, ours and bare. */
const turn = 1000
/** Of a slow phone, whose processor is so many times slower. */
const slowness = 4
const slowTurns = 2
const origin = 'http://localhost'
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** What is checked: the text of the code, and the same as bare signatures. */
interface Shown {
  text: string
  holder: JsonWebKey
  /** To be signed and signature, base64: of the pass, and of the proof. */
  bare: [string, string, string, string]
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

function partsOf(signed: Uint8Array, context: Uint8Array): [string, string] {
  const { value } = decode(signed, { useMaps: true, tags: Tagged.preserve(18) }) as Tagged
  const [head, , payload, signature] = value as [Uint8Array, unknown, Uint8Array, Uint8Array]
  return [base64(encode(['Signature1', head, context, payload])), base64(signature)]
}

async function make(index: number, places: readonly number[]): Promise<Shown> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  const holder = await crypto.subtle.exportKey('jwk', publicKey)
  const list = index % 3
  const status = { uri: `ygl:53:${list}`, index: places[list] ?? 0 }
  const pass = await signPass({ ...content, copyId: crypto.randomUUID(), holder, status }, await signerOf('issuer'))
  const text = await present(pass, privateKey, later(-5))
  const [, proof] = decode(fromBase45(text.slice(5))) as [Uint8Array, Uint8Array]
  const context = Buffer.concat([Buffer.from('YGL2:'), pass])
  return { text, holder: contentOf(pass).holder ?? holder, bare: [...partsOf(pass, new Uint8Array()), ...partsOf(proof, context)] }
}

/** The pass library as the page gets it, one script. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('../pass/index.ts', import.meta.url)), formats: ['iife'], name: 'pass' },
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  if (first === undefined || !('output' in first)) throw new Error('nothing was built')
  return first.output[0].code
}

/** What the page has of the pass library. */
interface Library {
  openTrust: typeof openTrust
  verify: typeof verify
}

interface Turn {
  /** Milliseconds a presentation. */
  ours: number
  bare: number
}

/** In the page: opens the bundle, fetches what is to be checked, and says how long the opening took, milliseconds. */
const prepare = (page: Page) =>
  page.evaluate(async () => {
    const here = globalThis as unknown as {
      pass: Library
      trust: unknown
      shown: Shown[]
      issuer: CryptoKey
      bare: unknown[]
    }
    const bytes = new Uint8Array(await (await fetch('/trust')).arrayBuffer())
    const began = performance.now()
    const trust = await here.pass.openTrust(bytes)
    const opened = performance.now() - began
    here.trust = trust
    here.shown = (await (await fetch('/shown')).json()) as Shown[]
    const keyOf = (jwk: JsonWebKey) => crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    here.issuer = await keyOf(trust.issuers[0]?.publicKey ?? {})
    const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    here.bare = await Promise.all(here.shown.map(async ({ holder, bare }) => ({ key: await keyOf(holder), parts: bare.map(bytesOf) })))
    return opened
  })

/** In the page: so many presentations one after another, then the bare signatures of the same. */
const take = (page: Page, from: number, count: number, at: number): Promise<Turn> =>
  page.evaluate(
    async ([first, many, time]) => {
      type Bare = { key: CryptoKey; parts: [BufferSource, BufferSource, BufferSource, BufferSource] }
      const { pass, trust, shown, issuer, bare } = globalThis as unknown as {
        pass: Library
        trust: Trust
        shown: Shown[]
        issuer: CryptoKey
        bare: Bare[]
      }
      const moment = new Date(time)
      const began = performance.now()
      for (const { text } of shown.slice(first, first + many)) {
        const { outcome } = await pass.verify(text, trust, moment)
        if (outcome !== 'VALID') throw new Error(outcome)
      }
      const between = performance.now()
      const how = { name: 'ECDSA', hash: 'SHA-256' }
      for (const { key, parts } of bare.slice(first, first + many)) {
        const both =
          (await crypto.subtle.verify(how, issuer, parts[1], parts[0])) && (await crypto.subtle.verify(how, key, parts[3], parts[2]))
        if (!both) throw new Error('a bare signature does not fit')
      }
      const ended = performance.now()
      return { ours: (between - began) / many, bare: (ended - between) / many }
    },
    [from, count, at] as const,
  )

const root = await signerOf('root')
const signed = { issuedAt: later(-3600), expiresAt: later(3 * 86_400) }
const lists = [0, 1, 2].map((n) => randomStatuses(0.05, 53 + n, mostStatuses))
const trust = packTrust({
  roots,
  issuers: [await signIssuers({ uri: 'ygl:53:issuers', ...signed, issuers: [await issuerEntry('issuer')] }, root)],
  statuses: await Promise.all(lists.map((statuses, n) => signStatuses({ uri: `ygl:53:${n}`, ...signed, statuses }, root))),
})
const places = lists.map((statuses) => statuses.lastIndexOf(0))
const shown: Shown[] = []
for (let index = 0; index < presentations; index += 1) shown.push(await make(index, places))

const browser = await launch()
const page = await browser.newPage()
// A page on localhost may use Web Crypto; nothing listens there, the browser is answered here.
const script = await bundle()
await page.route(`${origin}/**`, (route) => {
  const { pathname } = new URL(route.request().url())
  if (pathname === '/trust') return route.fulfill({ body: Buffer.from(trust), contentType: 'application/cbor' })
  if (pathname === '/shown') return route.fulfill({ body: JSON.stringify(shown), contentType: 'application/json' })
  return route.fulfill({ body: `<!doctype html><title>pass</title><script>${script}</script>`, contentType: 'text/html' })
})
await page.goto(origin)
const opened = await prepare(page)
const turns: Turn[] = []
for (let from = 0; from < presentations; from += turn) turns.push(await take(page, from, turn, now.getTime()))
const session = await page.context().newCDPSession(page)
await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
const slow: Turn[] = []
for (let n = 0; n < slowTurns; n += 1) slow.push(await take(page, n * turn, turn, now.getTime()))
await browser.close()

const fine = (value: number) => `${value.toFixed(2)} ms`
const row = (name: string, of: readonly Turn[]) => [
  name,
  fine(median(of.map(({ ours }) => ours))),
  fine(Math.max(...of.map(({ ours }) => ours))),
  fine(median(of.map(({ bare }) => bare))),
  times(median(of.map(({ ours, bare }) => ours / bare))),
]
console.log(`${number(presentations)} presentations of one issuer, each of another holder. ${machine()}\n`)
console.log(
  table(
    ['verifying a presentation in the browser', 'median', 'slowest turn', 'its two signatures alone', 'ratio'],
    [row('this machine', turns), row(`the page’s thread ${slowness} × slower`, slow)],
  ),
)
console.log(`\nOpening the bundle with three full lists (${Math.round(trust.length / 1024)} KB): ${fine(opened)}.`)
