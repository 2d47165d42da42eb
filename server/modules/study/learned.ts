/** What each person present at a confirmed gathering has learned there: computed from the plan and the roll, never entered. */
import { attendedOf } from '#meetings'
import { followMove } from '#organisations'
import { type Context, type Projection, sql } from '#platform'
import { minutesThatCount } from '#rules'

interface Planned {
  gatheringId: string
  items: { minutes: number; form: string }[]
}

/** Computes these gatherings of one county again. */
export async function recount(ctx: Context, county: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const planned = await ctx.query(sql<Planned>`
    select gathering_id as "gatheringId", items from study.collective where county = ${county} and gathering_id = any(${ids}::uuid[])`)
  const items = new Map(planned.map((plan) => [plan.gatheringId, plan.items]))
  const attended = await attendedOf(ctx, county, [...items.keys()])
  const counted = attended.flatMap((gathering) => {
    const studied = items.get(gathering.gatheringId) ?? []
    const minutes = minutesThatCount(studied, gathering.lasted)
    const training = studied.some(({ form }) => form === 'TRAINING')
    return minutes === 0 ? [] : [{ ...gathering, minutes, training }]
  })
  await ctx.query(sql`delete from study.learned where county = ${county} and gathering_id = any(${ids}::uuid[])`)
  const rows = counted.flatMap((gathering) => gathering.memberIds.map((memberId) => ({ ...gathering, memberId })))
  const all = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((row) => row[key])
  if (rows.length === 0) return
  await ctx.query(sql`
    insert into study.learned (county, gathering_id, member_id, organisation_id, path, held_on, minutes, training)
    select ${county}, * from unnest(${all('gatheringId')}::uuid[], ${all('memberId')}::uuid[], ${all('organisationId')}::uuid[], ${all('path')}::text[],
      ${all('heldOn')}::date[], ${all('minutes')}::int[], ${all('training')}::bool[])`)
}

/** Gatherings computed together when everything is. */
const atOnce = 500

/** Computes everything again. */
export async function recountAll(ctx: Context): Promise<void> {
  const planned = await ctx.query(
    sql<{ county: string; id: string }>`select county, gathering_id as id from study.collective order by county, gathering_id`,
  )
  for (const [county, of] of Map.groupBy(planned, (row) => row.county)) {
    for (let from = 0; from < of.length; from += atOnce) {
      await recount(
        ctx,
        county,
        of.slice(from, from + atOnce).map(({ id }) => id),
      )
    }
  }
}

export const followGatherings: Projection = {
  name: 'study.followGatherings',
  listens: ['meetings.gathering.confirmed', 'meetings.gathering.amended', 'study.collective.planned', 'organisations.organisation.moved'],
  async apply(ctx, events) {
    for (const event of events) await followMove(ctx, event, ['study.pack', 'study.learned', 'study.question'])
    const touched = events.filter(({ type }) => type !== 'organisations.organisation.moved')
    for (const [county, of] of Map.groupBy(touched, (event) => event.county)) {
      await recount(ctx, county, [...new Set(of.map(({ subjectId }) => subjectId))])
    }
  },
  async reset(ctx) {
    await ctx.query(sql`delete from study.learned`)
    await recountAll(ctx)
  },
  refills: true,
}
