/**
 * Gatherings inside a scope, newest first, by state, kind and words of their title; fast at five million of them. What many of the newest are is
 * read along time, a kind in a wide scope along its own. What few are is gathered by its own index. What many were, but only long ago, is looked for month by month.
 */
import type { listGatherings } from '#contract/meetings'
import type { QueryOf } from '#contract/operation'
import { comesAfter, contains, type Context, keyOfMoment, type Node, pageOf, type RawBuilder, Scope, sql } from '#platform'
import { addDays, addMonths } from '#rules'
import { type ListRow, named, plannedWithin, rowColumns } from './read.ts'

type Query = QueryOf<typeof listGatherings>
type Found = ListRow & { key: string }

/** So many are read along time before an index is asked, and so many that are wanted are gathered and sorted. */
const few = 5000

const newest = sql`order by g.planned_start desc, g.id desc`

/** Gatherings of this node and below, newest first, paged by (start, id). */
export async function list(ctx: Context, node: Node, query: Query) {
  const here = new Scope(node.path).covers(sql`g.path`)
  const inside = [here, ...plannedWithin(query), comesAfter(query.cursor, { at: sql`g.planned_start`, id: sql`g.id` })]
  const beside = [
    ...(query.state === undefined ? [] : [sql<boolean>`g.state = ${query.state}`]),
    ...(query.q === '' ? [] : [contains(sql`g.title`, query.q)]),
  ]
  const ofKind =
    query.kind === undefined
      ? []
      : [
          sql<boolean>`exists (select from meetings.segment s where s.county = g.county and s.gathering_id = g.id and s.kind = ${query.kind})`,
        ]
  const wanted = [...beside, ...ofKind]
  const most = query.limit + 1
  const rows =
    (await alongKind(ctx, node, query, [here, ...beside], most)) ??
    (wanted.length === 0 ? await ask(ctx, all(inside), most) : await search(ctx, query, inside, wanted, most))
  const { items, next } = pageOf(rows, query.limit)
  return { items: await named(ctx, items), next }
}

type Conditions = readonly RawBuilder<boolean>[]

const all = (conditions: Conditions) => sql`meetings.gathering g where ${sql.join(conditions, sql` and `)}`

const ask = (ctx: Context, from: RawBuilder<unknown>, most: number, order = newest) =>
  ctx.query(sql<Found>`
    select ${rowColumns}, ${keyOfMoment(sql`g.planned_start`)} as key from ${from} ${order} limit ${most}`)

/** Prefectures and the province: among the newest of one kind in the province are enough of theirs. */
const isWide = ({ path }: Node) => path.split('/').length <= 3

/** Of one kind, read along its own time and no further than the page is full; undefined where there may be more than were looked at. */
async function alongKind(ctx: Context, node: Node, query: Query, conditions: Conditions, most: number): Promise<Found[] | undefined> {
  if (query.kind === undefined || !isWide(node)) return undefined
  const [at, id] = [sql`s.planned_start`, sql`s.gathering_id`]
  const ofKind = [sql<boolean>`s.kind = ${query.kind}`, ...plannedWithin(query, at), comesAfter(query.cursor, { at, id })]
  const order = sql`order by s.planned_start desc, s.gathering_id desc`
  const looked = sql`(
    select s.county, s.gathering_id, s.planned_start from meetings.segment s where ${sql.join(ofKind, sql` and `)} ${order} limit ${few}) s`
  const rows = await ask(
    ctx,
    sql`${looked} join meetings.gathering g on g.county = s.county and g.id = s.gathering_id where ${sql.join(conditions, sql` and `)}`,
    most,
    order,
  )
  if (rows.length === most) return rows
  const { count } = await ctx.get(sql<{ count: number }>`select count(*)::int as count from ${looked}`)
  return count < few ? rows : undefined
}

/** Those that are wanted among the newest. */
const walk = (ctx: Context, inside: Conditions, wanted: Conditions, most: number) =>
  ask(ctx, sql`(select * from ${all(inside)} ${newest} limit ${few}) g where ${sql.join(wanted, sql` and `)}`, most)

/** All that are wanted: `offset 0` has them gathered by their own index, instead of walking back along time until there are enough. */
const gather = (ctx: Context, inside: Conditions, wanted: Conditions, most: number) =>
  ask(ctx, sql`(select * from ${all([...inside, ...wanted])} offset 0) g`, most)

/** Within a month nothing is gained by looking month by month. */
const isShort = ({ from, until }: Query) => from !== undefined && until !== undefined && until <= addMonths(from, 1)

async function search(ctx: Context, query: Query, inside: Conditions, wanted: Conditions, most: number): Promise<Found[]> {
  const amongNewest = await walk(ctx, inside, wanted, most)
  if (amongNewest.length >= most) return amongNewest
  // Where in the table each one lies, not only near what: otherwise millions of titles are taken apart again.
  await ctx.query(sql`set local work_mem = '32MB'`)
  if (isShort(query)) return gather(ctx, inside, wanted, most)
  // Materialized, so that it is planned as if all were asked for, which is by their own index; counting stops all the same.
  const { count } = await ctx.get(sql<{ count: number }>`
    with matched as materialized (select from ${all([...inside, ...wanted])})
    select count(*)::int as count from (select from matched limit ${few}) m`)
  // Nothing beside them.
  if (count === amongNewest.length) return amongNewest
  return count < few ? gather(ctx, inside, wanted, most) : byMonth(ctx, inside, wanted, most)
}

/** Back to the first month whose newest fill the page. In later ones few are wanted, as their newest show, so those are gathered together. */
async function byMonth(ctx: Context, inside: Conditions, wanted: Conditions, most: number): Promise<Found[]> {
  const { first, last } = await ctx.get(sql<{ first: string; last: string }>`
    select (min(planned_start) at time zone 'Asia/Shanghai')::date as first, (max(planned_start) at time zone 'Asia/Shanghai')::date as last
    from meetings.gathering`)
  for (let day = `${last.slice(0, 7)}-01`; day > addMonths(first, -1); day = addMonths(day, -1)) {
    const next = addMonths(day, 1)
    const rows = await walk(ctx, [...inside, ...plannedWithin({ from: day, until: addDays(next, -1) })], wanted, most)
    if (rows.length === most)
      return [...(await gather(ctx, [...inside, ...plannedWithin({ from: next })], wanted, most)), ...rows].slice(0, most)
  }
  return gather(ctx, inside, wanted, most)
}
