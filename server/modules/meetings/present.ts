/** Who was there, for what the modules above count from it: confirmed gatherings only, whatever was said about them before. */
import { type Context, type Node, sql } from '#platform'
import type { State } from './states.ts'

export interface Standing {
  state: State
  /** Minutes from its recorded begin to its end; null while there is no record. */
  lasted: number | null
}

/** How far a gathering of exactly this organisation is; locked, so that it is not confirmed meanwhile. @throws DomainError NOT_FOUND */
export const standingOf = (ctx: Context, organisation: Node, id: string, lock = false): Promise<Standing> =>
  ctx.get(sql<Standing>`
    select state, (extract(epoch from actual_end - actual_start) / 60)::int as lasted from meetings.gathering
    where county = ${organisation.county} and id = ${id} and (organisation_id = ${organisation.id}) is true ${lock ? sql`for update` : sql``}`)

export interface Attended {
  gatheringId: string
  organisationId: string
  path: string
  heldOn: string
  lasted: number | null
  memberIds: string[]
}

/** Those of these gatherings that are confirmed, each with the people present in the room or online. */
export const attendedOf = (ctx: Context, county: string, ids: readonly string[]): Promise<Attended[]> =>
  ctx.query(sql<Attended>`
    select g.id as "gatheringId", g.organisation_id as "organisationId", g.path, g.held_on as "heldOn",
      (extract(epoch from g.actual_end - g.actual_start) / 60)::int as lasted,
      array(select a.member_id from meetings.attendance a where a.county = g.county and a.gathering_id = g.id
        and a.state in ('PRESENT_ONSITE', 'PRESENT_ONLINE')) as "memberIds"
    from meetings.gathering g where g.county = ${county} and g.id = any(${ids}::uuid[]) and g.state in ('CONFIRMED', 'ARCHIVED')`)
