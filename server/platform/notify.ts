/** Telling people: an inbox, each item once, nothing pushed by night, one digest a day, mutable (domain.md §2.4). */
import { randomUUID } from 'node:crypto'
import type { Context } from './context.ts'
import { sql } from './database.ts'
import type { Sentence } from './errors.ts'

export interface Notice {
  accountId: string
  /** What kind of thing it is, for muting: `module.kind`. */
  kind: string
  title: Sentence
  body: Sentence
  /** Why this person is told, one sentence. */
  because: Sentence
  href: string
  /** The same key is told once to the same person. */
  once: string
}

/** Carries the daily digest outside (Web Push, SMS). The inbox itself needs none. */
export interface DigestGateway {
  /**
   * Only reads through `ctx`: what it has to write it gives back, because an open transaction that has written holds up the projections.
   * @param items what is new since the last digest, at most 20 titles
   */
  send(accountId: string, items: { title: Sentence; href: string }[], ctx: Context): Promise<Sent | void>
}

/** What is written down after a digest has left. */
export interface Sent {
  /** The text message that was handed over. */
  message?: string
  /** Devices whose subscription the push service no longer knows. */
  gone?: readonly string[]
}

/** Quiet hours, Asia/Shanghai: nothing leaves before 08:00 or from 20:00 on. */
const firstHour = 8
const lastHour = 20
const day = 86_400_000
const shanghai = 8 * 3_600_000

/** Is this moment inside 08:00–20:00 in Asia/Shanghai? */
export function mayDisturb(now: Date): boolean {
  const hour = (now.getUTCHours() + 8) % 24
  return hour >= firstHour && hour < lastHour
}

/** Puts notices into the inboxes of those who have not muted the kind; repeats change nothing. @returns how many were new */
export async function notify(ctx: Context, notices: readonly Notice[]): Promise<number> {
  if (notices.length === 0) return 0
  const rows = await ctx.query(sql<{ id: string }>`
    insert into platform.notification (account_id, id, kind, title, body, because, href, once)
    select n.* from unnest(${notices.map((n) => n.accountId)}::uuid[], ${notices.map(() => randomUUID())}::uuid[], ${notices.map((n) => n.kind)}::text[],
      ${notices.map((n) => JSON.stringify(n.title))}::jsonb[], ${notices.map((n) => JSON.stringify(n.body))}::jsonb[],
      ${notices.map((n) => JSON.stringify(n.because))}::jsonb[], ${notices.map((n) => n.href)}::text[], ${notices.map((n) => n.once)}::text[])
      as n(account_id, id, kind, title, body, because, href, once)
    left join platform.notification_choice c on c.account_id = n.account_id
    where not (n.kind = any(coalesce(c.muted, '{}')))
    on conflict (account_id, once) do nothing returning id`)
  return rows.length
}

/** People told in one transaction, and at the same time. */
const mostDigests = 500
const atOnce = 16

/** Held while digests go out, so that two processes do not tell the same people. */
const oneAtATime = 7_306_002

interface Digest {
  accountId: string
  ids: string[]
  items: { title: Sentence; href: string }[]
}

/**
 * Sends people what is new as one digest, by day only and once a day. A portion at a time; whoever the gateway refuses is tried again
 * at the next time of day. A process that is killed between the gateway and the commit tells those people twice.
 * @returns people of this portion, 0 when there is nobody left
 */
export async function sendDigests(ctx: Context, gateway: DigestGateway): Promise<number> {
  if (!mayDisturb(ctx.now)) return 0
  const today = new Date(Math.floor((ctx.now.getTime() + shanghai) / day) * day - shanghai)
  const { mine } = await ctx.get(sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${oneAtATime}) as mine`)
  if (!mine) return 0
  const digests = await ctx.query(sql<Digest>`
    with chosen as (
      select distinct n.account_id from platform.notification n
      where n.digested_at is null and n.read_at is null
        and not exists (select from platform.notification_choice c where c.account_id = n.account_id and not c.digest)
        and not exists (select from platform.notification d where d.account_id = n.account_id and d.digested_at >= ${today})
      limit ${mostDigests})
    select n.account_id as "accountId", array_agg(n.id) as ids,
      (array_agg(jsonb_build_object('title', n.title, 'href', n.href) order by n.at desc))[1:20] as items
    from platform.notification n join chosen on chosen.account_id = n.account_id
    where n.digested_at is null and n.read_at is null group by n.account_id`)
  const told: (Sent & Digest)[] = []
  const waiting = [...digests]
  const lane = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { accountId, items } = next
      const digest = next
      await gateway.send(accountId, items, ctx).then(
        (sent) => void told.push({ ...digest, ...sent }),
        () => {},
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  await writeDown(ctx, told)
  // Those refused would be chosen again at once, so a portion with a refusal is the last of this time of day.
  return told.length === digests.length ? digests.length : 0
}

async function writeDown(ctx: Context, told: readonly (Sent & Digest)[]): Promise<void> {
  const notices = told.flatMap(({ accountId, ids }) => ids.map((id) => ({ accountId, id })))
  await ctx.query(sql`
    update platform.notification n set digested_at = ${ctx.now}
    from unnest(${notices.map((n) => n.accountId)}::uuid[], ${notices.map((n) => n.id)}::uuid[]) as told(account_id, id)
    where n.account_id = told.account_id and n.id = told.id`)
  const messages = told.flatMap(({ accountId, message }) => (message === undefined ? [] : [{ accountId, message }]))
  if (messages.length > 0) {
    await ctx.query(sql`
      insert into platform.text_message (account_id, id, at, body)
      select account_id, id, ${ctx.now}, body from unnest(${messages.map((m) => m.accountId)}::uuid[], ${messages.map(() => randomUUID())}::uuid[],
        ${messages.map((m) => m.message)}::text[]) as m(account_id, id, body)`)
  }
  const gone = told.flatMap(({ accountId, gone: devices = [] }) => devices.map((deviceId) => ({ accountId, deviceId })))
  if (gone.length > 0) {
    await ctx.query(sql`
      delete from platform.push_subscription s
      using unnest(${gone.map((g) => g.accountId)}::uuid[], ${gone.map((g) => g.deviceId)}::uuid[]) as gone(account_id, device_id)
      where s.account_id = gone.account_id and s.device_id = gone.device_id`)
  }
}
