/** The roster of a branch on a day: who is expected, and who counts in a vote. */
import { type Context, type Node, type RawBuilder, Scope, sql } from '#platform'
import { countsInVote } from './rights.ts'

export interface RosterMember {
  memberId: string
  name: string
  groupId: string | null
  probationary: boolean
  hasVote: boolean
}

/** What is read of a member on a roster. */
export interface RosterRow {
  memberId: string
  name: string
  groupId: string | null
  stage: 'FULL' | 'PROBATIONARY'
  membership: 'NORMAL'
  rightsSuspendedUntil: string | null
}

/** Members of this branch who attend its meetings, in the order of their names. */
export async function rosterOf(ctx: Context, branch: Node): Promise<RosterMember[]> {
  const rows = await ctx.query(sql<RosterRow>`
    select id as "memberId", name, group_id as "groupId", stage, membership, rights_suspended_until as "rightsSuspendedUntil"
    from members.member m
    where county = ${branch.county} and ${new Scope(branch.path).covers(sql`m.path`)} and stage in ('FULL', 'PROBATIONARY') and membership = 'NORMAL'
    order by pinyin, id`)
  return rows.map((row) => onRoster(ctx, row))
}

/** Members of the group in which the caller acts, who cannot read the branch above it; nobody for any other group. */
export async function rosterOfOwnGroup(ctx: Context, county: string, groupId: string): Promise<RosterMember[]> {
  const rows = await ctx.query(sql<RosterRow>`
    select id as "memberId", name, ${groupId}::uuid as "groupId", stage, membership, rights_suspended_until as "rightsSuspendedUntil"
    from members.of_group(${county}, ${groupId}) where stage in ('FULL', 'PROBATIONARY') and membership = 'NORMAL' order by pinyin, id`)
  return rows.map((row) => onRoster(ctx, row))
}

/** A member as the roster tells of them. */
export const onRoster = (ctx: Context, { memberId, name, groupId, ...axes }: RosterRow): RosterMember => ({
  memberId,
  name,
  groupId,
  probationary: axes.stage === 'PROBATIONARY',
  hasVote: countsInVote(axes, ctx.now),
})

/** Members and full members of these organisations together, as the thresholds count them. @param among a relation (county, organisation id) */
export async function memberCounts(ctx: Context, among: RawBuilder<unknown>): Promise<{ all: number; full: number }> {
  return ctx.get(sql<{ all: number; full: number }>`
    select coalesce(sum(all_members), 0)::int as "all", coalesce(sum(full_members), 0)::int as "full" from members.tally
    where (county, organisation_id) in (${among})`)
}

/** SQL: counts per branch as a relation: `county`, `organisation_id`, `members`, `full_members`, `floating`. @param among a relation (county, organisation id) */
export const talliesOf = (among?: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select t.county, t.organisation_id, t.all_members as members, t.full_members, t.floating from members.tally t
  where ${among === undefined ? sql`true` : sql`(t.county, t.organisation_id) in (${among})`}`
