/** Flows between counties and places, none below five, nor to be worked out from the others. */
import type { z } from 'zod'
import type * as contract from '#contract/floating'
import { areaNames } from '#areas'
import { type Context, hiddenAmong, mayShow, type Node, Scope, sql } from '#platform'
import { isOver } from './rows.ts'

type Flow = z.output<typeof contract.Flow>

export async function listFlows(ctx: Context, node: Node, side: 'OUT' | 'IN'): Promise<z.output<typeof contract.listFlows.returns>> {
  const scope = new Scope(node.path)
  const here = side === 'OUT' ? scope.covers(sql`r.path`) : sql`(${scope.covers(sql`r.host_path`)} or ${scope.covers(sql`r.branch_path`)})`
  const rows = await ctx.query(sql<{ from: string; to: string; n: number }>`
    select r.county as from, coalesce(r.host_county, left(r.area_code, 6)) as to, count(*)::int as n from floating.registration r
    where ${here} and not ${isOver} group by 1, 2 order by 3 desc, 1, 2`)
  const total = rows.reduce((sum, { n }) => sum + n, 0)
  const idOf = ({ from, to }: (typeof rows)[number]) => `${from} ${to}`
  const hidden = hiddenAmong(
    mayShow(total),
    total,
    rows.map((row) => ({ id: idOf(row), count: row.n })),
  )
  const names = await areaNames(ctx, [...new Set(rows.flatMap(({ from, to }) => [from, to]))])
  const items = rows.map((row): Flow => ({
    fromCode: row.from,
    fromName: names.get(row.from) ?? row.from,
    toCode: row.to,
    toName: names.get(row.to) ?? (row.to.startsWith('53') ? row.to : '省外'),
    members: hidden.has(idOf(row)) ? null : row.n,
  }))
  return { items, total: mayShow(total) ? total : null, asOf: ctx.now.toISOString() }
}
