/** 届 and seats: who leads an organisation, and until when. */
import type { z } from 'zod'
import type { Seat, sectors, Term } from '#contract/organisations'
import { type Context, type RawBuilder, sql } from '#platform'
import { dayOf, rule } from '#rules'
import type { Kind } from './kinds.ts'

export type SeatHeld = z.output<typeof Seat>
export type TermHeld = z.output<typeof Term>

/** Years of a term, as the rules say: villages and communities alike, otherwise by kind. */
export function termYears(kind: Kind, sector: (typeof sectors)[number]): number {
  const branches: readonly Kind[] = ['GENERAL_BRANCH', 'BRANCH', 'JOINT_BRANCH', 'FLOATING_ORG']
  const village = sector === 'RURAL' || sector === 'COMMUNITY'
  return Number(rule(village ? 'ORG-TERM-VILLAGE' : branches.includes(kind) ? 'ORG-TERM-BRANCH' : 'ORG-TERM-COMMITTEE').params['years'])
}

/** SQL: the term of this organisation in office on a day, the latest that had begun, with all its seats. */
export const termOn = (organisationId: RawBuilder<unknown>, day: string) => sql<TermHeld>`
  select seq, start_on as "startOn", nominal_end_on as "nominalEndOn", extended_to as "extendedTo", seats
  from organisations.term where organisation_id = ${organisationId} and start_on <= ${day} order by seq desc limit 1`

/** The term with the seats held on that day. */
export const seatedOn = (day: string, term: TermHeld): TermHeld => ({ ...term, seats: term.seats.filter((seat) => isHeld(seat, day)) })

/** The term in office on a day, with the seats held that day. Null when there was none. */
export async function findTerm(ctx: Context, organisationId: string, day: string): Promise<TermHeld | null> {
  const term = await ctx.find(termOn(sql`${organisationId}`, day))
  return term === undefined ? null : seatedOn(day, term)
}

const isHeld = (seat: SeatHeld, day: string) => seat.from <= day && (seat.until === null || seat.until >= day)

/** Seats held today in these organisations. */
export async function seatsOf(ctx: Context, organisationIds: readonly string[]): Promise<(SeatHeld & { organisationId: string })[]> {
  if (organisationIds.length === 0) return []
  const today = dayOf(ctx.now)
  const rows = await ctx.query(sql<{ organisationId: string; seats: SeatHeld[] }>`
    select distinct on (organisation_id) organisation_id as "organisationId", seats from organisations.term
    where organisation_id = any(${organisationIds}::uuid[]) and start_on <= ${today} order by organisation_id, seq desc`)
  return rows.flatMap(({ organisationId, seats }) =>
    seats.filter((seat) => isHeld(seat, today)).map((seat) => ({ ...seat, organisationId })),
  )
}

/** Fills the seats of the latest term of each organisation, in one statement; for imports and the demo. */
export async function setSeats(ctx: Context, committees: readonly { organisationId: string; seats: readonly SeatHeld[] }[]): Promise<void> {
  await ctx.query(sql`
    update organisations.term t set seats = filled.seats
    from unnest(${committees.map((c) => c.organisationId)}::uuid[], ${committees.map((c) => JSON.stringify(c.seats))}::jsonb[]) as filled(organisation_id, seats)
    where t.organisation_id = filled.organisation_id
      and t.seq = (select max(seq) from organisations.term latest where latest.organisation_id = t.organisation_id)`)
}

/** Puts a term; the same number again replaces it. */
export async function putTerm(ctx: Context, organisationId: string, term: TermHeld): Promise<void> {
  await ctx.query(sql`
    insert into organisations.term (organisation_id, seq, start_on, nominal_end_on, extended_to, seats)
    values (${organisationId}, ${term.seq}, ${term.startOn}, ${term.nominalEndOn}, ${term.extendedTo}, ${JSON.stringify(term.seats)}::jsonb)
    on conflict (organisation_id, seq) do update set start_on = excluded.start_on, nominal_end_on = excluded.nominal_end_on,
      extended_to = excluded.extended_to, seats = excluded.seats`)
}
