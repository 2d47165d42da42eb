/** The preparation: which meeting it is done at, what is done before it, and who is reviewed. */
import type { BodyOf } from '#contract/operation'
import type { putPreparation } from '#contract/reviews'
import { heldSegments } from '#meetings'
import { type RosterMember, rosterOf } from '#members'
import { accountsOf, type Context, DomainError, type Node, notify, sql, wrong } from '#platform'
import { addMonths, dayOf } from '#rules'
import { find, ofReview, type Stored, stored } from './read.ts'
import { require } from './states.ts'
import { happened } from './steps.ts'

/** Organisations whose members review each other. */
const reviewing = ['BRANCH', 'JOINT_BRANCH', 'FLOATING_ORG']

/** Begins the review of a year, or names another meeting. The same request twice is the same review once. @throws DomainError KIND_NOT_APPLICABLE, WRONG_STATE, INVALID */
export async function prepare(ctx: Context, branch: Node, year: string, { gatheringId }: { gatheringId: string | null }): Promise<void> {
  if (!reviewing.includes(branch.kind)) {
    throw new DomainError('KIND_NOT_APPLICABLE', {
      sentence: {
        zh: `${branch.name}不直接开展民主评议，请在党员所在的党支部办理。`,
        en: `${branch.name} reviews no members itself; do this in the branch they belong to.`,
      },
    })
  }
  if (year > dayOf(ctx.now).slice(0, 4))
    throw wrong('INVALID', 'path.year', '还没有到这一年，请选今年或以前。', 'That year has not come; choose this one or an earlier one.')
  const before = await find(ctx, branch, year, true)
  if (before?.gatheringId === gatheringId) return
  if (before !== undefined) require('prepare', before.state)
  if (gatheringId !== null) await checkGathering(ctx, branch, year, gatheringId)
  await ctx.query(sql`
    insert into reviews.review (county, organisation_id, year, path, state, gathering_id)
    values (${branch.county}, ${branch.id}, ${year}, ${branch.path}, 'PREPARING', ${gatheringId})
    on conflict (county, organisation_id, year) do update set gathering_id = excluded.gathering_id, version = reviews.review.version + 1`)
  if (before === undefined) await fixRoster(ctx, branch, year)
  happened(ctx, branch, branch.id, before === undefined ? 'review.begun' : 'review.prepared', { year })
}

/** The meeting is on record in this branch, as an organisational-life meeting or a review, in that year or the first months after it. */
async function checkGathering(ctx: Context, branch: Node, year: string, gatheringId: string): Promise<void> {
  const held = await heldSegments(ctx, branch.county, [branch.id], `${year}-01-01`, addMonths(`${year}-12-31`, 6))
  const fits = held.some((one) => one.gatheringId === gatheringId && (one.kind === 'ORG_LIFE_MEETING' || one.kind === 'DEMOCRATIC_REVIEW'))
  if (fits) return
  const zh = `请选择本支部${year}年度已经确认记录的组织生活会或民主评议。`
  throw wrong(
    'INVALID',
    'body.gatheringId',
    zh,
    'Choose an organisational-life meeting or a review of this branch whose record is confirmed.',
  )
}

/** Those on the roster of today are reviewed; what somebody already wrote about themselves stays. @returns them */
async function fixRoster(ctx: Context, branch: Node, year: string): Promise<RosterMember[]> {
  const members = await rosterOf(ctx, branch)
  const ids = members.map(({ memberId }) => memberId)
  const review = { county: branch.county, organisationId: branch.id, year }
  await ctx.query(sql`delete from reviews.person where ${ofReview(review)} and not (member_id = any(${ids}::uuid[]))`)
  await ctx.query(sql`
    insert into reviews.person (county, organisation_id, year, member_id, path, name, probationary)
    select ${branch.county}, ${branch.id}::uuid, ${year}, m.id, ${branch.path}, m.name, m.probationary
    from unnest(${ids}::uuid[], ${members.map(({ name }) => name)}::text[], ${members.map(({ probationary }) => probationary)}::bool[]) as m(id, name, probationary)
    on conflict (county, organisation_id, year, member_id) do update set name = excluded.name, probationary = excluded.probationary`)
  await ctx.query(sql`update reviews.review set people = ${members.length} where ${ofReview(review)}`)
  return members
}

/** One step of the preparation. */
export async function prepareStep(
  ctx: Context,
  branch: Node,
  year: string,
  { step, doneOn, note }: BodyOf<typeof putPreparation>,
): Promise<void> {
  const review = await stored(ctx, branch, year, true)
  const before = review.preparation[step]
  if ((before?.doneOn ?? null) === doneOn && (before?.note ?? '') === note) return
  require('prepare', review.state)
  if (doneOn !== null && doneOn > dayOf(ctx.now))
    throw wrong('INVALID', 'body.doneOn', '日期在将来，做完再记。', 'That day lies ahead; note it when it is done.')
  await ctx.query(sql`
    update reviews.review set preparation = preparation || ${JSON.stringify({ [step]: { doneOn, note } })}::jsonb, version = version + 1 where ${ofReview(review)}`)
  happened(ctx, branch, branch.id, 'review.prepared', { year, step })
}

/** Opens the ratings: the roster of the day is fixed, and everybody on it is told once. @throws DomainError STALE_VERSION, WRONG_STATE */
export async function open(ctx: Context, branch: Node, year: string, version: number): Promise<void> {
  const review = await stored(ctx, branch, year, true)
  if (review.state === 'RATING' && version < review.version) return
  require('open', review.state)
  checkVersion(review, version)
  const members = await fixRoster(ctx, branch, year)
  await ctx.query(sql`update reviews.review set state = 'RATING', version = version + 1 where ${ofReview(review)}`)
  await tell(ctx, branch, year, members, 'opened')
  happened(ctx, branch, branch.id, 'review.opened', { year })
}

export function checkVersion(review: Stored, version: number): void {
  if (review.version !== version) throw new DomainError('STALE_VERSION')
}

const told = {
  opened: {
    title: { zh: '民主评议开始了：请写自评、投互评票', en: 'The review is open: write about yourself and cast your ballot' },
    body: {
      zh: '互评票投进去就封存，谁也看不到单张票，计票后销毁。',
      en: 'A ballot is sealed as soon as it is cast; nobody sees single ballots, and they are destroyed after counting.',
    },
    href: '/reviews',
  },
  closed: {
    title: { zh: '您的民主评议反馈意见书可以看了', en: 'Your letter of the review is ready' },
    body: { zh: '只有您自己和支部书记能打开。', en: 'Only you and the secretary can open it.' },
    href: '/reviews/letter',
  },
} as const

/** Tells everybody reviewed who has an account, once. */
export async function tell(
  ctx: Context,
  branch: Node,
  year: string,
  members: readonly { memberId: string }[],
  what: keyof typeof told,
): Promise<void> {
  const accounts = await accountsOf(
    ctx,
    members.map(({ memberId }) => memberId),
  )
  const { title, body, href } = told[what]
  await notify(
    ctx,
    [...accounts.values()].map((accountId) => ({
      accountId,
      kind: 'reviews.notice',
      title,
      body,
      because: { zh: `您参加${branch.name}${year}年度民主评议。`, en: `You are reviewed in ${branch.name} for ${year}.` },
      href: what === 'closed' ? `${href}/${year}` : href,
      once: `reviews.${what}:${branch.id}:${year}`,
    })),
  )
}
