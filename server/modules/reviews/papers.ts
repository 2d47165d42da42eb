/** What is sealed about one person: the self-assessment, the organisation's opinion, corrections; and the letter made of it. */
import type { z } from 'zod'
import type { amendedFields, Letter } from '#contract/reviews'
import { type Context, DomainError, type Node, type Secrets, sql } from '#platform'
import { gradeIsNoDecision, votesToShow } from '#rules'
import { type Grade, ofReview, peersOf, personOf, type Stored, type StoredPerson, stored, sumOf, type Votes } from './read.ts'
import { require } from './states.ts'
import { happened } from './steps.ts'

interface Assessment {
  text: string
  ownGrade: Grade | null
}

export interface Change {
  old: string
  new: string
  reason: string
}

const nothingWritten: Assessment = { text: '', ownGrade: null }

export const openAssessment = (secrets: Secrets, { assessmentSealed }: Pick<StoredPerson, 'assessmentSealed'>): Assessment =>
  assessmentSealed === null ? nothingWritten : (JSON.parse(secrets.open(assessmentSealed)) as Assessment)
export const openOpinion = (secrets: Secrets, { opinionSealed }: Pick<StoredPerson, 'opinionSealed'>): string =>
  opinionSealed === null ? '' : secrets.open(opinionSealed)

/** Writes what a member says of themselves; the same text twice is written once. @throws DomainError WRONG_STATE */
export async function assess(
  ctx: Context,
  secrets: Secrets,
  branch: Node,
  year: string,
  memberId: string,
  said: Assessment,
): Promise<void> {
  const review = await stored(ctx, branch, year)
  const person = await personOf(ctx, review, memberId, true)
  const before = openAssessment(secrets, person)
  if (before.text === said.text && before.ownGrade === said.ownGrade) return
  require('assess', review.state)
  const sealed = said.text.trim() === '' && said.ownGrade === null ? null : secrets.seal(JSON.stringify(said))
  await ctx.query(
    sql`update reviews.person set assessment_sealed = ${sealed}, version = version + 1 where ${ofReview(review)} and member_id = ${memberId}`,
  )
  happened(ctx, branch, memberId, 'assessment.written', { year }, 'reviews.putMyAssessment')
}

/** Everything about one person, opened. The purpose is in the audit row, which the person sees. @throws DomainError NOT_FOUND */
export async function openPapers(ctx: Context, secrets: Secrets, branch: Node, year: string, memberId: string) {
  const review = await stored(ctx, branch, year)
  const person = await personOf(ctx, review, memberId)
  ctx.audit({ operation: 'reviews.openPapers', county: branch.county, subjectId: memberId, rows: 1 })
  const { text, ownGrade } = openAssessment(secrets, person)
  return {
    memberId,
    name: person.name,
    assessment: text,
    ownGrade,
    grade: person.grade,
    opinion: openOpinion(secrets, person),
    letter: review.closedOn === null ? null : await letter(ctx, secrets, branch.name, review, person, review.closedOn),
  }
}

/** My own letter. @throws DomainError NOT_FOUND while it is not ready */
export async function myLetter(ctx: Context, secrets: Secrets, branch: Node, year: string, memberId: string) {
  const review = await stored(ctx, branch, year)
  if (review.closedOn === null) throw new DomainError('NOT_FOUND', { sentence: notReady })
  const person = await personOf(ctx, review, memberId)
  ctx.audit({ operation: 'reviews.getMyLetter', county: branch.county, subjectId: memberId, rows: 1 })
  return letter(ctx, secrets, branch.name, review, person, review.closedOn)
}

const notReady = {
  zh: '反馈意见书还没有写好，评议结束后会通知您。',
  en: 'Your letter is not ready; you will be told when the review is closed.',
}

async function letter(
  ctx: Context,
  secrets: Secrets,
  organisationName: string,
  review: Stored,
  person: StoredPerson,
  closedOn: string,
): Promise<z.output<typeof Letter>> {
  const rows = await ctx.query(sql<{ id: string; at: string; byName: string; field: (typeof amendedFields)[number]; sealed: Buffer }>`
    select id, at, by_name as "byName", field, sealed from reviews.amendment where ${ofReview(review)} and member_id = ${person.memberId} order by at`)
  return {
    organisationName,
    year: review.year,
    name: person.name,
    grade: person.grade,
    opinion: openOpinion(secrets, person),
    peers: votesInWords(peersOf(person), { zh: '党员互评', en: 'Peers' }),
    masses: votesInWords(person.masses, { zh: '群众测评', en: 'Masses' }),
    noDecision: gradeIsNoDecision().sentence,
    closedOn,
    amendments: rows.map(({ sealed, ...row }) => ({ ...row, ...(JSON.parse(secrets.open(sealed)) as Change) })),
  }
}

/** Few votes would tell who gave them. */
function votesInWords(votes: Votes | null, who: { zh: string; en: string }) {
  const sum = votes === null ? 0 : sumOf(votes)
  if (votes === null || sum === 0) return { zh: `${who.zh}：没有票数。`, en: `${who.en}: no votes.` }
  if (sum < votesToShow()) return { zh: `${who.zh}：票数较少，不列出。`, en: `${who.en}: too few votes to be shown.` }
  return {
    zh: `${who.zh}${sum}票：优秀${votes.EXCELLENT}、合格${votes.QUALIFIED}、基本合格${votes.BASICALLY_QUALIFIED}、不合格${votes.UNQUALIFIED}。`,
    en: `${who.en}, ${sum} votes: excellent ${votes.EXCELLENT}, qualified ${votes.QUALIFIED}, basically qualified ${votes.BASICALLY_QUALIFIED}, not qualified ${votes.UNQUALIFIED}.`,
  }
}
