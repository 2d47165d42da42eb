/** Lists of floating members, out and in. */
import type * as contract from '#contract/floating'
import type { QueryOf, ReturnsOf } from '#contract/operation'
import { contains, type Context, isDay, isId, type Node, Scope, sql, wrongCursor } from '#platform'
import { addMonths, dayOf, floatStates } from '#rules'
import { isOver, presentRows, select, type Stored } from './rows.ts'

export async function list(
  ctx: Context,
  node: Node,
  query: QueryOf<typeof contract.listFloating>,
): Promise<ReturnsOf<typeof contract.listFloating>> {
  const scope = new Scope(node.path)
  const today = dayOf(ctx.now)
  const here =
    query.side === 'OUT'
      ? scope.covers(sql`r.path`)
      : sql<boolean>`(${scope.covers(sql`r.host_path`)} or ${scope.covers(sql`r.branch_path`)})`
  const [state, day, id] = query.cursor?.split('~') ?? []
  if (query.cursor !== undefined && (!/^[01]$/.test(state ?? '') || !isDay(day) || !isId(id))) throw wrongCursor()
  const isLate = ({ clocks }: Stored) => Object.values(clocks).some((dueOn) => dueOn < today)
  // Those something has run out for come first, whatever it is.
  const late = sql`(exists (select from jsonb_each_text(r.clocks) c where c.value < ${today}))::int`
  const rows = await select(
    ctx,
    sql`${here} and ${query.all === 'true' ? sql`true` : sql`not ${isOver}`}
      and ${query.state === undefined ? sql`true` : sql`r.state = ${query.state}`}
      and ${query.clock === undefined ? sql`true` : sql`r.clocks ->> ${query.clock} < ${addMonths(today, 1)}`}
      and ${query.areaCode === undefined ? sql`true` : sql`starts_with(r.area_code, ${query.areaCode.replace(/0+$/, '')})`}
      and ${query.q === '' ? sql`true` : sql`(${contains(sql`r.name`, query.q)} or ${contains(sql`r.unit`, query.q)} or ${contains(sql`r.place`, query.q)})`}
      and ${state === undefined ? sql`true` : sql`(1 - ${late}, r.out_on, r.id) > (${Number(state)}, ${day}::date, ${id}::uuid)`}`,
    sql`order by 1 - ${late}, r.out_on, r.id limit ${query.limit + 1}`,
  )
  const shown = rows.slice(0, query.limit)
  const [items, counts, run] = await Promise.all([
    presentRows(ctx, shown),
    ctx.query(sql<{ state: (typeof floatStates)[number]; n: number }>`
      select r.state, count(*)::int as n from floating.registration r where ${here} and not ${isOver} group by 1`),
    ctx.query(sql<{ ruleId: string; n: number }>`
      select c.key as "ruleId", count(*)::int as n from floating.registration r cross join lateral jsonb_each_text(r.clocks) c
      where ${here} and not ${isOver} and c.value < ${today} group by 1 order by 1`),
  ])
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const none = Object.fromEntries(floatStates.map((each) => [each, 0])) as Record<(typeof floatStates)[number], number>
  return {
    items,
    next: last === undefined ? null : `${isLate(last) ? 0 : 1}~${last.outOn}~${last.id}`,
    counts: counts.reduce((sofar, row) => ({ ...sofar, [row.state]: row.n }), none),
    late: Object.fromEntries(run.map(({ ruleId, n }) => [ruleId, n])),
  }
}
