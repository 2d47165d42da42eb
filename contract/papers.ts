/** Papers: what a branch files, prints and carries away — A4 papers, ledgers, the year in one file, calendars (domain.md §2.2, §14). */
import { z } from 'zod'
import { dutyReaders } from './duties.ts'
import { gatheringReaders, gatheringWriters, Sentence } from './meetings.ts'
import { floatingReaders, floatingWriters } from './floating.ts'
import { operation } from './operation.ts'
import { Day, Done, Id, idParams, line, Moment } from './words.ts'

/** 会议通知, 签到表, 会议记录, 决议摘录. */
export const paperKinds = ['NOTICE', 'SIGN_IN_SHEET', 'MINUTES', 'RESOLUTIONS'] as const
export const yearbookForms = ['PDF', 'ZIP'] as const
export const yearbookStates = ['WAITING', 'WORKING', 'READY', 'FAILED'] as const

const Year = z.coerce.number().int().min(1990, '年份应在 1990 到 2199 之间 / between 1990 and 2199').max(2199)

/** Answers with a PDF. Reasons of leave stand in it only for those who keep the record. */
export const getPaper = operation({
  id: 'papers.getPaper',
  method: 'GET',
  path: '/organisations/:organisationId/gatherings/:gatheringId/paper',
  summary: { zh: '会议通知、签到表、会议记录或决议摘录（A4 PDF）', en: 'Notice, sign-in sheet, minutes or resolutions as an A4 PDF' },
  access: { may: 'read:gathering', within: 'organisationId', expect: gatheringReaders },
  params: idParams('organisationId', 'gatheringId'),
  query: z.strictObject({ kind: z.enum(paperKinds).default('MINUTES') }),
  returns: z.unknown(),
  fails: ['NOT_FOUND', 'NOTHING_ON_RECORD', 'BUSY'],
})

/** This year unless told. */
const ofYear = z.strictObject({ year: Year.optional() })

/** Answers with an Excel workbook. */
export const getGatheringLedger = operation({
  id: 'papers.getGatheringLedger',
  method: 'GET',
  path: '/organisations/:organisationId/gathering-ledger',
  summary: { zh: '一年的会议和活动台账（Excel）', en: 'The ledger of gatherings of a year as Excel' },
  access: { may: 'read:gathering', within: 'organisationId', expect: gatheringReaders },
  params: idParams('organisationId'),
  query: ofYear,
  returns: z.unknown(),
  fails: ['TOO_MANY_RECORDS', 'BUSY'],
})

/** Answers with an Excel workbook. */
export const getDutyLedger = operation({
  id: 'papers.getDutyLedger',
  method: 'GET',
  path: '/organisations/:organisationId/duty-ledger',
  summary: { zh: '一年的应办事项台账（Excel）', en: 'The ledger of duties of a year as Excel' },
  access: { may: 'read:duty', within: 'organisationId', expect: dutyReaders },
  params: idParams('organisationId'),
  query: ofYear,
  returns: z.unknown(),
  fails: ['TOO_MANY_RECORDS', 'BUSY'],
})

const registrationPath = '/organisations/:organisationId/floating/:registrationId' as const

/** A signed copy of the pass on A4, for somebody without a phone; the same id again is the same copy. Answers with a PDF. */
export const printPass = operation({
  id: 'papers.printPass',
  method: 'PUT',
  path: `${registrationPath}/paper-copies/:copyId`,
  summary: { zh: '打印纸质活动证（二维码与手机上的一样可核验）', en: 'Print the pass, with a code that verifies as on a phone' },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: idParams('organisationId', 'registrationId', 'copyId'),
  returns: z.unknown(),
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN', 'ISSUER_KEY_NEEDED', 'BUSY'],
})

/** 党员证明信 for a short absence, 组织关系介绍信 for a transfer. Answers with a PDF. */
export const getLetter = operation({
  id: 'papers.getLetter',
  method: 'GET',
  path: `${registrationPath}/letter`,
  summary: { zh: '党员证明信、组织关系介绍信', en: 'Letter of membership, letter of transfer' },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: idParams('organisationId', 'registrationId'),
  query: z.strictObject({ kind: z.enum(['CERTIFICATE', 'TRANSFER']).default('CERTIFICATE') }),
  returns: z.unknown(),
  fails: ['NOT_FOUND', 'BUSY'],
})

/** Answers with an Excel workbook. */
export const getFloatingList = operation({
  id: 'papers.getFloatingList',
  method: 'GET',
  path: '/organisations/:organisationId/floating-list',
  summary: { zh: '流动党员名册（Excel）', en: 'The list of floating members as Excel' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: idParams('organisationId'),
  query: z.strictObject({ side: z.enum(['OUT', 'IN']).default('OUT') }),
  returns: z.unknown(),
  fails: ['TOO_MANY_RECORDS', 'BUSY'],
})

export const Yearbook = z.object({
  id: Id,
  organisationId: Id,
  year: z.int(),
  form: z.enum(yearbookForms),
  state: z.enum(yearbookStates),
  /** Records written into it so far, and in all; 0 of 0 before it has begun. */
  done: z.int(),
  total: z.int(),
  /** Of the finished file. */
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  /** Why it failed. */
  failure: Sentence.nullable(),
  askedAt: Moment,
  finishedAt: Moment.nullable(),
})

const yearbookPath = '/organisations/:organisationId/yearbooks/:yearbookId' as const
const yearbookParams = idParams('organisationId', 'yearbookId')

export const putYearbook = operation({
  id: 'papers.putYearbook',
  method: 'PUT',
  path: yearbookPath,
  summary: { zh: '编制一年的档案（PDF 一册，或 zip 全套）', en: 'Bind the archive of a year: one PDF, or everything in a zip' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: yearbookParams,
  body: z.strictObject({ year: z.int().min(1990).max(2199), form: z.enum(yearbookForms) }),
  returns: Yearbook,
  fails: ['ID_TAKEN'],
})

/** Newest first; all who keep the records of the organisation share them. */
export const listYearbooks = operation({
  id: 'papers.listYearbooks',
  method: 'GET',
  path: '/organisations/:organisationId/yearbooks',
  summary: { zh: '编制过的年度档案', en: 'Year archives that were asked for' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId'),
  returns: z.object({ items: z.array(Yearbook) }),
})

/** Answers with the file, or the part of it that `Range` asks for. */
export const getYearbookFile = operation({
  id: 'papers.getYearbookFile',
  method: 'GET',
  path: `${yearbookPath}/content`,
  summary: { zh: '下载年度档案', en: 'The finished archive of a year' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: yearbookParams,
  returns: z.unknown(),
  fails: ['NOT_FOUND', 'NOT_READY'],
})

/** Stops one that is not finished. */
export const dropYearbook = operation({
  id: 'papers.dropYearbook',
  method: 'DELETE',
  path: yearbookPath,
  summary: { zh: '取消编制，或从列表移除', en: 'Stop binding, or take it off the list' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: yearbookParams,
  returns: Done,
})

export const Feed = z.object({
  id: Id,
  /** Whose calendar: null is one's own, otherwise that of an organisation. */
  organisationId: Id.nullable(),
  organisationName: z.string(),
  label: z.string(),
  createdAt: Moment,
  /** When a calendar program last asked, to the day. */
  readOn: Day.nullable(),
})

/** The secret part of the address; made by the device, so that the platform never has to say it again: it keeps the hash only. */
const Token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '需要 32 个随机字节的 base64url / 32 random bytes as base64url')

export const putFeed = operation({
  id: 'papers.putFeed',
  method: 'PUT',
  path: '/me/feeds/:feedId',
  summary: { zh: '新建日历订阅（私有地址，可停用）', en: 'A calendar feed at a private address that can be revoked' },
  access: { self: true },
  params: idParams('feedId'),
  body: z.strictObject({
    token: Token,
    organisationId: Id.nullable().default(null),
    /** Where it is used, so that it is found again: “我的手机”. */
    label: line(40),
  }),
  /** The whole address. Said once: it cannot be asked for again. */
  returns: Feed.extend({ url: z.string() }),
  fails: ['NOT_FOUND', 'NOT_ALLOWED', 'ID_TAKEN', 'TOO_MANY_FEEDS'],
})

export const listFeeds = operation({
  id: 'papers.listFeeds',
  method: 'GET',
  path: '/me/feeds',
  summary: { zh: '我的日历订阅', en: 'My calendar feeds' },
  access: { self: true },
  returns: z.object({ items: z.array(Feed) }),
})

export const revokeFeed = operation({
  id: 'papers.revokeFeed',
  method: 'DELETE',
  path: '/me/feeds/:feedId',
  summary: { zh: '停用日历订阅', en: 'Revoke a calendar feed' },
  access: { self: true },
  params: idParams('feedId'),
  returns: Done,
  fails: ['NOT_FOUND'],
})

/** Answers with iCalendar (RFC 5545): title, time and place, nothing about persons. Whoever has the address reads it, until it is revoked. */
export const readFeed = operation({
  id: 'papers.readFeed',
  method: 'GET',
  path: '/feeds/:token.ics',
  root: true,
  summary: { zh: '日历订阅（iCalendar）', en: 'A calendar feed (iCalendar)' },
  access: { public: true },
  params: z.strictObject({ token: Token }),
  returns: z.unknown(),
  fails: ['NOT_FOUND', 'BUSY'],
})
