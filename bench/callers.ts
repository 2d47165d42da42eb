/** Callers with their own account, post and session, and open gatherings they are on the roster of. */
import { type Context, openPool, type RawBuilder, sql, transact } from '#platform'
import type { Rows } from './load.ts'

/**
 * A caller's token and device follow from the member's id, so that nothing but ids need be handed to the load generator:
 * the token is the id without hyphens, the device is the id.
 */
export interface Wanted {
  members: number
  /** Gatherings of each branch that take sign-ins; the n-th has the number n in its id. */
  rounds: number
}

export const gatheringOf = (branch: string, round: number | string) =>
  `00000000-0000-7000-8${(typeof round === 'number' ? round.toString(16) : round).padStart(3, '0')}-${branch}`

/** Places of a caller's row, as templates name them. */
export const row = {
  organisation: '{0}',
  /** End of the ids of its branch's gatherings. */
  branch: '{1}',
  member: '{2}',
  token: '{3}',
  county: '{4}',
  /** Path of the branch with `~` for `/`. */
  path: '{5}',
  secretaryToken: '{6}',
  secretaryDevice: '{7}',
  /** Twelve digits that are nobody else's. */
  own: '{8}',
  notification: '{9}',
} as const

/** @returns a row a caller, the same at each call, and the first of the rounds that nobody has signed in to */
export async function addCallers(url: string, { members, rounds }: Wanted): Promise<{ rows: Rows; first: number }> {
  const pool = openPool(url, 'owner', 1, 3_600_000)
  try {
    return await transact(pool, async (ctx) => {
      await ctx.query(sql`create schema if not exists bench`)
      const { there } = await ctx.get(sql<{ there: boolean }>`select to_regclass('bench.caller') is not null as there`)
      if (!there) {
        await choose(ctx, members)
        await addSessions(ctx)
        await addLeaders(ctx)
        await addNotifications(ctx)
      }
      const first = await openGatherings(ctx, rounds)
      const rows = await ctx.query(sql<{ row: string[] }>`
        select array[organisation_id::text, branch, member_id::text, token, county, replace(path, '/', '~'), md5(organisation_id::text || 'BRANCH_SECRETARY'),
          md5(organisation_id::text || 'BRANCH_SECRETARY')::uuid::text, right(member_id::text, 12), ${notificationId(sql`'1'`)}::text] as row
        from bench.caller order by md5(member_id::text)`)
      return { rows: rows.map((found) => found.row), first }
    })
  } finally {
    await pool.end()
  }
}

/** Whole branches, scattered over the province. */
async function choose(ctx: Context, members: number): Promise<void> {
  await ctx.query(sql`
    create table bench.branch as
    select county, organisation_id, path, lpad(to_hex(n), 12, '0') as branch from (
      select t.*, row_number() over (order by md5(organisation_id::text)) as n,
        sum(all_members) over (order by md5(organisation_id::text) rows unbounded preceding) - all_members as before from members.tally t) t
    where before < ${members}`)
  await ctx.query(sql`
    create table bench.caller as
    select b.county, b.organisation_id, b.path, b.branch, m.id as member_id, m.name, replace(m.id::text, '-', '') as token
    from bench.branch b join members.member m on m.county = b.county and m.organisation_id = b.organisation_id`)
}

/** Posts with the id of the caller; sessions last seen long ago: the first request of each is as dear as that of a morning. */
async function addSessions(ctx: Context): Promise<void> {
  await ctx.query(sql`
    insert into platform.account (id, name, phone_hash, phone_sealed, subject_id)
    select member_id, name, sha256(token::bytea), '\\x00', member_id from bench.caller`)
  await ctx.query(sql`
    insert into platform.post (id, account_id, role, node_id, from_day)
    select member_id, member_id, 'MEMBER', organisation_id, '2020-01-01' from bench.caller`)
  await ctx.query(sql`
    insert into platform.session (id, account_id, token_hash, device_id, used_on, expires_at)
    select member_id, member_id, sha256(token::bytea), member_id, current_date - 1, now() + interval '100 days' from bench.caller`)
}

/** A secretary and a recorder for each branch; their accounts follow from the branch's id like `leader()` says. */
async function addLeaders(ctx: Context): Promise<void> {
  await ctx.query(sql`
    create table bench.leader as
    select organisation_id, role, md5(organisation_id::text || role)::uuid as account_id, md5(organisation_id::text || role) as token
    from bench.branch cross join (values ('BRANCH_SECRETARY'), ('RECORDER')) r(role)
    union all select id, 'ORG_DEPARTMENT', md5(id::text || 'ORG_DEPARTMENT')::uuid, md5(id::text || 'ORG_DEPARTMENT')
    from organisations.organisation where parent_id is null or kind <> 'BRANCH' and parent_id is not null`)
  await ctx.query(sql`
    insert into platform.account (id, name, phone_hash, phone_sealed) select account_id, '负责人', sha256(token::bytea), '\\x00' from bench.leader`)
  await ctx.query(sql`
    insert into platform.post (id, account_id, role, node_id, from_day)
    select gen_random_uuid(), account_id, role, organisation_id, '2020-01-01' from bench.leader`)
  await ctx.query(sql`
    insert into platform.session (id, account_id, token_hash, device_id, used_on, expires_at)
    select account_id, account_id, sha256(token::bytea), account_id, current_date - 1, now() + interval '100 days' from bench.leader`)
}

/** SQL: an id of version 4 that follows from the caller's and a number. */
const notificationId = (number: RawBuilder<unknown>) =>
  sql`overlay(overlay(md5(member_id::text || ${number}) placing '4' from 13) placing '8' from 17)::uuid`

/** Five a caller, the first with an id that follows from the caller's. */
async function addNotifications(ctx: Context): Promise<void> {
  await ctx.query(sql`
    insert into platform.notification (account_id, id, at, kind, title, body, because, href, once)
    select member_id, ${notificationId(sql`k`)}, now() - k * interval '1 day', 'meetings.notice', '{"zh":"会议通知：主题党日","en":"Notice: theme day"}',
      '{"zh":"3月2日周一 09:00，村委会会议室","en":"Mon, 2 Mar, 09:00, village hall"}', '{"zh":"您在应到名单上。","en":"You are expected."}', '/meetings', k::text
    from bench.caller cross join generate_series(1, 5) k order by 1`)
}

/** Online gatherings in progress with everybody expected, so many more a branch, one of them on any day. @returns the round of the first */
async function openGatherings(ctx: Context, rounds: number): Promise<number> {
  // Millions of rows that are right by how they are made: their references are not checked one by one.
  await ctx.query(sql`set local session_replication_role = replica`)
  const { first } = await ctx.get(sql<{ first: number }>`
    select count(*)::int as first from meetings.gathering where (county, organisation_id) = (select county, organisation_id from bench.branch order by branch limit 1)
      and state = 'IN_PROGRESS'`)
  // What earlier runs on a kept province left open is not of today any more.
  await ctx.query(sql`
    update meetings.gathering g set held_on = held_on - 1000 from bench.branch b
    where g.county = b.county and g.organisation_id = b.organisation_id and g.state = 'IN_PROGRESS' and g.held_on > current_date - 900`)
  const began = sql`now() - (r - ${first}::int) * interval '2 days'`
  const round = sql`generate_series(${first}::int, ${first + rounds - 1}::int) r`
  const id = sql`('00000000-0000-7000-8' || lpad(to_hex(r), 3, '0') || '-' || b.branch)::uuid`
  await ctx.query(sql`
    insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, planned_start, actual_start, held_on, content_hash)
    select b.county, ${id}, b.organisation_id, b.path, '主题党日', 'IN_PROGRESS', 'ONLINE', ${began}, ${began}, ((${began}) at time zone 'Asia/Shanghai')::date, '\\x00'
    from bench.branch b cross join ${round}`)
  await ctx.query(sql`
    insert into meetings.segment (county, id, gathering_id, kind, place, planned_start)
    select b.county, gen_random_uuid(), ${id}, 'THEME_DAY', 1, ${began} from bench.branch b cross join ${round}`)
  await ctx.query(sql`
    insert into meetings.attendance (county, gathering_id, member_id, name, capacity, has_vote, expected, state)
    select b.county, ${id}, b.member_id, b.name, 'MEMBER', true, true, 'EXPECTED' from bench.caller b cross join ${round} order by r, b.branch`)
  return first
}
