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

/** Recounts one branch from its members. Cheap: a branch has tens of members, rarely hundreds. */
export async function recount(ctx: Context, county: string, organisationId: string, path: string): Promise<void> {
  await ctx.query(sql`
    insert into members.tally (county, organisation_id, path, all_members, full_members, counting, floating)
    select ${county}, ${organisationId}::uuid, ${path}, ${tallied}
    from members.member where county = ${county} and organisation_id = ${organisationId}
    on conflict (county, organisation_id) do update set path = excluded.path, all_members = excluded.all_members,
      full_members = excluded.full_members, counting = excluded.counting, floating = excluded.floating`)
}
