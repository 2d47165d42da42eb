/** The ratings: tallies of paper as they are entered, and the count, after which only numbers are left. */
import type { closeRatings, putTallies } from '#contract/reviews'
import type { BodyOf } from '#contract/operation'
import { type Context, DomainError, type Node, type Secrets, sql, wrong } from '#platform'
import { ballotsToCount, citationOf } from '#rules'
import { countBallots, empty } from './box.ts'
import { checkVersion } from './prepare.ts'
import { noVotes, ofReview, peersOf, peopleOf, type Stored, type StoredPerson, stored, sumOf, type Votes } from './read.ts'
import { require } from './states.ts'
import { happened, notOnRoster } from './steps.ts'

const same = (a: Votes | null, b: Votes) => a !== null && JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))
const ordered = (votes: Votes) => [votes.EXCELLENT, votes.QUALIFIED, votes.BASICALLY_QUALIFIED, votes.UNQUALIFIED]

/** Enters the tallies of secret paper; may be corrected until the review is closed. @throws DomainError NOT_ON_ROSTER, VOTES_DO_NOT_ADD_UP */
export async function enterTallies(
  ctx: Context,
  branch: Node,
  year: string,
  { massVoters, rows }: BodyOf<typeof putTallies>,
): Promise<void> {
  const review = await stored(ctx, branch, year, true)
  const people = await peopleOf(ctx, review)
  const byId = new Map(people.map((person) => [person.memberId, person]))
  const changed = rows.filter(({ memberId, paper, masses }) => {
    const before = byId.get(memberId)
    return !same(before?.paper ?? null, paper) || !same(before?.masses ?? null, masses)
  })
  if (changed.length === 0 && massVoters === review.massVoters) return
  require('tally', review.state)
  for (const [n, row] of rows.entries()) {
    const person = byId.get(row.memberId)
    if (person === undefined) throw notOnRoster(`body.rows.${n}.memberId`)
    checkPeers({ ...person, paper: row.paper }, people.length, `body.rows.${n}.paper`)
    const masses = sumOf(row.masses)
    if (masses > massVoters) {
      const zh = `${person.name}的群众测评票合计${masses}张，多于参加测评的${massVoters}人，请核对。`
      throw wrong(
        'VOTES_DO_NOT_ADD_UP',
        `body.rows.${n}.masses`,
        zh,
        `${person.name}: ${masses} votes of the masses, but ${massVoters} took part.`,
      )
    }
  }
  // Those not sent this time keep their tallies, so they are held against the new number too.
  const left = people.find(
    ({ memberId, masses }) => masses !== null && sumOf(masses) > massVoters && !rows.some((row) => row.memberId === memberId),
  )
  if (left !== undefined) {
    const zh = `${left.name}已有群众测评票${sumOf(left.masses ?? noVotes())}张，多于参加测评的${massVoters}人，请核对。`
    throw wrong('VOTES_DO_NOT_ADD_UP', 'body.massVoters', zh, `${left.name} has more votes of the masses than ${massVoters} people.`)
  }
  await ctx.query(sql`
    update reviews.person p set paper = t.paper, masses = t.masses, version = version + 1
    from unnest(${changed.map(({ memberId }) => memberId)}::uuid[], ${changed.map(({ paper }) => JSON.stringify(paper))}::jsonb[],
      ${changed.map(({ masses }) => JSON.stringify(masses))}::jsonb[]) as t(member_id, paper, masses)
    where p.county = ${review.county} and p.organisation_id = ${review.organisationId} and p.year = ${review.year} and p.member_id = t.member_id`)
  await ctx.query(sql`update reviews.review set mass_voters = ${massVoters}, version = version + 1 where ${ofReview(review)}`)
  happened(ctx, branch, branch.id, 'review.tallied', { year })
}

/** Nobody is rated by more peers than there are. */
function checkPeers(person: StoredPerson, people: number, path: string): void {
  const cast = sumOf(peersOf({ ...person, phones: person.phones ?? noVotes() }) ?? noVotes())
  if (cast <= people - 1) return
  const zh = `${person.name}的互评票合计${cast}张，多于其他${people - 1}名党员，请核对纸质票（手机投过的不能再投纸质票）。`
  throw wrong(
    'VOTES_DO_NOT_ADD_UP',
    path,
    zh,
    `${person.name}: ${cast} votes of ${people - 1} peers; whoever voted on a phone does not vote on paper.`,
  )
}

/**
 * Closes the ratings, opens the box and empties it. With too few ballots from phones the sum would tell who wrote what, so they are
 * not counted. @throws DomainError STALE_VERSION, TOO_FEW_BALLOTS, VOTES_DO_NOT_ADD_UP
 */
export async function countRatings(
  ctx: Context,
  secrets: Secrets,
  branch: Node,
  year: string,
  { version, withoutPhones }: BodyOf<typeof closeRatings>,
): Promise<void> {
  const review = await stored(ctx, branch, year, true)
  if (review.state === 'OPINION' && version < review.version) return
  require('count', review.state)
  checkVersion(review, version)
  const cast = await countBallots(ctx, review)
  if (cast > 0 && cast < ballotsToCount() && !withoutPhones) throw tooFew(cast)
  const phones = await empty(ctx, secrets, review, !withoutPhones)
  const people = await peopleOf(ctx, review)
  const counted = people.map((person) => ({ ...person, phones: phones.get(person.memberId) ?? noVotes() }))
  for (const person of counted) checkPeers(person, people.length, 'path.year')
  await write(ctx, review, counted)
  await ctx.query(sql`update reviews.review set state = 'OPINION', version = version + 1 where ${ofReview(review)}`)
  happened(ctx, branch, branch.id, 'review.counted', { year, ballots: withoutPhones ? 0 : cast })
}

function tooFew(cast: number): DomainError {
  const least = ballotsToCount()
  return new DomainError('TOO_FEW_BALLOTS', {
    sentence: {
      zh: `手机上只投了${cast}张票，不足${least}张，一计票就看得出是谁投的。请等更多人投票，或者作废手机票、改用纸质票。（${citationOf('LIFE-BALLOT')}）`,
      en: `Only ${cast} voted on phones, fewer than ${least}: the sum would tell who wrote what. Wait for more, or destroy these ballots and use paper.`,
    },
  })
}

async function write(ctx: Context, review: Stored, people: readonly { memberId: string; phones: Votes }[]): Promise<void> {
  await ctx.query(sql`
    update reviews.person p set phones = t.phones, version = version + 1
    from unnest(${people.map(({ memberId }) => memberId)}::uuid[], ${people.map(({ phones }) => JSON.stringify(phones))}::jsonb[]) as t(member_id, phones)
    where p.county = ${review.county} and p.organisation_id = ${review.organisationId} and p.year = ${review.year} and p.member_id = t.member_id`)
}
