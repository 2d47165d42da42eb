/** Members of an organisation and those below it, today or on a day; every list read is audited with the number of rows. */
import type { QueryOf } from '#contract/operation'
import type { listMembers } from '#contract/members'
import { type Context, isDay, isId, type Node, type RawBuilder, Scope, sql, wrongCursor } from '#platform'
import { presentRows, rowColumns, type Stored } from './rows.ts'
import { isCounted } from './tallies.ts'

type Query = QueryOf<typeof listMembers>

/** Where the last page ended: the value sorted by, and the id. */
function decode(cursor: string, sort: Query['sort']): [key: string, id: string] {
  const [key, id] = Buffer.from(cursor, 'base64url').toString().split('~')
  const isKey = sort === 'name' ? key !== undefined && !key.includes('\0') : isDay(key)
  if (key !== undefined && isKey && isId(id)) return [key, id]
  throw wrongCursor()
}

/**
 * SQL: does the column begin with this? As a range and not as `like`: row-level security lets an index be used only by comparisons that are known
 * to tell nothing of the rows they reject.
 */
const begins = (column: RawBuilder<unknown>, typed: string) =>
  sql`(${column} collate "C" >= ${typed} and ${column} collate "C" < ${`${typed}\u{10ffff}`})`

/** SQL: members as a relation `m`; with a day, those who belonged to this subtree on it, under the organisation of that day. */
function source(scope: Scope, asOf: string | undefined): RawBuilder<unknown> {
  if (asOf === undefined) return sql`(select * from members.member m where ${scope.covers(sql`m.path`)}) m`
  return sql`(
    select m.id, m.county, a.organisation_id, m.group_id, m.name, m.pinyin, m.initials, m.gender, m.stage, m.membership, m.contact, m.mobility,
      m.joined_on, m.phone_masked, m.rights_suspended_until
    from members.tally t join members.affiliation a on a.county = t.county and a.organisation_id = t.organisation_id
    join members.member m on m.county = a.county and m.id = a.member_id
    where ${scope.covers(sql`t.path`)} and a.valid_from <= ${asOf} and (a.valid_to is null or a.valid_to > ${asOf})) m`
}

/** Characters are looked for in names only, letters also in how these are spelt. */
const isSpelling = (typed: string): boolean => /^[a-z]/i.test(typed)

/**
 * SQL: what was typed as conditions that no member meets twice, each with an index of its own; none when nothing was. It begins a name, or the name
 * as it is spelt, or its initials.
 */
function matches(typed: string): RawBuilder<unknown>[] {
  if (typed === '') return []
  const name = begins(sql`m.name`, typed)
  if (!isSpelling(typed)) return [name]
  const letters = typed.toLowerCase()
  const [spelt, initials] = [begins(sql`m.pinyin`, letters), begins(sql`m.initials`, letters)]
  return [spelt, sql`${initials} and not ${spelt}`, sql`${name} and not ${spelt} and not ${initials}`]
}

/** SQL: what the list is in order of. People found by the characters of their name stand in the order of these, which is that of its index. */
function keyOf(sort: Query['sort'], typed: string): RawBuilder<unknown> {
  if (sort === 'joinedOn') return sql`coalesce(m.joined_on, '9999-12-31'::date)`
  return typed === '' || isSpelling(typed) ? sql`m.pinyin` : sql`m.name collate "C"`
}

/** Members of this node and below, sorted and paged by key; counts come from the tallies unless a filter asks for less. */
export async function list(ctx: Context, node: Node, query: Query) {
  const scope = new Scope(node.path)
  const { asOf, stage, mobility, sort, limit } = query
  const typed = query.q.trim()
  const [afterKey, afterId] = query.cursor === undefined ? [] : decode(query.cursor, sort)
  const key = keyOf(sort, typed)
  const filters = [
    ...(stage === undefined ? [] : [sql`m.stage = ${stage}`]),
    ...(mobility === undefined ? [] : [sql`m.mobility = ${mobility}`]),
  ]
  const from = source(scope, asOf)
  const found = matches(typed)
  const wheres = (found.length === 0 ? [sql`true`] : found).map((match) => sql.join([match, ...filters], sql` and `))
  const after = afterKey === undefined ? sql`` : sql`and (${key}, m.id) > (${afterKey}, ${afterId}::uuid)`
  const firsts = united(
    wheres,
    (where) => sql`select ${rowColumns}, ${key} as key from ${from} where ${where} ${after} order by ${key}, m.id limit ${limit + 1}`,
  )
  const rows = await ctx.query(sql<Stored & { key: string }>`select * from (${firsts}) m order by key, id limit ${limit + 1}`)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const items = await presentRows(
    ctx,
    shown.map(({ key: _key, ...row }) => row),
  )
  const isWhole = found.length === 0 && filters.length === 0 && asOf === undefined
  const totals = isWhole ? await tally(ctx, scope) : await countFound(ctx, from, wheres)
  ctx.audit({ operation: 'members.listMembers', county: node.county, subjectId: node.id, rows: items.length })
  return { items, next: last === undefined ? null : Buffer.from(`${last.key}~${last.id}`).toString('base64url'), ...totals }
}

/** SQL: the same question for each condition, one after another. */
const united = (wheres: readonly RawBuilder<unknown>[], ask: (where: RawBuilder<unknown>) => RawBuilder<unknown>) =>
  sql.join(
    wheres.map((where) => sql`(${ask(where)})`),
    sql` union all `,
  )

interface Totals {
  total: number
  full: number
  counts: number
  more: boolean
}

/** A search that finds more than this is counted no further: nobody reads so many. */
const countedAtMost = 10_000

function countFound(ctx: Context, from: RawBuilder<unknown>, wheres: readonly RawBuilder<unknown>[]) {
  const some = united(
    wheres,
    (where) => sql`select m.stage, m.membership, m.rights_suspended_until from ${from} where ${where} limit ${countedAtMost + 1}`,
  )
  return ctx.get(sql<Totals>`
    select least(count(*), ${countedAtMost})::int as total, count(*) filter (where stage = 'FULL')::int as full,
      count(*) filter (where ${isCounted})::int as counts, count(*) > ${countedAtMost} as more
    from (select * from (${some}) m limit ${countedAtMost + 1}) m`)
}

/** Sums of the tallies inside a scope. */
const tally = (ctx: Context, scope: Scope) =>
  ctx.get(sql<Totals>`
    select coalesce(sum(all_members), 0)::int as total, coalesce(sum(full_members), 0)::int as full, coalesce(sum(counting), 0)::int as counts, false as more
    from members.tally t where ${scope.covers(sql`t.path`)}`)
