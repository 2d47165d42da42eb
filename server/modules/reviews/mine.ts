/** My part of the year, in whatever post I act. */
import type { z } from 'zod'
import type { MyLife } from '#contract/life'
import { rosterOf } from '#members'
import { type Context, DomainError, type Node, type Secrets, sql } from '#platform'
import { myBirthday } from './partyDays.ts'
import { openAssessment } from './papers.ts'
import { myPromises } from './promises.ts'
import { ofReview, peopleOf, type Stored } from './read.ts'
import { myRectifications } from './rectifications.ts'
import type { State } from './states.ts'
import { myTalks } from './talks.ts'

interface Self {
  memberId: string
  branch: Node
}

const belongs = ['MEMBER', 'BRANCH_SECRETARY', 'RECORDER'] as const

/** Me as a member and my branch, or undefined for somebody who is in none. */
function findSelf(ctx: Context): Self | undefined {
  const { subjectId, posts } = ctx.account
  const home = belongs.flatMap((role) => posts.filter((post) => post.role === role))[0]
  return subjectId === null || home === undefined ? undefined : { memberId: subjectId, branch: home.node }
}

/** @throws DomainError NOT_FOUND for somebody who is in no branch */
export function self(ctx: Context): Self {
  const found = findSelf(ctx)
  if (found === undefined) {
    throw new DomainError('NOT_FOUND', {
      sentence: { zh: '您在这里没有党员身份，这件事由党员本人办理。', en: 'You are not a member here; this is for members themselves.' },
    })
  }
  return found
}

const nothing: z.output<typeof MyLife> = {
  organisationId: null,
  organisationName: '',
  review: null,
  letters: [],
  promises: [],
  rectifications: [],
  talks: [],
  branch: [],
  birthday: null,
}

export async function myLife(ctx: Context, secrets: Secrets): Promise<z.output<typeof MyLife>> {
  const found = findSelf(ctx)
  if (found === undefined) return nothing
  const { memberId, branch } = found
  const reviews = await ctx.query(sql<{ year: string; state: State; own: boolean }>`
    select r.year, r.state, exists (select from reviews.person p where p.county = r.county and p.organisation_id = r.organisation_id and p.year = r.year
      and p.member_id = ${memberId}) as own
    from reviews.review r where r.county = ${branch.county} and r.organisation_id = ${branch.id} order by r.year desc`)
  const [promises, rectifications, talks, birthday, members] = await Promise.all([
    myPromises(ctx, branch.county, memberId),
    myRectifications(ctx, branch.county, memberId),
    myTalks(ctx, branch, memberId),
    myBirthday(ctx, branch, memberId),
    rosterOf(ctx, branch),
  ])
  const current = reviews.find(({ state }) => state !== 'CLOSED')
  return {
    organisationId: branch.id,
    organisationName: branch.name,
    review: current === undefined ? null : await myReview(ctx, secrets, found, current),
    letters: reviews.filter(({ state, own }) => state === 'CLOSED' && own).map(({ year }) => year),
    promises,
    rectifications,
    talks,
    branch: members.map((member) => ({ memberId: member.memberId, name: member.name })),
    birthday,
  }
}

async function myReview(ctx: Context, secrets: Secrets, { memberId, branch }: Self, { year, state }: { year: string; state: State }) {
  const at: Pick<Stored, 'county' | 'organisationId' | 'year'> = { county: branch.county, organisationId: branch.id, year }
  const [people, voted] = await Promise.all([
    peopleOf(ctx, at),
    ctx.find(sql`select 1 from reviews.voter where ${ofReview(at)} and member_id = ${memberId}`),
  ])
  const own = people.find((person) => person.memberId === memberId)
  const { text, ownGrade } = openAssessment(secrets, { assessmentSealed: own?.assessmentSealed ?? null })
  const others = people.filter((person) => person.memberId !== memberId && !person.probationary)
  return {
    year,
    state,
    mine: own !== undefined,
    assessment: text,
    ownGrade,
    cast: voted !== undefined,
    others: state === 'RATING' ? others.map((person) => ({ memberId: person.memberId, name: person.name })) : [],
  }
}
