/**
 * Keeps `duties.duty` equal to what the pure function says of the records. Computing is cheap and always whole for an organisation;
 * only what differs is written, so that computing again what has not changed writes nothing and tells nobody.
 */
import { factsAfter, factsOf, type OrganisationFacts } from '#organisations'
import { type Context, sql } from '#platform'
import { dayOf, dutiesOf, kindsWithDuties, lookAgainOn, type OwedDuty } from '#rules'
import { lookAt } from './circumstances.ts'

/** Organisations computed together. */
export const atOnce = 250

/** Held while duties are computed, so that what was read first is not written last. */
const oneAtATime = 7_306_001

/** Computes the duties of these organisations again; those that have none are left out. */
export async function recompute(ctx: Context, organisationIds: readonly string[]): Promise<void> {
  if (organisationIds.length === 0) return
  await ctx.query(sql`select pg_advisory_xact_lock(${oneAtATime})`)
  for (let from = 0; from < organisationIds.length; from += atOnce) {
    await settle(ctx, await factsOf(ctx, organisationIds.slice(from, from + atOnce), kindsWithDuties))
  }
}

/** Computes the duties of all organisations again. */
export async function recomputeAll(ctx: Context): Promise<void> {
  await ctx.query(sql`select pg_advisory_xact_lock(${oneAtATime})`)
  for (let path = ''; ;) {
    const organisations = await factsAfter(ctx, path, kindsWithDuties, atOnce)
    const last = organisations.at(-1)
    if (last === undefined) return
    await settle(ctx, organisations)
    path = last.path
  }
}

type Row = Omit<OwedDuty, 'sentence'> & { organisationId: string; path: string; why: OwedDuty['sentence'] }

const keyOf = ({ organisationId, ruleId, period }: Pick<Row, 'organisationId' | 'ruleId' | 'period'>) =>
  `${organisationId} ${ruleId} ${period}`
/** All of a row in a fixed order; jsonb does not keep the order of its keys. */
const contentOf = (row: Row) =>
  JSON.stringify([
    row.path,
    row.periodStart,
    row.periodEnd,
    row.state,
    row.required,
    row.done,
    row.gatheringIds,
    row.why.zh,
    row.why.en,
    row.ruleVersion,
  ])

/** Brings the stored duties of these organisations to what they are today, and tells of each that changed. */
async function settle(ctx: Context, organisations: readonly OrganisationFacts[]): Promise<void> {
  if (organisations.length === 0) return
  const today = dayOf(ctx.now)
  const [looked, stored] = await Promise.all([lookAt(ctx, organisations), listStored(ctx, organisations)])
  const outlook: string[] = []
  const due = looked.flatMap(({ organisation, circumstances, record }) => {
    const duties = dutiesOf(circumstances, record, today)
    outlook.push(lookAgainOn(circumstances, duties, today))
    return duties.map(({ sentence, ...duty }): Row => ({
      ...duty,
      why: sentence,
      organisationId: organisation.id,
      path: organisation.path,
    }))
  })
  const kept = new Map(stored.map((row) => [keyOf(row), row]))
  const changed = due.filter((row) => {
    const before = kept.get(keyOf(row))
    return before === undefined || contentOf(before) !== contentOf(row)
  })
  const stays = new Set(due.map(keyOf))
  const gone = stored.filter((row) => !stays.has(keyOf(row)))
  const countyOf = new Map(organisations.map(({ id, county }) => [id, county]))
  const counties = (rows: readonly Row[]) => rows.map((row) => countyOf.get(row.organisationId) ?? '')
  await Promise.all([write(ctx, changed, counties(changed)), forget(ctx, gone, counties(gone)), plan(ctx, organisations, outlook)])
  const touched = Map.groupBy([...changed, ...gone], ({ organisationId }) => organisationId)
  for (const { id, county, path } of organisations) {
    const rows = touched.get(id)
    if (rows === undefined) continue
    const months = [...new Set(rows.filter(({ period }) => period !== '-').map(({ periodEnd }) => periodEnd.slice(0, 7)))].sort()
    ctx.emit({ type: 'duties.organisation.recomputed', county, nodeId: id, path, subjectId: id, data: { months } })
  }
}

const listStored = (ctx: Context, organisations: readonly OrganisationFacts[]): Promise<Row[]> =>
  ctx.query(sql<Row>`
    select organisation_id as "organisationId", path, rule_id as "ruleId", period, period_start as "periodStart", period_end as "periodEnd", state,
      required, done, gathering_ids as "gatheringIds", why, rule_version as "ruleVersion"
    from duties.duty
    where county = any(${[...new Set(organisations.map(({ county }) => county))]}::text[]) and organisation_id = any(${organisations.map(({ id }) => id)}::uuid[])`)

async function write(ctx: Context, rows: readonly Row[], counties: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  const all = <K extends keyof Row>(key: K) => rows.map((row) => row[key])
  await ctx.query(sql`
    insert into duties.duty (county, organisation_id, path, rule_id, period, period_start, period_end, state, required, done, gathering_ids, why, rule_version)
    select county, organisation_id, path, rule_id, period, period_start, period_end, state, required, done, gathering_ids::uuid[], why, rule_version
    from unnest(${counties}::text[], ${all('organisationId')}::uuid[], ${all('path')}::text[], ${all('ruleId')}::text[], ${all('period')}::text[],
      ${all('periodStart')}::date[], ${all('periodEnd')}::date[], ${all('state')}::text[], ${all('required')}::int[], ${all('done')}::int[],
      ${rows.map((row) => `{${row.gatheringIds.join(',')}}`)}::text[], ${rows.map((row) => JSON.stringify(row.why))}::jsonb[], ${all('ruleVersion')}::text[])
      as d(county, organisation_id, path, rule_id, period, period_start, period_end, state, required, done, gathering_ids, why, rule_version)
    on conflict (county, organisation_id, rule_id, period) do update set path = excluded.path, period_start = excluded.period_start,
      period_end = excluded.period_end, state = excluded.state, required = excluded.required, done = excluded.done,
      gathering_ids = excluded.gathering_ids, why = excluded.why, rule_version = excluded.rule_version`)
}

async function forget(ctx: Context, rows: readonly Row[], counties: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  await ctx.query(sql`
    delete from duties.duty d
    using unnest(${counties}::text[], ${rows.map((r) => r.organisationId)}::uuid[], ${rows.map((r) => r.ruleId)}::text[], ${rows.map((r) => r.period)}::text[])
      as gone(county, organisation_id, rule_id, period)
    where d.county = gone.county and d.organisation_id = gone.organisation_id and d.rule_id = gone.rule_id and d.period = gone.period`)
}

/** Notes when the calendar may change each of these. */
async function plan(ctx: Context, organisations: readonly OrganisationFacts[], days: readonly string[]): Promise<void> {
  await ctx.query(sql`
    insert into duties.outlook (county, organisation_id, path, look_again_on)
    select * from unnest(${organisations.map((o) => o.county)}::text[], ${organisations.map((o) => o.id)}::uuid[], ${organisations.map((o) => o.path)}::text[],
      ${days}::date[])
    on conflict (county, organisation_id) do update set path = excluded.path, look_again_on = excluded.look_again_on
    where (duties.outlook.path, duties.outlook.look_again_on) is distinct from (excluded.path, excluded.look_again_on)`)
}
