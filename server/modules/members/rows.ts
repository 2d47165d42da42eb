/** From table rows to what the contract promises. */
import type { z } from 'zod'
import type { Member, MemberRow } from '#contract/members'
import { namesOf, seatsOf } from '#organisations'
import { type Context, sql } from '#platform'
import { countsInVote } from './rights.ts'

export type Stored = Omit<z.output<typeof Member>, 'organisationName' | 'seats' | 'counts'>

export const rowColumns = sql`m.id, m.county, m.organisation_id as "organisationId", m.group_id as "groupId", m.name, m.gender, m.stage, m.membership,
  m.contact, m.mobility, m.joined_on as "joinedOn", m.phone_masked as "phoneMasked", m.rights_suspended_until as "rightsSuspendedUntil"`

export const allColumns = sql`${rowColumns}, m.ethnicity, m.born_on as "bornOn", m.education, m.full_member_on as "fullMemberOn", m.work, m.landline,
  m.address, m.lost_contact_since as "lostContactSince", m.flow_destination as "flowDestination", m.identity_masked as "identityMasked", m.version`

type Bare = Pick<Stored, 'id' | 'organisationId' | 'stage' | 'membership' | 'rightsSuspendedUntil'>

/** Adds the branch's name, the seats held and whether the member counts in a vote today. */
export async function present<Row extends Bare>(
  ctx: Context,
  rows: Row[],
): Promise<(Row & { organisationName: string; seats: string[]; counts: boolean })[]> {
  const organisationIds = [...new Set(rows.map((row) => row.organisationId))]
  const names = await namesOf(ctx, organisationIds)
  const seats = await seatsOf(ctx, organisationIds)
  return rows.map((row) => ({
    ...row,
    organisationName: names.get(row.organisationId) ?? '',
    seats: seats.filter((seat) => seat.memberId === row.id).map((seat) => seat.role),
    counts: countsInVote(row, ctx.now),
  }))
}

/** A list row keeps only what a list shows. */
export async function presentRows(ctx: Context, rows: (Bare & Record<string, unknown>)[]): Promise<z.output<typeof MemberRow>[]> {
  const presented = await present(ctx, rows)
  return presented.map(({ rightsSuspendedUntil: _hidden, ...row }) => row as unknown as z.output<typeof MemberRow>)
}
