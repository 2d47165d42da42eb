/** The ways of one person: which devices are subscribed, whether text messages are wanted, and whom neither reaches. */
import type { Context } from './context.ts'
import { sql } from './database.ts'
import { DomainError } from './errors.ts'
import type { SmsGateway } from './identity.ts'
import type { DigestGateway, Sent } from './notify.ts'
import { isPushService, type Post, type Subscription, wake } from './notifyPush.ts'
import type { Secrets } from './secrets.ts'

/** Sends the digest by every way its reader has chosen. It says how many there are, never what. */
export class Channels implements DigestGateway {
  readonly #secrets: Secrets
  readonly #sms: SmsGateway
  readonly #contact: string
  readonly #post: Post | undefined

  /** @param contact address of this platform, for the push services @param post how to reach them, if not by `fetch` */
  constructor(secrets: Secrets, sms: SmsGateway, contact: string, post?: Post) {
    this.#secrets = secrets
    this.#sms = sms
    this.#contact = contact
    this.#post = post
  }

  /** Fails only when no way worked. */
  async send(accountId: string, items: readonly unknown[], ctx: Context): Promise<Sent> {
    const [devices, phone] = await Promise.all([devicesOf(ctx, accountId), phoneForSms(ctx, accountId)])
    const sent: Sent & { gone: string[] } = { gone: [] }
    const ways: Promise<unknown>[] = devices.map(async ({ deviceId, sealed }) => {
      const subscription = JSON.parse(this.#secrets.open(sealed)) as Subscription
      if (!(await wake(this.#secrets, subscription, this.#contact, this.#post))) sent.gone.push(deviceId)
    })
    if (phone !== undefined) {
      const message = `【一公里】您有${items.length}条新提醒，请打开“一公里”查看。`
      ways.push(this.#sms.send(this.#secrets.open(phone), message).then(() => void (sent.message = message)))
    }
    const results = await Promise.allSettled(ways)
    if (ways.length > 0 && results.every(({ status }) => status === 'rejected')) throw new Error('no way worked')
    return sent
  }
}

/** Devices of this person that are subscribed and still signed in. */
const devicesOf = (ctx: Context, accountId: string) =>
  ctx.query(sql<{ deviceId: string; sealed: Buffer }>`
    select p.device_id as "deviceId", p.subscription_sealed as sealed from platform.push_subscription p
    where p.account_id = ${accountId} and exists (
      select from platform.session s
      where s.account_id = p.account_id and s.device_id = p.device_id and s.revoked_at is null and s.expires_at > ${ctx.now})`)

async function phoneForSms(ctx: Context, accountId: string): Promise<Buffer | undefined> {
  const row = await ctx.find(sql<{ phone: Buffer }>`
    select a.phone_sealed as phone from platform.account a join platform.notification_choice c on c.account_id = a.id
    where a.id = ${accountId} and c.sms and a.closed_at is null`)
  return row?.phone
}

const thisDevice = (ctx: Context) => sql`(select device_id from platform.session where id = ${ctx.account.sessionId})`

/** Subscribes the device of this session; an earlier owner of the same browser is told there no more. @throws DomainError INVALID */
export async function subscribe(ctx: Context, secrets: Secrets, subscription: Subscription): Promise<void> {
  if (!isPushService(subscription.endpoint)) {
    const message =
      '这不是浏览器推送服务的地址，请换一个浏览器，或改用短信。/ not the address of a push service; use another browser, or text messages'
    throw new DomainError('INVALID', { fields: [{ path: 'body.endpoint', message }] })
  }
  const hash = secrets.lookup('push-address', subscription.endpoint)
  await ctx.query(sql`delete from platform.push_subscription where address_hash = ${hash} and account_id <> ${ctx.account.id}`)
  await ctx.query(sql`
    insert into platform.push_subscription (account_id, device_id, address_hash, subscription_sealed)
    select ${ctx.account.id}, ${thisDevice(ctx)}, ${hash}, ${secrets.seal(JSON.stringify(subscription))}
    on conflict (account_id, device_id) do update set address_hash = excluded.address_hash, subscription_sealed = excluded.subscription_sealed`)
}

export async function unsubscribe(ctx: Context): Promise<void> {
  await ctx.query(sql`delete from platform.push_subscription where account_id = ${ctx.account.id} and device_id = ${thisDevice(ctx)}`)
}

/** Text messages shown to whom they were sent. */
const messagesShown = 5

/** How the digest reaches the caller. */
export async function channelsOf(ctx: Context) {
  const { id } = ctx.account
  const [{ push, sms }, messages] = await Promise.all([
    ctx.get(sql<{ push: boolean; sms: boolean }>`
      select exists (select from platform.push_subscription where account_id = ${id} and device_id = ${thisDevice(ctx)}) as push,
        coalesce((select sms from platform.notification_choice where account_id = ${id}), false) as sms`),
    ctx.query(sql<{ id: string; at: string; text: string }>`
      select id, at, body as text from platform.text_message where account_id = ${id} order by at desc, id limit ${messagesShown}`),
  ])
  return { push, sms, messages }
}

export async function chooseSms(ctx: Context, on: boolean): Promise<void> {
  await ctx.query(sql`
    insert into platform.notification_choice (account_id, sms) values (${ctx.account.id}, ${on})
    on conflict (account_id) do update set sms = excluded.sms`)
}

/** Which of these subjects have somewhere to read a notice: signed in on some device, or told by text message. The others need a call. */
export async function reachedByPhone(ctx: Context, subjectIds: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.query(sql<{ id: string }>`
    select a.subject_id as id from platform.account a
    where a.subject_id = any(${subjectIds}::uuid[]) and a.closed_at is null and (
      exists (select from platform.session s where s.account_id = a.id and s.revoked_at is null and s.expires_at > ${ctx.now})
      or exists (select from platform.notification_choice c where c.account_id = a.id and c.sms and c.digest))`)
  return new Set(rows.map(({ id }) => id))
}
