/** Reading gatherings inside a scope, one or a list of them. */
import type { z } from 'zod'
import type { AttendanceRow, Gathering, GatheringRow, listMyGatherings, MyGathering } from '#contract/meetings'
import type { QueryOf } from '#contract/operation'
import { namesOf } from '#organisations'
import { type Context, sql } from '#platform'
import { dayOf } from '#rules'
import type { Hall } from './hall.ts'

export type Roster = z.output<typeof AttendanceRow>[]

const segments = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind) order by s.place), '[]') from meetings.segment s
  where s.county = g.county and s.gathering_id = g.id)`

export const rowColumns = sql`g.id, g.county, g.organisation_id as "organisationId", g.title, g.state, g.mode, g.planned_start as "plannedStart",
  g.held_on as "heldOn", g.place, ${segments} as segments, g.late_entry as "lateEntry", g.expected, g.present`

const attendanceColumns = sql`a.member_id as "memberId", a.name, a.capacity, a.has_vote as "hasVote", a.expected, a.state, a.leave_reason as "leaveReason",
  a.coming_at is not null as coming, a.confirmed_by as "confirmedBy", a.device_at as "deviceAt", a.confirmed_at as "confirmedAt"`

/** What those on the roster were told last, and how many times something was told. */
export interface Told {
  start: string
  end: string | null
  place: string
  mode: string
  times: number
}

export type Stored = Omit<
  z.output<typeof Gathering>,
  'organisationName' | 'roster' | 'contributions' | 'verdicts' | 'amendments' | 'signatures' | 'files' | 'mayConfirm' | 'maySign'
> & {
  told: Told | null
  recorderAccountId: string | null
  fileIds: string[]
  recordHash: Buffer | null
}

/**
 * One gathering of exactly this organisation, or of exactly this group of it, optionally locked for a change. It is found by its key: the rest
 * stands in `is true`, or the planner would go through all gatherings of the organisation. @throws DomainError NOT_FOUND
 */
export async function stored(ctx: Context, organisation: Hall, id: string, lock = false): Promise<Stored> {
  return ctx.get(sql<Stored>`
    select ${rowColumns}, g.group_id as "groupId", g.planned_end as "plannedEnd", g.actual_start as "actualStart", g.actual_end as "actualEnd",
      g.host_id as "hostId", g.host_name as "hostName", g.recorder_name as "recorderName", g.confirmed_name as "confirmedByName", g.agenda,
      g.speeches, g.minutes, g.resolutions, g.late_reason as "lateReason", g.cancel_reason as "cancelReason", encode(g.digest, 'hex') as digest,
      g.version, g.guests, g.told, g.recorder_account_id as "recorderAccountId", g.file_ids as "fileIds", g.record_hash as "recordHash"
    from meetings.gathering g where (${heldIn(organisation)}) is true and g.county = ${organisation.county} and g.id = ${id} ${lock ? sql`for update` : sql``}`)
}

/** SQL: is it of exactly this organisation, or of exactly this group of it? */
const heldIn = ({ county, id, groupId }: Hall) => sql<boolean>`
  g.county = ${county} and g.organisation_id = ${id} ${groupId === undefined ? sql`` : sql`and g.group_id = ${groupId}`}`

export async function rosterRows(ctx: Context, county: string, gatheringId: string): Promise<Roster> {
  return ctx.query(sql<Roster[number]>`
    select ${attendanceColumns} from meetings.attendance a where a.county = ${county} and a.gathering_id = ${gatheringId}
    order by a.has_vote desc, a.name collate "C", a.member_id`)
}

export const settled = ['CONFIRMED', 'ARCHIVED']

export type ListRow = Omit<z.output<typeof GatheringRow>, 'organisationName'>

export async function named<Row extends ListRow>(ctx: Context, rows: Row[]): Promise<(Row & { organisationName: string })[]> {
  const names = await namesOf(ctx, [...new Set(rows.map((row) => row.organisationId))])
  return rows.map((row) => ({ ...row, organisationName: names.get(row.organisationId) ?? '' }))
}

/** SQL: is it planned within these days, both included? */
export const plannedWithin = ({ from, until }: { from?: string | undefined; until?: string | undefined }, start = sql`g.planned_start`) => [
  ...(from === undefined ? [] : [sql<boolean>`${start} >= ${`${from}T00:00:00+08:00`}::timestamptz`]),
  ...(until === undefined ? [] : [sql<boolean>`${start} < ${`${until}T00:00:00+08:00`}::timestamptz + interval '1 day'`]),
]

/** Ids of the gatherings held exactly here within these days, not of those below; newest first. */
export async function listOwn(ctx: Context, hall: Hall, days: { from: string; until: string }, most: number): Promise<string[]> {
  const rows = await ctx.query(sql<{ id: string }>`
    select g.id from meetings.gathering g where ${sql.join([heldIn(hall), ...plannedWithin(days)], sql` and `)}
    order by g.planned_start desc, g.id desc limit ${most}`)
  return rows.map(({ id }) => id)
}

/** The caller's own gatherings with their own attendance, newest first. */
export async function listMine(ctx: Context, counties: readonly string[], query: QueryOf<typeof listMyGatherings>) {
  const memberId = ctx.account.subjectId
  if (memberId === null) return { items: [], present: 0, expected: 0 }
  const month =
    query.month === undefined
      ? sql``
      : sql`and g.planned_start >= ${`${query.month}-01T00:00:00+08:00`}::timestamptz
          and g.planned_start < ${`${query.month}-01T00:00:00+08:00`}::timestamptz + interval '1 month'`
  const rows = await ctx.query(sql<ListRow & { my: z.output<typeof MyGathering>['my'] }>`
    select ${rowColumns}, (select to_jsonb(x) from (select ${attendanceColumns}) x) as my
    from meetings.attendance a join meetings.gathering g on g.county = a.county and g.id = a.gathering_id
    where a.county = any(${counties}::text[]) and a.member_id = ${memberId} ${month} order by g.planned_start desc limit ${query.limit}`)
  const items = (await named(ctx, rows)).map((row) => ({
    ...row,
    my: row.my === null ? null : { ...row.my, deviceAt: utc(row.my.deviceAt), confirmedAt: utc(row.my.confirmedAt) },
  }))
  const past = items.filter((row) => settled.includes(row.state) && row.my?.expected === true)
  return { items, expected: past.length, present: past.filter((row) => row.my?.state.startsWith('PRESENT') === true).length }
}

/** Moments inside jsonb keep PostgreSQL's own spelling; bring them to ISO 8601 in UTC. */
const utc = (moment: string | null) => (moment === null ? null : new Date(moment).toISOString())

/** The legal date of a moment. */
export const heldOn = (moment: string) => dayOf(new Date(moment))
