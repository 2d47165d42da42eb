/** Counts per branch, kept in the transaction of each change. */
import { type Context, sql } from '#platform'

/** SQL: is this row of members.member in the denominator of a vote today? As `rightsOf` says (domain: rights table). */
export const isCounted = sql`stage = 'FULL' and membership = 'NORMAL' and (rights_suspended_until is null or rights_suspended_until < current_date)`

/** SQL: what a tally counts, over rows of members.member. */
export const tallied = sql`
  count(*) filter (where stage in ('FULL', 'PROBATIONARY') and membership = 'NORMAL'),
  count(*) filter (where stage = 'FULL' and membership = 'NORMAL'),
  count(*) filter (where ${isCounted}),
  count(*) filter (where mobility = 'FLOW_OUT' and membership = 'NORMAL')`

/**
 * Recounts one branch from its members. Cheap: a branch has tens of members, rarely hundreds. The row is locked by a statement of its own
 * before they are counted, so that whoever waits for it then sees what the other has written, and nobody's count is lost.
 */
export async function recount(ctx: Context, county: string, organisationId: string, path: string): Promise<void> {
  const one = sql`county = ${county} and organisation_id = ${organisationId}`
  await Promise.all([
    ctx.query(sql`
      insert into members.tally (county, organisation_id, path) values (${county}, ${organisationId}, ${path})
      on conflict (county, organisation_id) do update set path = excluded.path`),
    ctx.query(sql`
      update members.tally set (all_members, full_members, counting, floating) = (select ${tallied} from members.member where ${one}) where ${one}`),
  ])
}
