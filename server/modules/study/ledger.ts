/** One learning ledger per member, computed: which gathering, what, how long, and what the year still asks for. */
import type { z } from 'zod'
import type { ReturnsOf } from '#contract/operation'
import type { LearnedRow, Ledger, listLedgers } from '#contract/study'
import { aboutGatherings } from '#meetings'
import { rosterOf } from '#members'
import { findTerm } from '#organisations'
import { type Context, type Node, sql } from '#platform'
import { dayOf, learningOf } from '#rules'

interface Row {
  county: string
  memberId: string
  gatheringId: string
  organisationId: string
  heldOn: string
  minutes: number
  training: boolean
}

const columns = sql`l.county, l.member_id as "memberId", l.gathering_id as "gatheringId", l.organisation_id as "organisationId", l.held_on as "heldOn",
  l.minutes, l.training`
const within = (year: string) => sql`l.held_on between ${`${year}-01-01`} and ${`${year}-12-31`}`

export const yearOf = (ctx: Context, year: string | undefined): string => year ?? dayOf(ctx.now).slice(0, 4)

/** Who led the branch on the last day of the year that is over, or leads it today. */
async function leadersOf(ctx: Context, organisationId: string, year: string): Promise<Set<string>> {
  const today = dayOf(ctx.now)
  const last = `${year}-12-31`
  const term = await findTerm(ctx, organisationId, last < today ? last : today)
  return new Set(term?.seats.map(({ memberId }) => memberId) ?? [])
}

/** Where the caller's membership is, whatever post they act in. */
export const homeOf = (ctx: Context): Node | undefined => ctx.account.posts.find(({ role }) => role === 'MEMBER')?.node

/** The caller's own ledger of a year, the latest first. Somebody who is no member has an empty one. */
export async function myLedger(ctx: Context, year: string): Promise<z.output<typeof Ledger>> {
  const memberId = ctx.account.subjectId
  const home = homeOf(ctx)
  const rows =
    memberId === null
      ? []
      : await ctx.query(sql<Row>`
    select ${columns} from study.learned l where l.member_id = ${memberId} and ${within(year)} order by l.held_on desc, l.gathering_id`)
  const leads = home !== undefined && memberId !== null && (await leadersOf(ctx, home.id, year)).has(memberId)
  return { year, learning: learningOf(rows, leads, year, dayOf(ctx.now)), items: await described(ctx, rows) }
}

async function described(ctx: Context, rows: readonly Row[]): Promise<z.output<typeof LearnedRow>[]> {
  const counties = [...new Set(rows.map(({ county }) => county))]
  const ids = rows.map(({ gatheringId }) => gatheringId)
  const about = await aboutGatherings(ctx, rows)
  const studied = await ctx.query(sql<{ id: string; titles: string[] }>`
    select gathering_id as id, array(select i ->> 'title' from jsonb_array_elements(items) i) as titles from study.collective
    where county = any(${counties}::text[]) and gathering_id = any(${ids}::uuid[])`)
  const titles = new Map(studied.map((row) => [row.id, row.titles]))
  return rows.map(({ gatheringId, organisationId, heldOn, minutes, training }) => ({
    gatheringId,
    organisationId,
    heldOn,
    minutes,
    training,
    title: about.get(gatheringId)?.title ?? '',
    kinds: about.get(gatheringId)?.kinds ?? [],
    studied: titles.get(gatheringId) ?? [],
  }))
}

/** Collective study of everybody on the roster of the branch, in the roster's order. What they read alone is in no ledger. */
export async function ledgersOf(ctx: Context, branch: Node, year: string): Promise<ReturnsOf<typeof listLedgers>> {
  const roster = await rosterOf(ctx, branch)
  const rows = await ctx.query(sql<Row>`
    select ${columns} from study.learned l where l.member_id = any(${roster.map(({ memberId }) => memberId)}::uuid[]) and ${within(year)}`)
  const leaders = await leadersOf(ctx, branch.id, year)
  const byMember = Map.groupBy(rows, ({ memberId }) => memberId)
  ctx.audit({ operation: 'study.listLedgers', county: branch.county, subjectId: branch.id, rows: roster.length })
  return {
    year,
    items: roster.map(({ memberId, name }) => {
      const of = byMember.get(memberId) ?? []
      return { memberId, name, gatherings: of.length, learning: learningOf(of, leaders.has(memberId), year, dayOf(ctx.now)) }
    }),
  }
}
