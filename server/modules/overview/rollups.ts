/**
 * Keeping the rollups. Two facts are kept per organisation: its own numbers (`overview.own`) and under whom it counts (`overview.place`).
 * Everything else follows from one invariant: a rollup is the sum of `own` over all whose place names it.
 *
 * Numbers are never added up from events. An event only says whose numbers to look at again; they are computed from the records, and the
 * difference to what was kept is added to the superiors. So an event read twice changes nothing, and one that came early heals what was wrong.
 *
 * Only one writer at a time: the projection's cursor is locked for the whole step, and the reconciliation takes the same lock.
 */
import { placesOf, subtreeOf } from '#organisations'
import { type Context, type RawBuilder, sql } from '#platform'
import { columns, type Counts, each, measures, type Span, typed } from './measures.ts'
import { recorded } from './records.ts'

/** Numbers of one organisation over one period, to be looked at again. */
export interface Touched {
  county: string
  organisationId: string
  /** `now`, `2026-03` or `2026-03-31`. */
  period: string
}

const spanOf = (period: string): Span => (period === 'now' ? 'now' : period.length === 7 ? 'month' : 'day')

const zeros = each(() => sql`0`)
const adding = each((column) => sql`${column} = r.${column} + excluded.${column}`)
const replacing = each((column) => sql`${column} = excluded.${column}`)

type Changed = Touched & { fresh: Counts; plus: Counts }

/** SQL: `{"branches": …}` of a piece for each measure. */
const asJson = (piece: (column: RawBuilder<unknown>) => RawBuilder<unknown>) =>
  sql`jsonb_build_object(${sql.join(measures.map((name) => sql`${sql.lit(name)}, ${piece(sql.ref(name))}`))})`

/**
 * Looks at these numbers again and brings organisation and superiors up to what is on record. Organisations that are new to the rollups
 * are given their place first. @returns those that had changed
 */
export async function settle(ctx: Context, touched: readonly Touched[]): Promise<Touched[]> {
  if (touched.length === 0) return []
  await placeNewcomers(ctx, touched)
  const spans = [...new Set(touched.map(({ period }) => spanOf(period)))]
  const pairs = sql`select distinct * from unnest(${touched.map((t) => t.county)}::text[], ${touched.map((t) => t.organisationId)}::uuid[],
    ${touched.map((t) => t.period)}::text[]) as t(county, organisation_id, period)`
  const among = sql`select distinct * from unnest(${touched.map((t) => t.county)}::text[], ${touched.map((t) => t.organisationId)}::uuid[]) as a(county, organisation_id)`
  const changed = await ctx.query(sql<Changed>`
    select t.county, t.organisation_id as "organisationId", t.period,
      ${asJson((column) => sql`coalesce(n.${column}, 0)`)} as fresh,
      ${asJson((column) => sql`coalesce(n.${column}, 0) - coalesce(o.${column}, 0)`)} as plus
    from (${pairs}) t
    left join (${recorded(ctx, spans, among)}) n using (county, organisation_id, period)
    left join overview.own o using (county, organisation_id, period)
    where (${each((column) => sql`coalesce(n.${column}, 0)`)}) is distinct from (${each((column) => sql`coalesce(o.${column}, 0)`)})`)
  if (changed.length === 0) return []
  const rows = (counts: 'fresh' | 'plus') =>
    JSON.stringify(changed.map((c) => ({ county: c.county, organisation_id: c.organisationId, period: c.period, ...c[counts] })))
  await ctx.query(sql`
    insert into overview.own (county, organisation_id, period, ${columns})
    select county, organisation_id, period, ${columns}
    from jsonb_to_recordset(${rows('fresh')}::jsonb) as x(county text, organisation_id uuid, period text, ${typed})
    on conflict (county, organisation_id, period) do update set ${replacing}`)
  await ctx.query(sql`
    insert into overview.rollup as r (county, organisation_id, period, ${columns})
    select a.county, a.id, x.period, ${each((column) => sql`sum(x.${column})::int`)}
    from jsonb_to_recordset(${rows('plus')}::jsonb) as x(county text, organisation_id uuid, period text, ${typed})
    join overview.place p on p.county = x.county and p.organisation_id = x.organisation_id
    cross join unnest(p.adds_to, p.adds_to_counties) as a(id, county)
    group by 1, 2, 3
    on conflict (county, organisation_id, period) do update set ${adding}`)
  return changed.map(({ county, organisationId, period }) => ({ county, organisationId, period }))
}

async function placeNewcomers(ctx: Context, touched: readonly Touched[]): Promise<void> {
  const newcomers = await ctx.query(sql<{ id: string }>`
    select distinct t.organisation_id as id from unnest(${touched.map((t) => t.county)}::text[], ${touched.map((t) => t.organisationId)}::uuid[]) as t(county, organisation_id)
    where not exists (select from overview.place p where p.county = t.county and p.organisation_id = t.organisation_id)`)
  const ids = newcomers.map((row) => row.id)
  if (ids.length > 0) await replace(ctx, sql`select unnest(${ids}::uuid[])`)
}

/** Counts this organisation and everything below it under whom they stand now. @returns ids of those that had stood elsewhere */
export const replaceSubtree = (ctx: Context, organisationId: string): Promise<string[]> => replace(ctx, subtreeOf(organisationId))

/**
 * Counts organisations under whom they stand now: what they add, in all periods, is taken from those who are no longer above them and given
 * to those who have come. @param among a relation of ids
 */
export async function replace(ctx: Context, among: RawBuilder<unknown>): Promise<string[]> {
  // Read once and carried along, so that another move committed meanwhile cannot come between taking and giving.
  const changed = await ctx.query(sql<{ county: string; organisation_id: string; adds_to: string[]; adds_to_counties: string[] }>`
    select n.county, n.organisation_id, n.adds_to, n.adds_to_counties from (${placesOf(among)}) n
    left join overview.place p on p.county = n.county and p.organisation_id = n.organisation_id
    where (n.adds_to, n.adds_to_counties) is distinct from (p.adds_to, p.adds_to_counties)`)
  if (changed.length === 0) return []
  const places = sql`jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as n(county text, organisation_id uuid, adds_to uuid[], adds_to_counties text[])`
  await ctx.query(sql`
    insert into overview.rollup as r (county, organisation_id, period, ${columns})
    select a.county, a.id, o.period, ${each((column) => sql`sum(a.sign * o.${column})::int`)}
    from ${places}
    join overview.own o on o.county = n.county and o.organisation_id = n.organisation_id
    left join overview.place p on p.county = n.county and p.organisation_id = n.organisation_id
    cross join lateral (
      select id, county, 1 as sign from unnest(n.adds_to, n.adds_to_counties) as a(id, county)
      union all select id, county, -1 from unnest(p.adds_to, p.adds_to_counties) as a(id, county)) a
    group by 1, 2, 3 having (${each((column) => sql`sum(a.sign * o.${column})`)}) <> (${zeros})
    on conflict (county, organisation_id, period) do update set ${adding}`)
  await ctx.query(sql`
    insert into overview.place (county, organisation_id, adds_to, adds_to_counties)
    select county, organisation_id, adds_to, adds_to_counties from ${places}
    on conflict (county, organisation_id) do update set adds_to = excluded.adds_to, adds_to_counties = excluded.adds_to_counties`)
  return changed.map((row) => row.organisation_id)
}

/** SQL: every row of `overview.rollup` as it should be, by the invariant. */
export const summed = sql`
  select a.county, a.id as organisation_id, o.period, ${each((column) => sql`sum(o.${column})::int as ${column}`)}
  from overview.own o join overview.place p on p.county = o.county and p.organisation_id = o.organisation_id
  cross join unnest(p.adds_to, p.adds_to_counties) as a(id, county)
  group by 1, 2, 3`

/** Lets the rest of the transaction group and sort millions of rows in memory instead of in files. */
export const inMemory = (ctx: Context) => ctx.query(sql`set local work_mem = '128MB'`)

/** Forgets everything and fills it from the records, set-based: for a first start, a seed, and a rebuild. */
export async function fill(ctx: Context): Promise<void> {
  await inMemory(ctx)
  await ctx.query(sql`delete from overview.rollup`)
  await ctx.query(sql`delete from overview.own`)
  await ctx.query(sql`delete from overview.place`)
  await ctx.query(sql`
    insert into overview.place (county, organisation_id, adds_to, adds_to_counties)
    select county, organisation_id, adds_to, adds_to_counties from (${placesOf(undefined)}) p`)
  await ctx.query(sql`
    insert into overview.own (county, organisation_id, period, ${columns})
    select county, organisation_id, period, ${columns} from (${recorded(ctx, ['now', 'month', 'day'])}) n`)
  await ctx.query(sql`
    insert into overview.rollup (county, organisation_id, period, ${columns}) select county, organisation_id, period, ${columns} from overview.own`)
  const { deepest } = await ctx.get(sql<{ deepest: number | null }>`select max(cardinality(adds_to)) as deepest from overview.place`)
  // From the deepest level up: each adds what it has to its direct superior, so that no row is added more than once a level.
  for (let depth = deepest ?? 0; depth > 1; depth -= 1) await addToSuperiors(ctx, depth)
}

const addToSuperiors = (ctx: Context, depth: number) =>
  ctx.query(sql`
    insert into overview.rollup as r (county, organisation_id, period, ${columns})
    select p.adds_to_counties[${depth - 1}], p.adds_to[${depth - 1}], s.period, ${each((column) => sql`sum(s.${column})::int`)}
    from overview.place p join overview.rollup s on s.county = p.county and s.organisation_id = p.organisation_id
    where cardinality(p.adds_to) = ${depth} group by 1, 2, 3
    on conflict (county, organisation_id, period) do update set ${adding}`)

/** Sets these sums to what the invariant asks for, whatever they were. */
export async function addUpAgain(ctx: Context, sums: readonly Touched[]): Promise<void> {
  if (sums.length === 0) return
  await ctx.query(sql`
    insert into overview.rollup (county, organisation_id, period, ${columns})
    select t.county, t.organisation_id, t.period, ${each((column) => sql`coalesce(s.${column}, 0)`)}
    from unnest(${sums.map((t) => t.county)}::text[], ${sums.map((t) => t.organisationId)}::uuid[], ${sums.map((t) => t.period)}::text[]) as t(county, organisation_id, period)
    left join (${summed}) s using (county, organisation_id, period)
    on conflict (county, organisation_id, period) do update set ${replacing}`)
}
