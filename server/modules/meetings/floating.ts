/**
 * Floating members at a meeting: guests who are assigned here, and members of the branch who take part elsewhere. Both are known to a module
 * above, which hands them down.
 */
import { type Context, sql } from '#platform'
import type { Hall } from './hall.ts'
import { judgeAgain } from './record.ts'
import { stored } from './read.ts'
import { require } from './states.ts'
import { happened } from './steps.ts'

export interface Guest {
  memberId: string
  name: string
}

export interface FloatingPeople {
  /** Guests assigned to this branch, or to this group of it. */
  guestsOf(ctx: Context, hall: Hall, groupId: string | null): Promise<Guest[]>
  /** Members of this branch whom another organisation has taken in. */
  awayFrom(ctx: Context, hall: Hall): Promise<Set<string>>
}

export let floatingPeople: FloatingPeople = { guestsOf: () => Promise.resolve([]), awayFrom: () => Promise.resolve(new Set()) }

/** Called once, when the module that knows them is loaded. */
export function provideFloatingPeople(people: FloatingPeople): void {
  floatingPeople = people
}

/**
 * A guest at the door is there: on the roster without a vote, whether assigned here or not. Twice is once.
 * @returns false when the record is confirmed already and can no longer be changed
 * @throws DomainError NOT_FOUND, WRONG_STATE before it has begun
 */
export async function admitGuest(ctx: Context, hall: Hall, gatheringId: string, guest: Guest, at: string): Promise<boolean> {
  const { county } = hall
  const gathering = await stored(ctx, hall, gatheringId, true)
  if (gathering.state === 'CONFIRMED' || gathering.state === 'ARCHIVED') return false
  require('attend', gathering.state)
  const rows = await ctx.query(sql`
    insert into meetings.attendance as known (county, gathering_id, member_id, name, capacity, has_vote, expected, state, confirmed_by, device_at, confirmed_at)
    values (${county}, ${gatheringId}, ${guest.memberId}, ${guest.name}, 'FLOW_IN', false, false, 'PRESENT_ONSITE', 'HOST_ORG', ${at}, now())
    on conflict (county, gathering_id, member_id) do update set state = excluded.state, leave_reason = null, confirmed_by = excluded.confirmed_by,
      device_at = excluded.device_at, confirmed_at = excluded.confirmed_at
    where known.capacity = 'FLOW_IN' and known.state not in ('PRESENT_ONSITE', 'PRESENT_ONLINE') returning member_id`)
  if (rows.length === 0) return true
  if (gathering.state === 'DRAFT_MINUTES') await judgeAgain(ctx, gathering)
  happened(ctx, hall, gatheringId, 'rollCalled', { rows: 1 })
  return true
}

/** A confirmed record, as far as others keep what was done there. */
export interface RecordHeld {
  county: string
  gatheringId: string
  organisationId: string
  path: string
  title: string
  heldOn: string
  /** Valid segments only. */
  kinds: string[]
  recorderName: string
}
export interface GuestThere extends RecordHeld, Guest {
  attendance: 'PRESENT' | 'LEAVE' | 'ABSENT'
}

const held = sql`g.county, g.id as "gatheringId", g.organisation_id as "organisationId", g.path, g.title, g.held_on as "heldOn",
  g.recorder_name as "recorderName",
  array(select s.kind from meetings.segment s where s.county = g.county and s.gathering_id = g.id and s.valid order by s.place) as kinds`
const isConfirmed = sql`g.state in ('CONFIRMED', 'ARCHIVED')`

/** The record of a gathering once it is confirmed, or undefined. */
export const findRecord = (ctx: Context, county: string, gatheringId: string): Promise<RecordHeld | undefined> =>
  ctx.find(
    sql<RecordHeld>`select ${held} from meetings.gathering g where g.county = ${county} and g.id = ${gatheringId} and ${isConfirmed}`,
  )

/** The guests of a confirmed gathering and whether they were there; none while it is not confirmed. */
export const guestsAt = (ctx: Context, county: string, gatheringId: string): Promise<GuestThere[]> =>
  ctx.query(sql<GuestThere>`
    select ${held}, a.member_id as "memberId", a.name, case when a.state in ('PRESENT_ONSITE', 'PRESENT_ONLINE') then 'PRESENT'
      when a.state in ('LEAVE', 'EXCUSED_LONG_TERM') then 'LEAVE' else 'ABSENT' end as attendance
    from meetings.gathering g join meetings.attendance a on a.county = g.county and a.gathering_id = g.id and a.capacity = 'FLOW_IN'
    where g.county = ${county} and g.id = ${gatheringId} and ${isConfirmed}`)
