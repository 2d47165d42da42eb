/**
 * Keeping the rollups. Two facts are kept per organisation: its own numbers (`overview.own`) and under whom it counts (`overview.place`), from
 * one month to another. Everything else follows from one invariant: a rollup is the sum of `own` over all others whose place in that period
 * names the organisation. What an organisation shows is its own and what lies below (`counts.ts`).
 *
 * Numbers are not added up from events. An event only says whose numbers to look at again; they are computed from the records, and the
 * difference to what was kept is added to the superiors. So an event read twice changes nothing, and one that came early heals what was wrong.
 * The one exception are sign-ins: counting a branch's day again for each of a morning's hundred thousand would cost more than the sign-ins.
 * They are added up, and a count from the records leaves out those whose events are still to come (`records.ts`), so none counts twice.
 *
 * Only one writer at a time: the projection's cursor is locked for the whole step, and the reconciliation takes the same lock.
 */
import { everBelow, placesOf } from '#organisations'
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

/** Sign-ins of one organisation on one day that were just read. */
export type Added = Touched & { signIns: number }

const spanOf = (period: string): Span => (period === 'now' ? 'now' : period.length === 7 ? 'month' : 'day')

/**
 * SQL: does this place `p` hold in the period? A day goes with its month, and `now` sorts after every month: it goes with the last place.
 */
const holds = (period: RawBuilder<unknown>) => sql`${period} >= p.since and (p.until is null or ${period} < p.until)`

/** SQL: the superiors of a place `p`: all it names but the organisation itself, which stands last. */
const superiors = sql`cross join unnest(trim_array(p.adds_to, 1), trim_array(p.adds_to_counties, 1)) as a(id, county)`

const zeros = each(() => sql`0`)
const adding = each((column) => sql`${column} = r.${column} + excluded.${column}`)
const replacing = each((column) => sql`${column} = excluded.${column}`)

type Changed = Touched & { fresh: Counts; plus: Counts }

/** SQL: `{"branches": …}` of a piece for each measure. */
const asJson = (piece: (column: RawBuilder<unknown>) => RawBuilder<unknown>) =>
  sql`jsonb_build_object(${sql.join(measures.map((name) => sql`${sql.lit(name)}, ${piece(sql.ref(name))}`))})`

/**
 * Looks at these numbers again and brings organisation and superiors up to what is on record. Organisations that are new to the rollups
 * are given their place first.
 * @param added to be added where the numbers are not looked at again anyway
 * @returns those whose numbers had changed
 */
export async function settle(ctx: Context, touched: readonly Touched[], added: readonly Added[] = []): Promise<Touched[]> {
  if (touched.length === 0 && added.length === 0) return []
  const counted = new Set(touched.map(({ organisationId, period }) => `${organisationId} ${period}`))
  await add(
    ctx,
    added.filter(({ organisationId, period }) => !counted.has(`${organisationId} ${period}`)),
  )
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
    join overview.place p on p.county = x.county and p.organisation_id = x.organisation_id and ${holds(sql`x.period collate "C"`)}
    ${superiors}
    group by 1, 2, 3
    on conflict (county, organisation_id, period) do update set ${adding}`)
  return changed.map(({ county, organisationId, period }) => ({ county, organisationId, period }))
}

/** Adds sign-ins to the organisation and its superiors. One that has no place yet is given it afterwards, and brings them along. */
async function add(ctx: Context, added: readonly Added[]): Promise<void> {
  if (added.length === 0) return
  const unplaced = await ctx.query(sql<{ id: string }>`
    with x as materialized (
      select t.*, p.adds_to, p.adds_to_counties
      from unnest(${added.map((a) => a.county)}::text[], ${added.map((a) => a.organisationId)}::uuid[], ${added.map((a) => a.period)}::text[],
        ${added.map((a) => a.signIns)}::int[]) as t(county, organisation_id, period, sign_ins)
      left join overview.place p on p.county = t.county and p.organisation_id = t.organisation_id and ${holds(sql`t.period collate "C"`)}),
    own as (
      insert into overview.own as o (county, organisation_id, period, sign_ins) select county, organisation_id, period, sign_ins from x
      on conflict (county, organisation_id, period) do update set sign_ins = o.sign_ins + excluded.sign_ins),
    sums as (
      insert into overview.rollup as r (county, organisation_id, period, sign_ins)
      select a.county, a.id, p.period, sum(p.sign_ins)::int from x p ${superiors}
      group by 1, 2, 3
      on conflict (county, organisation_id, period) do update set sign_ins = r.sign_ins + excluded.sign_ins)
    select organisation_id as id from x where adds_to is null`)
  await placeThose(
    ctx,
    unplaced.map((row) => row.id),
  )
}

async function placeNewcomers(ctx: Context, touched: readonly Touched[]): Promise<void> {
  const newcomers = await ctx.query(sql<{ id: string }>`
    select distinct t.organisation_id as id from unnest(${touched.map((t) => t.county)}::text[], ${touched.map((t) => t.organisationId)}::uuid[]) as t(county, organisation_id)
    where not exists (select from overview.place p where p.county = t.county and p.organisation_id = t.organisation_id)`)
  await placeThose(
    ctx,
    newcomers.map((row) => row.id),
  )
}

async function placeThose(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await replace(ctx, sql`select unnest(${ids}::uuid[])`)
}

/** Counts this organisation and whatever stands or ever stood below it under whom they are now on record. @returns ids of those that had stood elsewhere */
export const replaceBelow = (ctx: Context, organisationId: string): Promise<string[]> => replace(ctx, everBelow(organisationId))

interface Place {
  county: string
  organisation_id: string
  /** First month, empty for the first place; and the first month in which it no longer holds. */
  since: string
  until: string | null
  adds_to: string[]
  adds_to_counties: string[]
}

/**
 * Counts organisations under whom they are on record, month by month: what they add in a period is taken from those who were not above them in it
 * and given to those who were. Periods in which nothing changed stay untouched. @param among a relation of ids
 */
export async function replace(ctx: Context, among: RawBuilder<unknown>): Promise<string[]> {
  // Read once and carried along, so that another move committed meanwhile cannot come between taking and giving.
  const places = await ctx.query(sql<Place>`
    with right_is as materialized (${placesOf(among)}),
    changed as (
      select organisation_id from right_is r
      full join (select * from overview.place where organisation_id in (${among})) p using (county, organisation_id, since)
      where (r.until, r.adds_to, r.adds_to_counties) is distinct from (p.until, p.adds_to, p.adds_to_counties))
    select * from right_is where organisation_id in (select organisation_id from changed)`)
  if (places.length === 0) return []
  const ids = [...new Set(places.map((place) => place.organisation_id))]
  const fresh = sql`jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as n(county text, organisation_id uuid, since text, until text,
    adds_to uuid[], adds_to_counties text[])`
  const kept = sql`overview.place where organisation_id = any(${ids}::uuid[])`
  await ctx.query(sql`
    insert into overview.rollup as r (county, organisation_id, period, ${columns})
    select a.county, a.id, o.period, ${each((column) => sql`sum(p.sign * o.${column})::int`)}
    from (
      select county, organisation_id, since, until, adds_to, adds_to_counties, 1 as sign from ${fresh}
      union all select county, organisation_id, since, until, adds_to, adds_to_counties, -1 from ${kept}) p
    join overview.own o on o.county = p.county and o.organisation_id = p.organisation_id and ${holds(sql`o.period`)}
    ${superiors}
    group by 1, 2, 3 having (${each((column) => sql`sum(p.sign * o.${column})`)}) <> (${zeros})
    on conflict (county, organisation_id, period) do update set ${adding}`)
  await ctx.query(sql`delete from ${kept}`)
  await ctx.query(sql`
    insert into overview.place (county, organisation_id, since, until, adds_to, adds_to_counties)
    select county, organisation_id, since, until, adds_to, adds_to_counties from ${fresh}`)
  return ids
}

/**
 * SQL: rows of `overview.rollup` as they should be, by the invariant.
 * @param periods these only, since all together would be millions of rows in one sum · @param of these organisations only
 */
export const summed = (periods: readonly string[], of?: readonly string[]): RawBuilder<unknown> => sql`
  select a.county, a.id as organisation_id, o.period, ${each((column) => sql`sum(o.${column})::int as ${column}`)}
  from overview.own o join overview.place p on p.county = o.county and p.organisation_id = o.organisation_id and ${holds(sql`o.period`)}
  ${superiors}
  where o.period = any(${periods}::text[]) and ${of === undefined ? sql`true` : sql`a.id = any(${of}::uuid[])`}
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
    insert into overview.place (county, organisation_id, since, until, adds_to, adds_to_counties)
    select county, organisation_id, since, until, adds_to, adds_to_counties from (${placesOf(undefined)}) p`)
  await ctx.query(sql`
    insert into overview.own (county, organisation_id, period, ${columns})
    select county, organisation_id, period, ${columns} from (${recorded(ctx, ['now', 'month', 'day'])}) n`)
  const { deepest } = await ctx.get(sql<{ deepest: number | null }>`select max(cardinality(adds_to)) as deepest from overview.place`)
  // From the deepest level up: each adds what it has and what lies below it to its direct superior of that period, so that no row is added more than once.
  for (let depth = deepest ?? 0; depth > 1; depth -= 1) await addToSuperiors(ctx, depth)
}

const addToSuperiors = (ctx: Context, depth: number) =>
  ctx.query(sql`
    insert into overview.rollup as r (county, organisation_id, period, ${columns})
    select p.adds_to_counties[${depth - 1}], p.adds_to[${depth - 1}], s.period, ${each((column) => sql`sum(s.${column})::int`)}
    from overview.place p join (select * from overview.own union all select * from overview.rollup) s on s.county = p.county and s.organisation_id = p.organisation_id and ${holds(sql`s.period`)}
    where cardinality(p.adds_to) = ${depth} group by 1, 2, 3
    on conflict (county, organisation_id, period) do update set ${adding}`)

/** Sets these sums to what the invariant asks for, whatever they were. */
export async function addUpAgain(ctx: Context, sums: readonly Touched[]): Promise<void> {
  if (sums.length === 0) return
  await ctx.query(sql`
    insert into overview.rollup (county, organisation_id, period, ${columns})
    select t.county, t.organisation_id, t.period, ${each((column) => sql`coalesce(s.${column}, 0)`)}
    from unnest(${sums.map((t) => t.county)}::text[], ${sums.map((t) => t.organisationId)}::uuid[], ${sums.map((t) => t.period)}::text[]) as t(county, organisation_id, period)
    left join (${summed([...new Set(sums.map((t) => t.period))], [...new Set(sums.map((t) => t.organisationId))])}) s using (county, organisation_id, period)
    on conflict (county, organisation_id, period) do update set ${replacing}`)
}
