/** Reading rollups: a handful of index look-ups, whatever lies below. */
import { type Context, sql } from '#platform'
import { columns, type Counts } from './measures.ts'

/** Rollups of these organisations over these periods, by `id period`; no row means nothing. */
export async function countsOf(
  ctx: Context,
  of: readonly { id: string; county: string }[],
  periods: readonly string[],
): Promise<Map<string, Counts>> {
  const counties = [...new Set(of.map((organisation) => organisation.county))]
  const rows = await ctx.query(sql<Counts & { organisation_id: string; period: string }>`
    select organisation_id, period, ${columns} from overview.rollup
    where county = any(${counties}::text[]) and organisation_id = any(${of.map((organisation) => organisation.id)}::uuid[]) and period = any(${periods}::text[])`)
  return new Map(rows.map((row) => [`${row.organisation_id} ${row.period}`, row]))
}
