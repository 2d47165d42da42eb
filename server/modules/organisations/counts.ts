/** Members of organisations. Members stand above this module and hand their counts down when they are loaded. */
import { type Context, sql } from '#platform'
import { type Kind, kinds } from './kinds.ts'
import { isWithin } from './paths.ts'

/** Members of one organisation: `full` 正式党员, `all` with those on probation. */
export interface MemberCounts {
  full: number
  all: number
}

let count: ((ctx: Context, organisationId: string) => Promise<MemberCounts>) | undefined

/** Says how the members of one organisation are counted. Called once, when the members are loaded. */
export function provideMemberCounts(provided: (ctx: Context, organisationId: string) => Promise<MemberCounts>): void {
  count = provided
}

/** Members who belong to this organisation directly. */
export async function countMembers(ctx: Context, organisationId: string): Promise<MemberCounts> {
  return count === undefined ? { full: 0, all: 0 } : count(ctx, organisationId)
}

const holders: readonly Kind[] = (Object.keys(kinds) as Kind[]).filter((kind) => kinds[kind].holdsMembers)

/** Members of this organisation and everything below: one count for each branch, sent together. */
export async function countMembersWithin(ctx: Context, path: string): Promise<MemberCounts> {
  const branches = await ctx.query(sql<{ id: string }>`
    select id from organisations.organisation o where ${isWithin(sql`o.path`, path)} and kind = any(${holders}::text[]) and dissolved_on is null`)
  const counts = await Promise.all(branches.map(({ id }) => countMembers(ctx, id)))
  return { full: counts.reduce((sum, c) => sum + c.full, 0), all: counts.reduce((sum, c) => sum + c.all, 0) }
}
