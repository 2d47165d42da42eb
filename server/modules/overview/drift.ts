/** Reconciliation: are the rollups what the records say? What differs is repaired and reported; a healthy house reports nothing. */
import { everBelow, organisationsOf, placesOf } from '#organisations'
import { type Context, type Event, holdProjection, type Job, type RawBuilder, type Services, sql, unreadEvents } from '#platform'
import { columns, each } from './measures.ts'
import { firstDayKept, recorded, rollupsName } from './records.ts'
import { addUpAgain, inMemory, replace, settle, summed, type Touched } from './rollups.ts'

/** One row that differs. */
export interface Drift extends Touched {
  /** `place`: under whom it is counted · `own`: its own numbers · `sum`: the sum of those below. */
  what: 'place' | 'own' | 'sum'
  kept: unknown
  rightIs: unknown
}

/** With more unread events than this nothing can be said about drift; the projection has to catch up first. */
const mostUnread = 10_000

/** Rows of one of the two tables, as far as `which` says, against what they should be. */
const differing = (
  what: 'own' | 'sum',
  table: RawBuilder<unknown>,
  which: RawBuilder<unknown>,
  right: RawBuilder<unknown>,
  firstDay: string,
) => sql<Drift>`
  select county, organisation_id as "organisationId", period, ${what}::text as what, to_jsonb(k) as kept, to_jsonb(r) as "rightIs"
  from (select county, organisation_id, period, ${columns} from ${table} where ${which}) k
  full join (${right}) r using (county, organisation_id, period)
  where (${each((column) => sql`coalesce(k.${column}, 0)`)}) is distinct from (${each((column) => sql`coalesce(r.${column}, 0)`)})
    and (length(period) <> 10 or period >= ${firstDay})`

// A county or a period at a time: at full size no single statement comes near the limit, and none needs more memory than it may have.

async function ownDrift(ctx: Context): Promise<Drift[]> {
  const found: Drift[] = []
  for (const { county } of await ctx.query(sql<{ county: string }>`select distinct county from overview.place order by 1`)) {
    const right = recorded(ctx, ['now', 'month', 'day'], organisationsOf(county))
    found.push(...(await ctx.query(differing('own', sql`overview.own`, sql`county = ${county}`, right, firstDayKept(ctx)))))
  }
  return found
}

/** @param among these periods only, undefined for all */
async function sumDrift(ctx: Context, among?: readonly string[]): Promise<Drift[]> {
  const periods =
    among ??
    (await ctx.query(sql<{ period: string }>`select period from overview.own union select period from overview.rollup order by 1`)).map(
      (row) => row.period,
    )
  const found: Drift[] = []
  for (const period of periods)
    found.push(...(await ctx.query(differing('sum', sql`overview.rollup`, sql`period = ${period}`, summed([period]), firstDayKept(ctx)))))
  return found
}

/** Whole histories, so that a row too many is found like one that is missing. */
const history = (places: RawBuilder<unknown>) => sql`
  select county, organisation_id, jsonb_agg(jsonb_build_array(since, until, adds_to, adds_to_counties) order by since) as steps from ${places} group by 1, 2`

const placeDrift = (ctx: Context) =>
  ctx.query(sql<Drift>`
    select county, organisation_id as "organisationId", 'now' as period, 'place' as what, p.steps as kept, r.steps as "rightIs"
    from (${history(sql`(${placesOf(undefined)}) right_is`)}) r full join (${history(sql`overview.place`)}) p using (county, organisation_id)
    where r.steps is distinct from p.steps`)

/** Organisations that an unread event is about: for these the records are ahead, which is lag and not drift. */
async function behind(ctx: Context, unread: readonly Pick<Event, 'type' | 'nodeId' | 'data'>[]): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const { type, nodeId, data } of unread) {
    for (const id of [nodeId, data.from, data.into, data.newId]) if (typeof id === 'string') ids.add(id)
    if (!type.startsWith('organisations.')) continue
    for (const row of await ctx.query(sql<{ id: string }>`${everBelow(nodeId)}`)) ids.add(row.id)
  }
  return ids
}

/**
 * Every row that differs from the records, leaving out what events not read yet explain. Reads everything: minutes at full size.
 * @returns undefined when the projection is too far behind to say
 */
export async function findDrift(ctx: Context): Promise<Drift[] | undefined> {
  await inMemory(ctx)
  // In this order: whatever is written meanwhile is then among the unread events.
  const found = [...(await placeDrift(ctx)), ...(await ownDrift(ctx))]
  const sums = await sumDrift(ctx)
  const unread = await unreadEvents(ctx, rollupsName, mostUnread + 1)
  if (unread.length > mostUnread) return undefined
  const ahead = await behind(ctx, unread)
  return [...found.filter((row) => !ahead.has(row.organisationId)), ...sums]
}

/**
 * Finds what differs and repairs it while the projection stands still. @returns what really differed; undefined when it is too far behind
 */
export async function reconcile(ctx: Context): Promise<Drift[] | undefined> {
  const candidates = await findDrift(ctx)
  if (candidates === undefined || candidates.length === 0) return candidates
  await holdProjection(ctx, rollupsName)
  const ahead = await behind(ctx, await unreadEvents(ctx, rollupsName, mostUnread))
  const still = candidates.filter((row) => !ahead.has(row.organisationId))
  const misplaced = still.filter((row) => row.what === 'place').map((row) => row.organisationId)
  const replaced = new Set(misplaced.length === 0 ? [] : await replace(ctx, sql`select unnest(${misplaced}::uuid[])`))
  const wrong = still.filter((row) => row.what === 'own')
  const settled = new Set((await settle(ctx, wrong)).map((row) => `${row.organisationId} ${row.period}`))
  // Putting places and numbers right moves sums along: what was wrong in a sum still is, in the same periods and by the same.
  const sums = await sumDrift(ctx, [...new Set(still.filter((row) => row.what === 'sum').map((row) => row.period))])
  await addUpAgain(ctx, sums)
  const repaired = [
    ...still.filter((row) => row.what === 'place' && replaced.has(row.organisationId)),
    ...wrong.filter((row) => settled.has(`${row.organisationId} ${row.period}`)),
    ...sums,
  ]
  await ctx.query(sql`
    insert into overview.drift (county, organisation_id, period, what, kept, right_is)
    select county, organisation_id, period, what, coalesce(kept, 'null'), coalesce(right_is, 'null')
    from jsonb_to_recordset(${JSON.stringify(repaired.map((d) => ({ county: d.county, organisation_id: d.organisationId, period: d.period, what: d.what, kept: d.kept, right_is: d.rightIs })))}::jsonb)
      as x(county text, organisation_id uuid, period text, what text, kept jsonb, right_is jsonb)`)
  return repaired
}

/** Days before yesterday and happenings of more than a month ago are let go. */
async function forgetOld(ctx: Context): Promise<void> {
  await holdProjection(ctx, rollupsName)
  await ctx.query(sql`delete from overview.own where length(period) = 10 and period < ${firstDayKept(ctx)}`)
  await ctx.query(sql`delete from overview.rollup where length(period) = 10 and period < ${firstDayKept(ctx)}`)
  await ctx.query(sql`delete from overview.happening where at < ${ctx.now}::timestamptz - interval '31 days'`)
}

export const jobs = ({ metrics, log }: Services): Job[] => [
  {
    name: 'overview.reconcile',
    // 03:20 in Asia/Shanghai.
    cron: '20 19 * * *',
    async work(ctx) {
      const repaired = await reconcile(ctx)
      if (repaired === undefined) log.warn('rollups are too far behind to be reconciled')
      else if (repaired.length > 0) {
        metrics.drift(repaired.length)
        log.warn(
          {
            rows: repaired.length,
            first: repaired.slice(0, 5).map(({ what, organisationId, period }) => ({ what, organisationId, period })),
          },
          'rollups differed from the records and were repaired; see overview.drift',
        )
      }
    },
  },
  { name: 'overview.forgetOld', cron: '40 19 * * *', work: forgetOld },
]
