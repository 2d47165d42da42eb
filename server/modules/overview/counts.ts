/** Reading what an organisation has, itself and below: a handful of index look-ups. */
import { type Context, sql } from '#platform'
import { type Counts, each } from './measures.ts'
import { total } from './rollups.ts'

/** Numbers of these organisations with all below them over these periods, by `id period`; no row means nothing. */
export async function countsOf(
  ctx: Context,
  of: readonly { id: string; county: string }[],
  periods: readonly string[],
): Promise<Map<string, Counts>> {
  const counties = [...new Set(of.map((organisation) => organisation.county))]
  const rows = await ctx.query(sql<Counts & { organisation_id: string; period: string }>`
    select organisation_id, period, ${each((column) => sql`sum(${column})::int as ${column}`)} from (${total}) t
    where county = any(${counties}::text[]) and organisation_id = any(${of.map((organisation) => organisation.id)}::uuid[]) and period = any(${periods}::text[])
    group by 1, 2`)
  return new Map(rows.map((row) => [`${row.organisation_id} ${row.period}`, row]))
}
