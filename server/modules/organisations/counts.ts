/** Members of organisations. Members stand above this module and hand their counts down when they are loaded. */
import { type Context, type RawBuilder, sql } from '#platform'
import { type Kind, kinds } from './kinds.ts'
import { isWithin } from './paths.ts'

/** Members of one organisation: `full` 正式党员, `all` with those on probation. */
export interface MemberCounts {
  full: number
  all: number
}

type Count = (ctx: Context, among: RawBuilder<unknown>) => Promise<MemberCounts>

let count: Count | undefined

/** Says how the members of organisations are counted. Called once, when the members are loaded. @param provided given a relation (county, organisation id), sums over it in one statement */
export function provideMemberCounts(provided: Count): void {
  count = provided
}

const counted = async (ctx: Context, among: RawBuilder<unknown>): Promise<MemberCounts> =>
  count === undefined ? { full: 0, all: 0 } : count(ctx, among)

/** Members who belong to this organisation directly. */
export const countMembers = (ctx: Context, { county, id }: { county: string; id: string }): Promise<MemberCounts> =>
  counted(ctx, sql`select ${county}::text, ${id}::uuid`)

const holders: readonly Kind[] = (Object.keys(kinds) as Kind[]).filter((kind) => kinds[kind].holdsMembers)

/** Members of this organisation and everything below. */
export const countMembersWithin = (ctx: Context, path: string): Promise<MemberCounts> =>
  counted(
    ctx,
    sql`select county, id from organisations.organisation o where ${isWithin(sql`o.path`, path)} and kind = any(${holders}::text[]) and dissolved_on is null`,
  )
