/** What is on record, as the duties and the overview read it: confirmed segments, one row each. */
import { type Context, type RawBuilder, sql } from '#platform'

export interface HeldSegment {
  id: string
  gatheringId: string
  organisationId: string
  groupId: string | null
  kind: 'GENERAL_MEETING' | 'COMMITTEE_MEETING' | 'GROUP_MEETING' | 'PARTY_LECTURE' | 'THEME_DAY' | 'ORG_LIFE_MEETING' | 'DEMOCRATIC_REVIEW'
  heldOn: string
  valid: boolean
  lateEntry: boolean
}

/** Confirmed segments of these organisations held within [from, until]. */
export async function heldSegments(
  ctx: Context,
  county: string,
  organisationIds: readonly string[],
  from: string,
  until: string,
): Promise<HeldSegment[]> {
  return ctx.query(sql<HeldSegment>`
    select s.id, s.gathering_id as "gatheringId", g.organisation_id as "organisationId", g.group_id as "groupId", s.kind, g.held_on as "heldOn",
      s.valid, g.late_entry as "lateEntry"
    from meetings.gathering g join meetings.segment s on s.county = g.county and s.gathering_id = g.id
    where g.county = ${county} and g.organisation_id = any(${organisationIds}::uuid[]) and g.state in ('CONFIRMED', 'ARCHIVED')
      and g.held_on between ${from} and ${until} order by g.held_on, s.id`)
}

/** SQL: is the gathering of one of these organisations? @param among a relation (county, organisation id), undefined for all */
const ofThese = (among: RawBuilder<unknown> | undefined) =>
  among === undefined ? sql`true` : sql`(g.county, g.organisation_id) in (${among})`

/**
 * SQL: confirmed gatherings per organisation and month, as a relation: `county`, `organisation_id`, `period` (2026-03), `gatherings`, 应到 as
 * `expected`, 实到 as `present`, and valid segments of each kind. What the rollups must equal.
 */
export function heldByMonth(among?: RawBuilder<unknown>): RawBuilder<unknown> {
  const confirmed = sql`g.state in ('CONFIRMED', 'ARCHIVED') and ${ofThese(among)}`
  return sql`
    select county, organisation_id, to_char(held_on, 'YYYY-MM') as period, sum(gatherings)::int as gatherings, sum(expected)::int as expected,
      sum(present)::int as present, (count(*) filter (where kind = 'GENERAL_MEETING'))::int as general_meetings,
      (count(*) filter (where kind = 'COMMITTEE_MEETING'))::int as committee_meetings,
      (count(*) filter (where kind = 'GROUP_MEETING'))::int as group_meetings, (count(*) filter (where kind = 'PARTY_LECTURE'))::int as party_lectures,
      (count(*) filter (where kind = 'THEME_DAY'))::int as theme_days, (count(*) filter (where kind = 'ORG_LIFE_MEETING'))::int as org_life_meetings,
      (count(*) filter (where kind = 'DEMOCRATIC_REVIEW'))::int as democratic_reviews
    from (
      select g.county, g.organisation_id, g.held_on, 1 as gatherings, g.expected, g.present, null as kind from meetings.gathering g where ${confirmed}
      union all
      select g.county, g.organisation_id, g.held_on, 0, 0, 0, s.kind
      from meetings.gathering g join meetings.segment s on s.county = g.county and s.gathering_id = g.id where ${confirmed} and s.valid) held
    group by 1, 2, 3`
}

/** What a person's own sign-in emits: `data.heldOn` is the day it counts on, null while the gathering has none. */
export const signedIn = 'meetings.attendance.signedIn'

/** SQL: gatherings begun on each day from `from` on, and how many people are marked present at them: `county`, `organisation_id`, `period` (a day), `gatherings`, `sign_ins`. */
export const heldByDay = (from: string, among?: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select g.county, g.organisation_id, to_char(g.held_on, 'YYYY-MM-DD') as period, count(*)::int as gatherings,
    sum((select count(*) from meetings.attendance a where a.county = g.county and a.gathering_id = g.id
      and a.state in ('PRESENT_ONSITE', 'PRESENT_ONLINE')))::int as sign_ins
  from meetings.gathering g
  where g.held_on >= ${from} and g.state in ('IN_PROGRESS', 'DRAFT_MINUTES', 'CONFIRMED', 'ARCHIVED') and ${ofThese(among)}
  group by 1, 2, 3`

/** What is said about a gathering in one line. */
export interface AboutGathering {
  id: string
  title: string
  heldOn: string | null
  kinds: HeldSegment['kind'][]
}

/** Title, day and kinds of these gatherings, by id. */
export async function aboutGatherings(
  ctx: Context,
  asked: readonly { county: string; gatheringId: string }[],
): Promise<Map<string, AboutGathering>> {
  if (asked.length === 0) return new Map()
  const rows = await ctx.query(sql<AboutGathering>`
    select g.id, g.title, g.held_on as "heldOn",
      array(select s.kind from meetings.segment s where s.county = g.county and s.gathering_id = g.id order by s.place) as kinds
    from (select distinct * from unnest(${asked.map(({ county }) => county)}::text[], ${asked.map(({ gatheringId }) => gatheringId)}::uuid[])
      as t(county, id)) t join meetings.gathering g using (county, id)`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The gatherings confirmed last in the whole house, oldest of them first. */
export async function lastConfirmed(ctx: Context, limit: number) {
  const rows = await ctx.query(sql<{
    id: string
    county: string
    organisationId: string
    path: string
    confirmedAt: string
    expected: number
    present: number
  }>`
    select id, county, organisation_id as "organisationId", path, confirmed_at as "confirmedAt", expected, present from meetings.gathering
    where confirmed_at is not null and state in ('CONFIRMED', 'ARCHIVED') order by confirmed_at desc, id limit ${limit}`)
  return rows.toReversed()
}
