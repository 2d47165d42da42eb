/** The organisation's opinion: grade and text of each, the closing with its third, and corrections that stay visible. */
import type { amendReview, closeReview, putOpinion } from '#contract/reviews'
import type { BodyOf } from '#contract/operation'
import { grades } from '#contract/reviews'
import { type Context, DomainError, type Node, type Secrets, sql, wrong } from '#platform'
import { dayOf } from '#rules'
import { type Change, openOpinion } from './papers.ts'
import { checkVersion, tell } from './prepare.ts'
import { ofReview, peopleOf, personOf, quotaOf, stored } from './read.ts'
import { require } from './states.ts'
import { happened, notOnRoster } from './steps.ts'

const listed = (names: readonly string[]) => names.join('、')

/** Writes grade and opinion of one. @param version of the person @throws DomainError STALE_VERSION, WRONG_STATE, NOT_FOUND */
export async function opine(
  ctx: Context,
  secrets: Secrets,
  branch: Node,
  year: string,
  memberId: string,
  { grade, opinion, version }: BodyOf<typeof putOpinion>,
): Promise<void> {
  const review = await stored(ctx, branch, year, true)
  const person = await personOf(ctx, review, memberId, true)
  if (person.grade === grade && (opinion === undefined || opinion === openOpinion(secrets, person))) return
  require('opine', review.state)
  if (person.version !== version) throw new DomainError('STALE_VERSION')
  if (grade !== null && person.probationary) {
    throw wrong(
      'INVALID',
      'body.grade',
      '预备党员参加评议，但不评定等次，请留空。',
      'One on probation is reviewed without a grade; leave it empty.',
    )
  }
  const sealed = opinion === undefined ? person.opinionSealed : opinion.trim() === '' ? null : secrets.seal(opinion)
  await ctx.query(sql`
    update reviews.person set grade = ${grade}, opinion_sealed = ${sealed}, version = version + 1 where ${ofReview(review)} and member_id = ${memberId}`)
  happened(ctx, branch, memberId, 'opinion.written', { year }, 'reviews.putOpinion')
}

/** Closes the review; everybody is told that their letter is ready. @throws DomainError REVIEW_INCOMPLETE, TOO_MANY_EXCELLENT, STALE_VERSION */
export async function close(ctx: Context, branch: Node, year: string, { version, overReason }: BodyOf<typeof closeReview>): Promise<void> {
  const review = await stored(ctx, branch, year, true)
  if (review.state === 'CLOSED' && version < review.version) return
  require('close', review.state)
  checkVersion(review, version)
  const people = await peopleOf(ctx, review)
  const lacking = people.filter((person) => person.opinionSealed === null || (!person.probationary && person.grade === null))
  if (lacking.length > 0) {
    throw new DomainError('REVIEW_INCOMPLETE', {
      sentence: {
        zh: `还不能结束：${listed(lacking.map(({ name }) => name))}还缺等次或组织意见。`,
        en: `It cannot be closed yet: grade or opinion is missing for ${lacking.map(({ name }) => name).join(', ')}.`,
      },
    })
  }
  const quota = quotaOf(people)
  if (!quota.met && overReason.trim() === '') {
    throw new DomainError('TOO_MANY_EXCELLENT', {
      status: 400,
      sentence: {
        zh: `${quota.sentence.zh}请减少“优秀”，或者写明为什么超过（会随评议留存）。`,
        en: `${quota.sentence.en} Take some back, or say why there are more; it stays with the review.`,
      },
      fields: [{ path: 'body.overReason', message: '超过三分之一，请写明原因 / more than a third: say why' }],
    })
  }
  await ctx.query(sql`
    update reviews.review set state = 'CLOSED', closed_on = ${dayOf(ctx.now)}, closed_by_name = ${ctx.account.name},
      over_reason = ${quota.met ? '' : overReason}, rule_version = ${quota.ruleVersion}, version = version + 1 where ${ofReview(review)}`)
  await tell(ctx, branch, year, people, 'closed')
  happened(ctx, branch, branch.id, 'review.closed', { year })
}

/** Corrects a closed review; what stood there before stays beside it. The same correction twice is one. @throws DomainError ID_TAKEN, WRONG_STATE */
export async function amend(
  ctx: Context,
  secrets: Secrets,
  branch: Node,
  year: string,
  id: string,
  input: BodyOf<typeof amendReview>,
): Promise<void> {
  const review = await stored(ctx, branch, year, true)
  const known = await ctx.find(sql<{ organisationId: string; year: string; memberId: string; sealed: Buffer }>`
    select organisation_id as "organisationId", year, member_id as "memberId", sealed from reviews.amendment where county = ${branch.county} and id = ${id}`)
  if (known !== undefined) {
    const before = JSON.parse(secrets.open(known.sealed)) as Change
    const again = known.organisationId === branch.id && known.year === year && known.memberId === input.memberId
    if (again && before.new === input.new && before.reason === input.reason) return
    throw new DomainError('ID_TAKEN')
  }
  require('amend', review.state)
  const person = await personOf(ctx, review, input.memberId, true).catch(() => {
    throw notOnRoster('body.memberId')
  })
  const grade = grades.find((one) => one === input.new)
  if (input.field === 'grade' && (grade === undefined || person.probationary)) {
    throw wrong('INVALID', 'body.new', '等次只能是优秀、合格、基本合格、不合格。', `A grade is one of ${grades.join(', ')}.`)
  }
  const change: Change = {
    old: input.field === 'grade' ? (person.grade ?? '') : openOpinion(secrets, person),
    new: input.new,
    reason: input.reason,
  }
  await ctx.query(sql`
    insert into reviews.amendment (county, id, organisation_id, year, member_id, path, account_id, by_name, field, sealed)
    values (${branch.county}, ${id}, ${branch.id}, ${year}, ${input.memberId}, ${branch.path}, ${ctx.account.id}, ${ctx.account.name}, ${input.field},
      ${secrets.seal(JSON.stringify(change))})`)
  const written = input.field === 'grade' ? sql`grade = ${input.new}` : sql`opinion_sealed = ${secrets.seal(input.new)}`
  await ctx.query(
    sql`update reviews.person set ${written}, version = version + 1 where ${ofReview(review)} and member_id = ${input.memberId}`,
  )
  await ctx.query(sql`update reviews.review set version = version + 1 where ${ofReview(review)}`)
  happened(ctx, branch, input.memberId, 'review.amended', { year, field: input.field }, 'reviews.amendReview')
}
