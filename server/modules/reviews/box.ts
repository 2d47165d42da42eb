/**
 * The box of a secret ballot. A ballot goes in without a name and without a time, sealed and of one length; whose are in stands apart.
 * It is opened once, all together, and emptied in the same transaction: what stays are numbers.
 */
import { type Context, type Node, type Secrets, sql, wrong } from '#platform'
import { grades } from '#contract/reviews'
import { type Grade, noVotes, ofReview, peopleOf, type Stored, stored, type Votes } from './read.ts'
import { require } from './states.ts'
import { happened } from './steps.ts'

type Rows = readonly { memberId: string; grade: Grade }[]

/** Characters of one line of a ballot. */
const lineLength = 48

const written = (rows: Rows, people: number) =>
  JSON.stringify(rows.map(({ memberId, grade }) => [memberId, grades.indexOf(grade)])).padEnd(2 + people * lineLength)

/**
 * Puts my ballot into the box. Whoever is not named on it is an abstention. @returns true when mine was in already: the first one counts
 * @throws DomainError NOT_FOUND, WRONG_STATE, NOT_ON_ROSTER, BALLOT_INVALID
 */
export async function cast(ctx: Context, secrets: Secrets, branch: Node, year: string, memberId: string, rows: Rows): Promise<boolean> {
  // The lock keeps a ballot from falling into a box that is being opened.
  const review = await stored(ctx, branch, year, true)
  const voted = await ctx.find(sql`select 1 from reviews.voter where ${ofReview(review)} and member_id = ${memberId}`)
  if (voted !== undefined) return true
  require('cast', review.state)
  const people = await peopleOf(ctx, review)
  if (people.length < review.people) {
    throw wrong('BALLOT_INVALID', 'body.rows', '请先切换到本支部的岗位再投票。', 'Change to your post in this branch before you vote.')
  }
  if (!people.some((person) => person.memberId === memberId)) {
    throw wrong(
      'NOT_ON_ROSTER',
      'path.year',
      '您不在这次评议的名单上，请联系支部书记。',
      'You are not on the roster of this review; ask the secretary.',
    )
  }
  const rated = new Set(people.filter((person) => !person.probationary && person.memberId !== memberId).map((person) => person.memberId))
  const seen = new Set<string>()
  for (const [n, row] of rows.entries()) {
    if (!rated.has(row.memberId) || seen.has(row.memberId)) {
      throw wrong(
        'BALLOT_INVALID',
        `body.rows.${n}.memberId`,
        '每人只能评一次，不能评自己和预备党员。',
        'Each is rated once; not oneself and nobody on probation.',
      )
    }
    seen.add(row.memberId)
  }
  await ctx.query(sql`
    insert into reviews.voter (county, organisation_id, year, member_id, path) values (${branch.county}, ${branch.id}, ${year}, ${memberId}, ${branch.path})`)
  await ctx.query(sql`
    insert into reviews.ballot (county, organisation_id, year, path, sealed)
    values (${branch.county}, ${branch.id}, ${year}, ${branch.path}, ${secrets.seal(written(rows, people.length))})`)
  // That somebody voted is on record, not what: the subject of the event is the branch.
  happened(ctx, branch, branch.id, 'ballot.cast', { year })
  return false
}

/** How many ballots are in the box. */
export async function countBallots(ctx: Context, review: Stored): Promise<number> {
  const { ballots } = await ctx.get(sql<{ ballots: number }>`select count(*)::int as ballots from reviews.ballot where ${ofReview(review)}`)
  return ballots
}

/** Empties the box. @returns votes by member; without `count` nothing is opened */
export async function empty(ctx: Context, secrets: Secrets, review: Stored, count: boolean): Promise<Map<string, Votes>> {
  const sealed = await ctx.query(sql<{ sealed: Buffer }>`delete from reviews.ballot where ${ofReview(review)} returning sealed`)
  const votes = new Map<string, Votes>()
  if (!count) return votes
  for (const ballot of sealed) {
    for (const [memberId, n] of JSON.parse(secrets.open(ballot.sealed)) as [string, number][]) {
      const grade = grades[n]
      if (grade === undefined) continue
      const so = votes.get(memberId) ?? noVotes()
      votes.set(memberId, { ...so, [grade]: so[grade] + 1 })
    }
  }
  return votes
}
