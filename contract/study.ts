/**
 * Study 学习: packs a committee publishes, collective study inside gatherings, what each member has learned together with others, and
 * questions to the branch (domain.md §1.7). Who opened what, and for how long, is neither asked nor kept anywhere.
 */
import { z } from 'zod'
import { gatheringAttenders, gatheringReaders, gatheringWriters, segmentKinds, Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, Moment, page, PageQuery, text, Version } from './words.ts'

export const partKinds = ['ARTICLE', 'AUDIO', 'VIDEO', 'BOOKLET'] as const
export const studyForms = ['COLLECTIVE', 'TRAINING'] as const

/** A calendar year. */
const Year = z.string().regex(/^(19|20|21)\d\d$/, '需要形如 2026 的年份 / must be a year like 2026')

/** One thing to read, hear or see. An article carries its text, everything else a file. */
export const PartInput = z.strictObject({
  id: Id,
  kind: z.enum(partKinds),
  title: line(80),
  /** Paragraphs, divided by line breaks; `## ` begins a heading. */
  text: text(20000).default(''),
  fileId: Id.nullable().default(null),
})

export const Part = z.object({
  id: Id,
  kind: z.enum(partKinds),
  title: z.string(),
  text: z.string(),
  fileId: Id.nullable(),
  mediaType: z.string(),
  /** Of the file, or of the text in UTF-8. */
  bytes: z.int(),
  /** Of the file, hex; empty for an article. */
  sha256: z.string(),
})

export const PackRow = z.object({
  id: Id,
  organisationId: Id,
  organisationName: z.string(),
  title: z.string(),
  summary: z.string(),
  kinds: z.array(z.enum(partKinds)),
  /** Of all parts. */
  bytes: z.int(),
  /** How long it takes together, as the publisher thinks. */
  minutes: z.int(),
  /** Last day on which it is offered; null: until it is withdrawn. */
  expiresOn: Day.nullable(),
  publishedAt: Moment,
  withdrawnAt: Moment.nullable(),
  withdrawReason: z.string(),
  version: Version,
})

export const Pack = PackRow.extend({ parts: z.array(Part) })

export const PackInput = z.strictObject({
  title: line(80),
  summary: text(300).default(''),
  minutes: z.int().min(1, '至少 1 分钟 / at least one minute').max(480, '最多 480 分钟 / at most 480 minutes'),
  expiresOn: Day.nullable().default(null),
  parts: z.array(PartInput).min(1, '至少要有一篇文章或一个文件 / at least one article or file').max(20),
  version: Version.optional(),
})

const publishers = { ORG_DEPARTMENT: ['own', 'child'], COMMITTEE_ADMIN: ['own', 'child'] } as const
const officers = { BRANCH_SECRETARY: ['own', 'child'], RECORDER: ['own', 'child'] } as const

export const listPacks = operation({
  id: 'study.listPacks',
  method: 'GET',
  path: '/study/packs',
  summary: { zh: '发给我所在党组织的学习包', en: 'Study packs offered to where I am' },
  access: { self: true },
  query: PageQuery,
  returns: page(PackRow),
})

export const getPack = operation({
  id: 'study.getPack',
  method: 'GET',
  path: '/study/packs/:packId',
  summary: { zh: '一个学习包', en: 'One study pack' },
  access: { self: true },
  params: idParams('packId'),
  returns: Pack,
  fails: ['NOT_FOUND'],
})

/** Answers with the bytes of the file, or with those that `Range` asks for, so that a download goes on where it was cut. */
export const getPartFile = operation({
  id: 'study.getPartFile',
  method: 'GET',
  path: '/study/packs/:packId/parts/:partId/content',
  summary: { zh: '学习包里的文件（支持断点续传）', en: 'A file of a study pack; can be fetched in parts' },
  access: { self: true },
  params: idParams('packId', 'partId'),
  returns: z.unknown(),
  fails: ['NOT_FOUND'],
})

/** Whom a pack is offered to: counts of the subtree, never who opened it. */
export const Reach = z.object({ branches: z.int(), members: z.int() })

export const listPublished = operation({
  id: 'study.listPublished',
  method: 'GET',
  path: '/organisations/:organisationId/study-packs',
  summary: { zh: '本组织发布的学习包（含已撤回）', en: 'Packs published by this organisation, withdrawn ones too' },
  access: { may: 'publish:study', within: 'organisationId', expect: publishers },
  params: idParams('organisationId'),
  query: PageQuery,
  returns: page(PackRow).extend({ reach: Reach }),
})

export const putPack = operation({
  id: 'study.putPack',
  method: 'PUT',
  path: '/organisations/:organisationId/study-packs/:packId',
  summary: { zh: '发布或修改学习包', en: 'Publish or change a pack' },
  access: { may: 'publish:study', within: 'organisationId', expect: publishers },
  params: idParams('organisationId', 'packId'),
  body: PackInput,
  returns: Pack,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'ID_TAKEN', 'WRONG_STATE'],
})

export const withdrawPack = operation({
  id: 'study.withdrawPack',
  method: 'PUT',
  path: '/organisations/:organisationId/study-packs/:packId/withdrawal',
  summary: { zh: '撤回学习包', en: 'Withdraw a pack' },
  access: { may: 'publish:study', within: 'organisationId', expect: publishers },
  params: idParams('organisationId', 'packId'),
  body: z.strictObject({ reason: line(200) }),
  returns: Pack,
  fails: ['NOT_FOUND'],
})

/** What is studied at a gathering, and how long. */
export const StudyItem = z.strictObject({
  id: Id,
  /** Null when it is no pack: a document read aloud, a talk. */
  packId: Id.nullable(),
  title: line(120),
  minutes: z.int().min(1, '至少 1 分钟 / at least one minute').max(480, '最多 480 分钟 / at most 480 minutes'),
  form: z.enum(studyForms).default('COLLECTIVE'),
})

export const StudyPlan = z.object({
  gatheringId: Id,
  items: z.array(StudyItem),
  minutes: z.int(),
  /** Minutes on record for each person present; null until the gathering is confirmed. */
  counted: z.int().nullable(),
  /** Changed after the gathering was confirmed. */
  addedLater: z.boolean(),
  /** The caller may change it now: secretary and recorder until it is confirmed, then the secretary. */
  mayChange: z.boolean(),
  version: Version,
})

const gatheringPath = '/organisations/:organisationId/gatherings/:gatheringId/study' as const

export const getStudyPlan = operation({
  id: 'study.getStudyPlan',
  method: 'GET',
  path: gatheringPath,
  summary: { zh: '这次活动学什么、学多久', en: 'What is studied at a gathering, and how long' },
  access: { may: 'read:gathering', within: 'organisationId', expect: gatheringReaders },
  params: idParams('organisationId', 'gatheringId'),
  returns: StudyPlan,
  fails: ['NOT_FOUND'],
})

export const putStudyPlan = operation({
  id: 'study.putStudyPlan',
  method: 'PUT',
  path: gatheringPath,
  summary: { zh: '安排集体学习内容', en: 'Arrange what is studied together' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'gatheringId'),
  body: z.strictObject({ items: z.array(StudyItem).max(20), version: Version }),
  returns: StudyPlan,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'WRONG_STATE', 'TIMES_IMPOSSIBLE'],
})

/** One gathering in a ledger. */
export const LearnedRow = z.object({
  gatheringId: Id,
  organisationId: Id,
  title: z.string(),
  heldOn: Day,
  kinds: z.array(z.enum(segmentKinds)),
  studied: z.array(z.string()),
  minutes: z.int(),
  training: z.boolean(),
})

/** 学时 of a year with what is still missing, in words. Tenths of an hour, rounded down. */
export const Learning = z.object({
  tenths: z.int(),
  requiredTenths: z.int(),
  missingTenths: z.int(),
  trainingsMissing: z.int(),
  sentence: Sentence,
  ruleId: z.string(),
  ruleVersion: z.string(),
})

export const Ledger = z.object({ year: Year, learning: Learning, items: z.array(LearnedRow) })

export const getMyLedger = operation({
  id: 'study.getMyLedger',
  method: 'GET',
  path: '/me/study-ledger',
  summary: { zh: '我的学习台账（自动生成）', en: 'My learning ledger, computed' },
  access: { self: true },
  query: z.strictObject({ year: Year.optional() }),
  returns: Ledger,
})

/** Answers with a PDF on A4. */
export const getMyLedgerPaper = operation({
  id: 'study.getMyLedgerPaper',
  method: 'GET',
  path: '/me/study-ledger/paper',
  summary: { zh: '我的学习台账（A4，可打印）', en: 'My learning ledger on A4' },
  access: { self: true },
  query: z.strictObject({ year: Year.optional() }),
  returns: z.unknown(),
})

export const listLedgers = operation({
  id: 'study.listLedgers',
  method: 'GET',
  path: '/organisations/:organisationId/study-ledger',
  summary: { zh: '本支部的集体学习台账（按名册顺序）', en: 'Collective study of the branch, in the order of the roster' },
  access: { may: 'read:ledger', within: 'organisationId', expect: { BRANCH_SECRETARY: ['own', 'child'] } },
  params: idParams('organisationId'),
  query: z.strictObject({ year: Year.optional() }),
  returns: z.object({
    year: Year,
    items: z.array(z.object({ memberId: Id, name: z.string(), gatherings: z.int(), learning: Learning })),
  }),
})

export const Question = z.object({
  id: Id,
  packId: Id.nullable(),
  about: z.string(),
  text: z.string(),
  byName: z.string(),
  askedAt: Moment,
  answer: z.string(),
  answeredBy: z.string(),
  answeredAt: Moment.nullable(),
})

export const askQuestion = operation({
  id: 'study.askQuestion',
  method: 'PUT',
  path: '/organisations/:organisationId/study-questions/:questionId',
  summary: { zh: '向支部提问', en: 'Ask the branch' },
  access: { may: 'attend:gathering', within: 'organisationId', expect: gatheringAttenders },
  params: idParams('organisationId', 'questionId'),
  body: z.strictObject({ packId: Id.nullable().default(null), text: line(500) }),
  returns: Question,
  fails: ['NOT_FOUND', 'ID_TAKEN'],
})

export const listQuestions = operation({
  id: 'study.listQuestions',
  method: 'GET',
  path: '/organisations/:organisationId/study-questions',
  summary: { zh: '党员提给支部的问题', en: 'Questions to the branch' },
  access: { may: 'answer:study', within: 'organisationId', expect: officers },
  params: idParams('organisationId'),
  query: PageQuery,
  returns: page(Question),
})

export const answerQuestion = operation({
  id: 'study.answerQuestion',
  method: 'PUT',
  path: '/organisations/:organisationId/study-questions/:questionId/answer',
  summary: { zh: '回答问题', en: 'Answer a question' },
  access: { may: 'answer:study', within: 'organisationId', expect: officers },
  params: idParams('organisationId', 'questionId'),
  body: z.strictObject({ text: line(2000) }),
  returns: Question,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const listMyQuestions = operation({
  id: 'study.listMyQuestions',
  method: 'GET',
  path: '/me/study-questions',
  summary: { zh: '我提的问题和答复', en: 'My questions and their answers' },
  access: { self: true },
  returns: z.object({ items: z.array(Question) }),
})
