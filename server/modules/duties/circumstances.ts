/** What the duties of organisations are computed from, loaded for many at once. */
import { heldSegments } from '#meetings'
import { talliesOf } from '#members'
import type { OrganisationFacts } from '#organisations'
import { type Context, sql } from '#platform'
import { addDays, type Circumstances, committeesOf, dayOf, type OnRecord, recordsLookedAt } from '#rules'

export interface Looked {
  organisation: OrganisationFacts
  circumstances: Circumstances
  record: OnRecord[]
}

/** Adds members and what is on record to these organisations: one query for the members, one for each county's gatherings. */
export async function lookAt(ctx: Context, organisations: readonly OrganisationFacts[]): Promise<Looked[]> {
  const today = dayOf(ctx.now)
  const [members, held] = await Promise.all([countMembers(ctx, organisations), listHeld(ctx, organisations, today)])
  return organisations.map((organisation) => ({
    organisation,
    circumstances: circumstancesOf(organisation, members.get(organisation.id) ?? { full: 0, all: 0 }, today),
    record: held.get(organisation.id) ?? [],
  }))
}

function circumstancesOf(organisation: OrganisationFacts, counts: Circumstances['counts'], today: string): Circumstances {
  const { kind, units, establishedOn, dissolvedOn, terms, groups, exceptions } = organisation
  const term = terms.findLast(({ startOn }) => startOn <= today)
  const inOffice = (seat: { from: string; until: string | null }) => seat.from <= today && (seat.until === null || seat.until >= today)
  return {
    kind,
    units,
    establishedOn,
    dissolvedOn,
    counts,
    exceptions,
    term: term === undefined ? null : { ...term, seats: term.seats.filter(inOffice) },
    committees: committeesOf(terms),
    groups: groups.map((group) => ({
      from: group.establishedOn,
      until: group.dissolvedOn === null ? null : addDays(group.dissolvedOn, -1),
    })),
  }
}

async function countMembers(ctx: Context, organisations: readonly OrganisationFacts[]): Promise<Map<string, Circumstances['counts']>> {
  const named = sql`select * from unnest(${organisations.map((o) => o.county)}::text[], ${organisations.map((o) => o.id)}::uuid[])`
  const rows = await ctx.query(sql<{ id: string; full: number; all: number }>`
    select organisation_id as id, full_members as full, members as "all" from (${talliesOf(named)}) t`)
  return new Map(rows.map(({ id, full, all }) => [id, { full, all }]))
}

async function listHeld(ctx: Context, organisations: readonly OrganisationFacts[], today: string): Promise<Map<string, OnRecord[]>> {
  const { from, until } = recordsLookedAt(today)
  const counties = Map.groupBy(organisations, ({ county }) => county)
  const segments = await Promise.all(
    [...counties].map(([county, of]) =>
      heldSegments(
        ctx,
        county,
        of.map(({ id }) => id),
        from,
        until,
      ),
    ),
  )
  return Map.groupBy(segments.flat(), ({ organisationId }) => organisationId)
}
