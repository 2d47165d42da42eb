/** Reading a review: those who run it see who and how many, never a text and never a single ballot. */
import type { z } from 'zod'
import { type grades, type preparations, Review, type Tally } from '#contract/reviews'
import { holds } from '#contract/roles'
import { aboutGatherings } from '#meetings'
import { type Context, type Node, sql } from '#platform'
import { excellentQuota, gradeIsNoDecision, preparationSteps } from '#rules'
import type { State } from './states.ts'

export type Votes = z.output<typeof Tally>
export type Grade = (typeof grades)[number]
type Step = (typeof preparations)[number]

export interface Stored {
  county: string
  organisationId: string
  year: string
  path: string
  state: State
  gatheringId: string | null
  preparation: Partial<Record<Step, { doneOn: string | null; note: string }>>
  people: number
  massVoters: number
  overReason: string
  closedOn: string | null
  closedByName: string
  version: number
}

export interface StoredPerson {
  memberId: string
  name: string
  probationary: boolean
  assessmentSealed: Buffer | null
  paper: Votes | null
  phones: Votes | null
  masses: Votes | null
  grade: Grade | null
  opinionSealed: Buffer | null
  version: number
}

const columns = sql`county, organisation_id as "organisationId", year, path, state, gathering_id as "gatheringId", preparation, people,
  mass_voters as "massVoters", over_reason as "overReason", closed_on as "closedOn", closed_by_name as "closedByName", version`

const personColumns = sql`member_id as "memberId", name, probationary, assessment_sealed as "assessmentSealed", paper, phones, masses, grade,
  opinion_sealed as "opinionSealed", version`

/** SQL: rows of this review. */
export const ofReview = ({ county, organisationId, year }: Pick<Stored, 'county' | 'organisationId' | 'year'>) =>
  sql<boolean>`county = ${county} and organisation_id = ${organisationId} and year = ${year}`

export function find(ctx: Context, branch: Pick<Node, 'county' | 'id'>, year: string, lock = false): Promise<Stored | undefined> {
  return ctx.find(sql<Stored>`
    select ${columns} from reviews.review where ${ofReview({ county: branch.county, organisationId: branch.id, year })} ${lock ? sql`for update` : sql``}`)
}

/** The review of exactly this branch and year, optionally locked for a change. @throws DomainError NOT_FOUND */
export function stored(ctx: Context, branch: Pick<Node, 'county' | 'id'>, year: string, lock = false): Promise<Stored> {
  return ctx.get(sql<Stored>`
    select ${columns} from reviews.review where ${ofReview({ county: branch.county, organisationId: branch.id, year })} ${lock ? sql`for update` : sql``}`)
}

export function peopleOf(ctx: Context, review: Pick<Stored, 'county' | 'organisationId' | 'year'>): Promise<StoredPerson[]> {
  return ctx.query(
    sql<StoredPerson>`select ${personColumns} from reviews.person where ${ofReview(review)} order by probationary, name collate "C", member_id`,
  )
}

/** One who is reviewed, optionally locked for a change. @throws DomainError NOT_FOUND */
export function personOf(ctx: Context, review: Stored, memberId: string, lock = false): Promise<StoredPerson> {
  return ctx.get(sql<StoredPerson>`
    select ${personColumns} from reviews.person where ${ofReview(review)} and member_id = ${memberId} ${lock ? sql`for update` : sql``}`)
}

export const noVotes = (): Votes => ({ EXCELLENT: 0, QUALIFIED: 0, BASICALLY_QUALIFIED: 0, UNQUALIFIED: 0 })
export const sumOf = (votes: Votes): number => votes.EXCELLENT + votes.QUALIFIED + votes.BASICALLY_QUALIFIED + votes.UNQUALIFIED

/** Paper and phones together; null until the box was opened. */
export function peersOf({ paper, phones }: Pick<StoredPerson, 'paper' | 'phones'>): Votes | null {
  if (phones === null) return null
  const [a, b] = [paper ?? noVotes(), phones]
  return {
    EXCELLENT: a.EXCELLENT + b.EXCELLENT,
    QUALIFIED: a.QUALIFIED + b.QUALIFIED,
    BASICALLY_QUALIFIED: a.BASICALLY_QUALIFIED + b.BASICALLY_QUALIFIED,
    UNQUALIFIED: a.UNQUALIFIED + b.UNQUALIFIED,
  }
}

export const quotaOf = (people: readonly Pick<StoredPerson, 'grade'>[]) => {
  const excellent = people.filter(({ grade }) => grade === 'EXCELLENT').length
  return { excellent, ...excellentQuota(people.length, excellent) }
}

/** The whole of it, as the contract promises it. Numbers of votes are for those who run the review. @throws DomainError NOT_FOUND */
export async function get(ctx: Context, branch: Node, year: string): Promise<z.output<typeof Review>> {
  const review = await stored(ctx, branch, year)
  const people = await peopleOf(ctx, review)
  const runs = ctx.caller.post !== null && holds(ctx.caller.post.role, 'write:review')
  const [amended, { ballots }, gatherings] = await Promise.all([
    ctx.query(sql<{ memberId: string; times: number }>`
      select member_id as "memberId", count(*)::int as times from reviews.amendment where ${ofReview(review)} group by 1`),
    ctx.get(sql<{ ballots: number }>`select count(*)::int as ballots from reviews.voter where ${ofReview(review)}`),
    aboutGatherings(ctx, review.gatheringId === null ? [] : [{ county: branch.county, gatheringId: review.gatheringId }]),
  ])
  const { excellent, met, most, sentence, ruleId } = quotaOf(people)
  const { county: _county, path: _path, gatheringId, preparation, people: _people, ...rest } = review
  ctx.audit({ operation: 'reviews.getReview', county: branch.county, subjectId: branch.id, rows: people.length })
  return {
    ...rest,
    organisationName: branch.name,
    gathering: gatherings.get(gatheringId ?? '') ?? null,
    preparation: stepsOf().map((step) => ({ step, doneOn: preparation[step]?.doneOn ?? null, note: preparation[step]?.note ?? '' })),
    people: people.map((person) => ({
      memberId: person.memberId,
      name: person.name,
      probationary: person.probationary,
      assessed: person.assessmentSealed !== null,
      paper: runs ? person.paper : null,
      peers: runs ? peersOf(person) : null,
      masses: runs ? person.masses : null,
      grade: person.grade,
      hasOpinion: person.opinionSealed !== null,
      amended: amended.find(({ memberId }) => memberId === person.memberId)?.times ?? 0,
      version: person.version,
    })),
    ballots,
    quota: { met, most, excellent, sentence, ruleId },
    noDecision: gradeIsNoDecision().sentence,
  }
}

const known: readonly Step[] = Review.shape.preparation.element.shape.step.options
const stepsOf = (): Step[] => preparationSteps().flatMap((step) => known.filter((one) => one === step))

export async function list(ctx: Context, branch: Node) {
  return {
    items: await ctx.query(sql<{ year: string; state: State; people: number; closedOn: string | null }>`
      select year, state, people, closed_on as "closedOn" from reviews.review
      where county = ${branch.county} and organisation_id = ${branch.id} order by year desc`),
  }
}
