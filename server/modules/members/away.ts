/** What is kept of a member who works away: who they are for a registration, and the axes that follow it. */
import { type Context, type Node, Scope, sql } from '#platform'
import { recount } from './tallies.ts'

export interface Known {
  memberId: string
  name: string
  phoneMasked: string
  organisationId: string
  path: string
  county: string
  /** Takes part in the life of the branch: full or probationary, membership not stopped. */
  attends: boolean
}

const known = sql`m.id as "memberId", m.name, m.phone_masked as "phoneMasked", m.organisation_id as "organisationId", m.path, m.county,
  m.stage in ('FULL', 'PROBATIONARY') and m.membership = 'NORMAL' as attends`

/** One member of this organisation or below, or undefined. */
export const findMember = (ctx: Context, node: Node, memberId: string): Promise<Known | undefined> =>
  ctx.find(sql<Known>`
    select ${known} from members.member m where m.id = ${memberId} and m.county = ${node.county} and ${new Scope(node.path).covers(sql`m.path`)}`)

/** The caller's own, or undefined. */
export const findSelf = (ctx: Context): Promise<Known | undefined> =>
  ctx.find(sql<Known>`select ${known} from members.member m where m.id = ${ctx.account.subjectId}`)

export interface Axes {
  mobility: 'RESIDENT' | 'FLOW_OUT'
  destination: string
  /** First day without contact; null while there is contact. */
  lostSince: string | null
}

/** Brings mobility and contact to what the registration says, and the count of the branch with it. For projections, which see everybody. */
export async function followAxes(
  ctx: Context,
  county: string,
  memberId: string,
  { mobility, destination, lostSince }: Axes,
): Promise<void> {
  const branch = await ctx.find(sql<{ organisationId: string; path: string }>`
    update members.member set mobility = ${mobility}, flow_destination = ${destination}, version = version + 1,
      contact = ${lostSince === null ? 'IN_CONTACT' : 'LOST_CONTACT'}, lost_contact_since = ${lostSince}
    where county = ${county} and id = ${memberId}
      and (mobility, flow_destination, lost_contact_since) is distinct from (${mobility}, ${destination}, ${lostSince}::date)
    returning organisation_id as "organisationId", path`)
  if (branch !== undefined) await recount(ctx, county, branch.organisationId, branch.path)
}

/** Everybody who is away, with where they said they went: for what is set up for all of them at once. */
export const listAway = (ctx: Context): Promise<(Omit<Known, 'attends'> & { destination: string })[]> =>
  ctx.query(sql<Omit<Known, 'attends'> & { destination: string }>`
    select m.id as "memberId", m.name, m.phone_masked as "phoneMasked", m.organisation_id as "organisationId", m.path, m.county,
      m.flow_destination as destination
    from members.member m where m.mobility = 'FLOW_OUT' and m.stage in ('FULL', 'PROBATIONARY') and m.membership = 'NORMAL' order by m.id`)
