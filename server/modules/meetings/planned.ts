/** What is planned and who is expected, as the duties read it for reminders and for those who need a call. */
import { type Context, sql } from '#platform'
import type { HeldSegment } from './held.ts'

export interface PlannedGathering {
  id: string
  organisationId: string
  title: string
  state: string
  /** The day it is planned for, Asia/Shanghai. */
  day: string
  kinds: HeldSegment['kind'][]
}

const dayPlanned = sql`(g.planned_start at time zone 'Asia/Shanghai')::date`

/** Gatherings of these organisations planned within [from, until], in whatever state but called off. */
export async function plannedGatherings(
  ctx: Context,
  counties: readonly string[],
  organisationIds: readonly string[],
  from: string,
  until: string,
): Promise<PlannedGathering[]> {
  if (organisationIds.length === 0) return []
  return ctx.query(sql<PlannedGathering>`
    select g.id, g.organisation_id as "organisationId", g.title, g.state, ${dayPlanned} as day,
      array(select s.kind from meetings.segment s where s.county = g.county and s.gathering_id = g.id order by s.place) as kinds
    from meetings.gathering g
    where g.county = any(${counties}::text[]) and g.organisation_id = any(${organisationIds}::uuid[]) and g.state <> 'CANCELLED'
      and ${dayPlanned} between ${from} and ${until} order by g.planned_start, g.id`)
}

export interface Awaited {
  gatheringId: string
  title: string
  plannedStart: string
  place: string
  memberId: string
  name: string
}

/** Who has been told of a gathering of this organisation still to come, is expected there and has not said otherwise; soonest first. */
export async function awaitedAt(ctx: Context, county: string, organisationId: string): Promise<Awaited[]> {
  return ctx.query(sql<Awaited>`
    select g.id as "gatheringId", g.title, g.planned_start as "plannedStart", g.place, a.member_id as "memberId", a.name
    from meetings.gathering g join meetings.attendance a on a.county = g.county and a.gathering_id = g.id
    where g.county = ${county} and g.organisation_id = ${organisationId} and g.state in ('NOTIFIED', 'POSTPONED') and g.planned_start >= ${ctx.now}
      and a.expected and a.state = 'EXPECTED' order by g.planned_start, g.id, a.name, a.member_id`)
}
