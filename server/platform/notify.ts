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
  /** @param items what is new since the last digest, at most 20 titles */
  send(accountId: string, items: { title: Sentence; href: string }[]): Promise<void>
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

/** People told in one transaction. */
const mostDigests = 500

/**
 * Sends people what is new as one digest, by day only and once a day. A portion at a time; whoever the gateway refuses is tried again
 * at the next time of day. A process that is killed between the gateway and the commit tells those people twice.
 * @returns people of this portion, 0 when there is nobody left
 */
export async function sendDigests(ctx: Context, gateway: DigestGateway): Promise<number> {
  if (!mayDisturb(ctx.now)) return 0
  const today = new Date(Math.floor((ctx.now.getTime() + shanghai) / day) * day - shanghai)
  const rows = await ctx.query(sql<{ accountId: string; items: { title: Sentence; href: string }[] }>`
    with chosen as (
      select distinct n.account_id from platform.notification n
      where n.digested_at is null and n.read_at is null
        and not exists (select from platform.notification_choice c where c.account_id = n.account_id and not c.digest)
        and not exists (select from platform.notification d where d.account_id = n.account_id and d.digested_at >= ${today})
      limit ${mostDigests}),
    fresh as (
      update platform.notification n set digested_at = ${ctx.now} from chosen
      where n.account_id = chosen.account_id and n.digested_at is null and n.read_at is null
      returning n.account_id, n.title, n.href, n.at)
    select account_id as "accountId", (array_agg(jsonb_build_object('title', title, 'href', href) order by at desc))[1:20] as items
    from fresh group by account_id`)
  const refused: string[] = []
  for (const { accountId, items } of rows) await gateway.send(accountId, items).catch(() => void refused.push(accountId))
  await ctx.query(sql`
    update platform.notification set digested_at = null where account_id = any(${refused}::uuid[]) and digested_at = ${ctx.now}`)
  // Those refused would be chosen again at once, so a portion with a refusal is the last of this time of day.
  return refused.length === 0 ? rows.length : 0
}
