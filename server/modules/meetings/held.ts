/** What is on record, as the duties and the overview read it: confirmed segments, one row each. */
import { type Context, type Scope, sql } from '#platform'

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
export async function heldSegments(ctx: Context, county: string, organisationIds: readonly string[], from: string, until: string): Promise<HeldSegment[]> {
  return ctx.query(sql<HeldSegment>`
    select s.id, s.gathering_id as "gatheringId", g.organisation_id as "organisationId", g.group_id as "groupId", s.kind, g.held_on as "heldOn",
      s.valid, g.late_entry as "lateEntry"
    from meetings.gathering g join meetings.segment s on s.county = g.county and s.gathering_id = g.id
    where g.county = ${county} and g.organisation_id = any(${organisationIds}::uuid[]) and g.state in ('CONFIRMED', 'ARCHIVED')
      and g.held_on between ${from} and ${until} order by g.held_on, s.id`)
}

/** Sums of confirmed gatherings per organisation and month inside a scope: what the rollups must equal. */
export async function sumsByMonth(ctx: Context, scope: Scope) {
  return ctx.query(sql<{ county: string; organisationId: string; month: string; gatherings: number; expected: number; present: number }>`
    select county, organisation_id as "organisationId", to_char(held_on, 'YYYY-MM') as month, count(*)::int as gatherings,
      sum(expected)::int as expected, sum(present)::int as present
    from meetings.gathering g where ${scope.covers(sql`g.path`)} and state in ('CONFIRMED', 'ARCHIVED') group by 1, 2, 3`)
}
