/** Reading what an organisation has, itself and below: a handful of index look-ups. */
import { type Context, type RawBuilder, sql } from '#platform'
import { columns, type Counts, each } from './measures.ts'

/** Numbers of these organisations with all below them over these periods, by `id period`; no row means nothing. */
export async function countsOf(
  ctx: Context,
  of: readonly { id: string; county: string }[],
  periods: readonly string[],
): Promise<Map<string, Counts>> {
  const at = (table: RawBuilder<unknown>) => sql`
    select period, ${columns} from ${table} where county = o.county and organisation_id = o.id and period = any(${periods}::text[])`
  // Organisation by organisation: a list of counties beside a list of ids would be looked up in every combination.
  const rows = await ctx.query(sql<Counts & { organisation_id: string; period: string }>`
    select o.id as organisation_id, t.period, ${each((column) => sql`sum(t.${column})::int as ${column}`)}
    from (select distinct * from unnest(${of.map(({ county }) => county)}::text[], ${of.map(({ id }) => id)}::uuid[]) as u(county, id)) o
    cross join lateral (${at(sql`overview.own`)} union all ${at(sql`overview.rollup`)}) t
    group by 1, 2`)
  return new Map(rows.map((row) => [`${row.organisation_id} ${row.period}`, row]))
}
