/**
 * 组织生活会 and 民主评议党员 of a branch for a year (domain.md §1.7). A single ballot is read by nobody; papers about one person are opened
 * one at a time, with a purpose on record.
 */
import { z } from 'zod'
import { segmentKinds, Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { Day, Done, Id, idParams, line, Moment, text, Version } from './words.ts'

export const reviewStates = ['PREPARING', 'RATING', 'OPINION', 'CLOSED'] as const
/** 优秀 · 合格 · 基本合格 · 不合格. */
export const grades = ['EXCELLENT', 'QUALIFIED', 'BASICALLY_QUALIFIED', 'UNQUALIFIED'] as const
/** What is done before the meeting: 学习 · 谈心谈话 · 征求意见 · 对照检查. */
export const preparations = ['STUDY', 'TALKS', 'OPINIONS', 'SELF_CHECK'] as const
export const amendedFields = ['grade', 'opinion'] as const

/** A calendar year in Asia/Shanghai, `2026`. */
export const Year = z.string().regex(/^(19|20|21)\d{2}$/, '需要四位年份，如 2026 / a year of four digits')
const Grade = z.enum(grades)
const votes = z.int().min(0).max(9999)
/** How many votes for each grade. */
export const Tally = z.strictObject({ EXCELLENT: votes, QUALIFIED: votes, BASICALLY_QUALIFIED: votes, UNQUALIFIED: votes })

const Prepared = z.object({
  step: z.enum(preparations),
  doneOn: Day.nullable(),
  note: z.string(),
})

/** One who is reviewed, as those who run the review see them: never a text, those are opened one at a time. */
const Reviewed = z.object({
  memberId: Id,
  name: z.string(),
  probationary: z.boolean(),
  /** 个人自评 is written. */
  assessed: z.boolean(),
  /** 党员互评 on paper, as entered. Null to those who only read. */
  paper: Tally.nullable(),
  /** 党员互评 altogether, paper and phones; null until the ballots are counted. */
  peers: Tally.nullable(),
  /** 民主测评 by the masses, as entered. */
  masses: Tally.nullable(),
  grade: Grade.nullable(),
  hasOpinion: z.boolean(),
  /** Corrections after closing. */
  amended: z.int(),
  version: Version,
})

export const Review = z.object({
  organisationId: Id,
  organisationName: z.string(),
  year: Year,
  state: z.enum(reviewStates),
  /** The organisational-life meeting at which it is done, when there is one on record. */
  gathering: z.object({ id: Id, title: z.string(), heldOn: Day.nullable(), kinds: z.array(z.enum(segmentKinds)) }).nullable(),
  preparation: z.array(Prepared),
  people: z.array(Reviewed),
  /** Ballots in the sealed box: how many, never whose. */
  ballots: z.int(),
  /** People of the masses who took part in 民主测评. */
  massVoters: z.int(),
  quota: z.object({ met: z.boolean(), most: z.int(), excellent: z.int(), sentence: Sentence, ruleId: z.string() }),
  /** A grade is not a decision about 党籍. */
  noDecision: Sentence,
  /** Why more are 优秀 than the rule generally allows. */
  overReason: z.string(),
  closedOn: Day.nullable(),
  closedByName: z.string(),
  version: Version,
})

const LetterAmendment = z.object({
  id: Id,
  at: Moment,
  byName: z.string(),
  field: z.enum(amendedFields),
  old: z.string(),
  new: z.string(),
  reason: z.string(),
})

/** 反馈意见书: what the organisation tells one member. */
export const Letter = z.object({
  organisationName: z.string(),
  year: Year,
  name: z.string(),
  grade: Grade.nullable(),
  opinion: z.string(),
  /** How peers and masses voted, or why that is not shown. */
  peers: Sentence,
  masses: Sentence,
  noDecision: Sentence,
  closedOn: Day,
  amendments: z.array(LetterAmendment),
})

/** What is sealed about one person, opened. */
const Papers = z.object({
  memberId: Id,
  name: z.string(),
  assessment: z.string(),
  ownGrade: Grade.nullable(),
  grade: Grade.nullable(),
  opinion: z.string(),
  /** Null until the review is closed. */
  letter: Letter.nullable(),
})

export const reviewReaders = {
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
  RECORDER: ['own', 'child'],
} as const
export const reviewWriters = { BRANCH_SECRETARY: ['own', 'child'], RECORDER: ['own', 'child'] } as const
const secretaries = { BRANCH_SECRETARY: ['own', 'child'] } as const
/** Whom the contract lets read rectifications and promises. */
export const commitmentReaders = { ...reviewReaders, MEMBER: ['own', 'child'] } as const

const within = '/organisations/:organisationId' as const
const reviewPath = `${within}/reviews/:year` as const
const reviewParams = z.strictObject({ organisationId: Id, year: Year })
const personParams = z.strictObject({ organisationId: Id, year: Year, memberId: Id })

export const listReviews = operation({
  id: 'reviews.listReviews',
  method: 'GET',
  path: `${within}/reviews`,
  summary: { zh: '一个党支部历年的民主评议', en: 'Democratic reviews of a branch, by year' },
  access: { may: 'read:review', within: 'organisationId', expect: reviewReaders },
  params: idParams('organisationId'),
  returns: z.object({
    items: z.array(z.object({ year: Year, state: z.enum(reviewStates), people: z.int(), closedOn: Day.nullable() })),
  }),
})

export const getReview = operation({
  id: 'reviews.getReview',
  method: 'GET',
  path: reviewPath,
  summary: { zh: '一年的组织生活会和民主评议', en: 'The review of a branch for a year' },
  access: { may: 'read:review', within: 'organisationId', expect: reviewReaders },
  params: reviewParams,
  returns: Review,
  fails: ['NOT_FOUND'],
})

export const putReview = operation({
  id: 'reviews.putReview',
  method: 'PUT',
  path: reviewPath,
  summary: { zh: '开始准备，或改关联的组织生活会', en: 'Begin to prepare, or name the meeting it is done at' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: reviewParams,
  body: z.strictObject({ gatheringId: Id.nullable().default(null) }),
  returns: Review,
  fails: ['NOT_FOUND', 'KIND_NOT_APPLICABLE', 'WRONG_STATE'],
})

export const putPreparation = operation({
  id: 'reviews.putPreparation',
  method: 'PUT',
  path: `${reviewPath}/preparation`,
  summary: { zh: '会前准备的一项', en: 'One step of the preparation' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: reviewParams,
  body: z.strictObject({ step: z.enum(preparations), doneOn: Day.nullable(), note: text(500).default('') }),
  returns: Review,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const openRatings = operation({
  id: 'reviews.openRatings',
  method: 'PUT',
  path: `${reviewPath}/ratings/opening`,
  summary: { zh: '开始自评和互评：按当天名册确定参加评议的人', en: 'Open self-assessment and ratings; the roster of the day is fixed' },
  access: { may: 'decide:review', within: 'organisationId', expect: secretaries },
  params: reviewParams,
  body: z.strictObject({ version: Version }),
  returns: Review,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION'],
})

export const putTallies = operation({
  id: 'reviews.putTallies',
  method: 'PUT',
  path: `${reviewPath}/tallies`,
  summary: { zh: '录入纸质互评票和群众测评票的票数', en: 'Enter the tallies of secret paper: peers and masses' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: reviewParams,
  body: z.strictObject({
    massVoters: z.int().min(0).max(9999),
    rows: z
      .array(z.strictObject({ memberId: Id, paper: Tally, masses: Tally }))
      .min(1, '至少一人 / at least one')
      .max(500),
  }),
  returns: Review,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_ON_ROSTER', 'VOTES_DO_NOT_ADD_UP'],
})

export const closeRatings = operation({
  id: 'reviews.closeRatings',
  method: 'PUT',
  path: `${reviewPath}/ratings/closing`,
  summary: { zh: '截止并计票：只留票数，单张票随即销毁', en: 'Close and count: the tallies stay, single ballots are destroyed' },
  access: { may: 'decide:review', within: 'organisationId', expect: secretaries },
  params: reviewParams,
  body: z.strictObject({
    version: Version,
    /** Too few voted on phones: their ballots are destroyed uncounted, and paper decides. */
    withoutPhones: z.boolean().default(false),
  }),
  returns: Review,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION', 'TOO_FEW_BALLOTS', 'VOTES_DO_NOT_ADD_UP'],
})

export const putOpinion = operation({
  id: 'reviews.putOpinion',
  method: 'PUT',
  path: `${reviewPath}/opinions/:memberId`,
  summary: { zh: '评定等次和组织意见', en: "The organisation's grade and opinion of one member" },
  access: { may: 'decide:review', within: 'organisationId', expect: secretaries },
  params: personParams,
  body: z.strictObject({
    grade: Grade.nullable(),
    /** Absent: the sealed text stays as it is. */
    opinion: text(4000).optional(),
    version: Version,
  }),
  returns: Review,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION'],
})

export const closeReview = operation({
  id: 'reviews.closeReview',
  method: 'PUT',
  path: `${reviewPath}/closing`,
  summary: { zh: '结束评议：每人收到反馈意见书', en: 'Close the review: each member gets a letter' },
  access: { may: 'decide:review', within: 'organisationId', expect: secretaries },
  params: reviewParams,
  body: z.strictObject({
    version: Version,
    /** Needed when more are 优秀 than the rule generally allows. */
    overReason: text(500).default(''),
  }),
  returns: Review,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION', 'REVIEW_INCOMPLETE', 'TOO_MANY_EXCELLENT'],
})

export const amendReview = operation({
  id: 'reviews.amendReview',
  method: 'PUT',
  path: `${reviewPath}/amendments/:amendmentId`,
  summary: { zh: '结束后更正（原来的保留，本人看得到）', en: 'Amend after closing; what was said before stays, and the member sees both' },
  access: { may: 'decide:review', within: 'organisationId', expect: secretaries },
  params: z.strictObject({ organisationId: Id, year: Year, amendmentId: Id }),
  body: z.strictObject({ memberId: Id, field: z.enum(amendedFields), new: line(4000), reason: line(200) }),
  returns: Review,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN', 'NOT_ON_ROSTER'],
})

export const openPapers = operation({
  id: 'reviews.openPapers',
  method: 'POST',
  path: `${reviewPath}/people/:memberId/papers`,
  summary: { zh: '打开一个人的自评和组织意见（写明用途，留痕）', en: 'Open the sealed papers about one member, with a purpose, on record' },
  access: { may: 'decide:review', within: 'organisationId', purpose: true, expect: secretaries },
  params: personParams,
  returns: Papers,
  fails: ['NOT_FOUND', 'PURPOSE_NEEDED'],
})

const myYear = z.strictObject({ year: Year })

export const putMyAssessment = operation({
  id: 'reviews.putMyAssessment',
  method: 'PUT',
  path: '/me/reviews/:year/assessment',
  summary: { zh: '写个人自评', en: 'Write my self-assessment' },
  access: { self: true },
  params: myYear,
  body: z.strictObject({ text: text(8000), ownGrade: Grade.nullable().default(null) }),
  returns: Done,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const castMyBallot = operation({
  id: 'reviews.castMyBallot',
  method: 'PUT',
  path: '/me/reviews/:year/ballot',
  summary: {
    zh: '投互评票：投进票箱就取不出来，谁也看不到',
    en: 'Cast my ballot: once in the box it cannot be taken out, and nobody sees it',
  },
  access: { self: true },
  params: myYear,
  body: z.strictObject({ rows: z.array(z.strictObject({ memberId: Id, grade: Grade })).max(500) }),
  returns: z.object({
    /** It was in the box already; the first one counts. */
    repeated: z.boolean(),
  }),
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_ON_ROSTER', 'BALLOT_INVALID'],
})

export const getMyLetter = operation({
  id: 'reviews.getMyLetter',
  method: 'GET',
  path: '/me/reviews/:year/letter',
  summary: { zh: '我的反馈意见书', en: 'My letter' },
  access: { self: true },
  params: myYear,
  returns: Letter,
  fails: ['NOT_FOUND'],
})
