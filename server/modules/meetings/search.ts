/**
 * Gatherings inside a scope, newest first, by state, kind and words of their title; fast at five million of them. What many of the newest are is
 * read along time. What few are is gathered by its own index. What many were, but only long ago, is looked for month by month: in a month,
 * too, it is one or the other.
 */
import type { listGatherings } from '#contract/meetings'
import type { QueryOf } from '#contract/operation'
import { contains, type Context, DomainError, type Node, type RawBuilder, Scope, sql } from '#platform'
import { addDays, addMonths } from '#rules'
import { type ListRow, named, plannedWithin, rowColumns } from './read.ts'

type Query = QueryOf<typeof listGatherings>
type Found = ListRow & { key: string }

/** Gatherings read along time before an index is asked. */
const walked = 5000
/** Gatherings gathered by an index and sorted; more are looked for month by month. */
const gathered = 20_000

const newest = sql`order by g.planned_start desc, g.id desc`

/** Gatherings of this node and below, newest first, paged by (start, id). */
export async function list(ctx: Context, node: Node, query: Query) {
  const inside = [new Scope(node.path).covers(sql`g.path`), ...plannedWithin(query), ...after(query.cursor)]
  const wanted = [
    ...(query.state === undefined ? [] : [sql<boolean>`g.state = ${query.state}`]),
    ...(query.kind === undefined
      ? []
      : [
          sql<boolean>`exists (select from meetings.segment s where s.county = g.county and s.gathering_id = g.id and s.kind = ${query.kind})`,
        ]),
    ...(query.q === '' ? [] : [contains(sql`g.title`, query.q)]),
  ]
  const most = query.limit + 1
  const rows = wanted.length === 0 ? await ask(ctx, all(inside), most) : await search(ctx, inside, wanted, most)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const items = await named(
    ctx,
    shown.map(({ key: _key, ...row }) => row),
  )
  return { items, next: last === undefined ? null : `${last.key}~${last.id}` }
}

/** SQL: what comes after the last page. @throws DomainError INVALID */
function after(cursor: string | undefined): RawBuilder<boolean>[] {
  if (cursor === undefined) return []
  const [at, id] = cursor.split('~')
  if (at === undefined || Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id ?? '')) {
    throw new DomainError('INVALID', { fields: [{ path: 'query.cursor', message: '翻页标记无效，请从第一页开始。' }] })
  }
  return [sql<boolean>`(g.planned_start, g.id) < (${at}::timestamptz, ${id}::uuid)`]
}

type Conditions = readonly RawBuilder<boolean>[]

const all = (conditions: Conditions) => sql`meetings.gathering g where ${sql.join(conditions, sql` and `)}`

const ask = (ctx: Context, from: RawBuilder<unknown>, most: number) =>
  ctx.query(sql<Found>`
    select ${rowColumns}, to_char(g.planned_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as key from ${from} ${newest} limit ${most}`)

/** Those that are wanted among the newest. */
const walk = (ctx: Context, inside: Conditions, wanted: Conditions, most: number) =>
  ask(ctx, sql`(select * from ${all(inside)} ${newest} limit ${walked}) g where ${sql.join(wanted, sql` and `)}`, most)

/** SQL: so many that are wanted; `offset 0` has them gathered by their own index, instead of walking back along time until there are enough. */
const some = (inside: Conditions, wanted: Conditions, limit: RawBuilder<unknown>) =>
  sql`(select * from ${all([...inside, ...wanted])} offset 0 limit ${limit}) g`

async function search(ctx: Context, inside: Conditions, wanted: Conditions, most: number): Promise<Found[]> {
  const amongNewest = await walk(ctx, inside, wanted, most)
  if (amongNewest.length >= most) return amongNewest
  const { count } = await ctx.get(sql<{ count: number }>`select count(*)::int as count from ${some(inside, wanted, sql`${gathered}`)}`)
  return count < gathered ? ask(ctx, some(inside, wanted, sql`null`), most) : byMonth(ctx, inside, wanted, most)
}

/** Month after month backwards. In one whose newest do not fill the page at most one of a hundred is wanted, so few are gathered. */
async function byMonth(ctx: Context, inside: Conditions, wanted: Conditions, most: number): Promise<Found[]> {
  const found: Found[] = []
  const { first, last } = await ctx.get(sql<{ first: string; last: string }>`
    select (min(planned_start) at time zone 'Asia/Shanghai')::date as first, (max(planned_start) at time zone 'Asia/Shanghai')::date as last
    from meetings.gathering`)
  for (let day = `${last.slice(0, 7)}-01`; day > addMonths(first, -1) && found.length < most; day = addMonths(day, -1)) {
    const month = [...inside, ...plannedWithin({ from: day, until: addDays(addMonths(day, 1), -1) })]
    const amongNewest = await walk(ctx, month, wanted, most - found.length)
    found.push(
      ...(amongNewest.length < most - found.length ? await ask(ctx, some(month, wanted, sql`null`), most - found.length) : amongNewest),
    )
  }
  return found
}
