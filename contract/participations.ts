/** 参加记录: taking part at the host, one row that member, home and host see alike; disputed and answered in sight of all three. */
import { z } from 'zod'
import { Destination, floatingReaders, floatingWriters } from './floating.ts'
import { segmentKinds, Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, Moment, Month } from './words.ts'

export const participationStates = ['PRESENT', 'LEAVE', 'ABSENT'] as const

export const Participation = z.object({
  id: Id,
  memberId: Id,
  name: z.string(),
  homeId: Id,
  homeName: z.string(),
  /** Null for a host outside the province. */
  hostId: Id.nullable(),
  hostName: z.string(),
  gatheringId: Id.nullable(),
  title: z.string(),
  kinds: z.array(z.enum(segmentKinds)),
  on: Day,
  attendance: z.enum(participationStates),
  recordedByName: z.string(),
  dispute: z
    .object({
      text: z.string(),
      at: Moment,
      answer: z.object({ outcome: z.enum(['STANDS', 'CORRECTED']), text: z.string(), byName: z.string(), at: Moment }).nullable(),
    })
    .nullable(),
})

const Year = z.coerce.number().int().min(1990).max(2199)

export const listParticipations = operation({
  id: 'floating.listParticipations',
  method: 'GET',
  path: '/organisations/:organisationId/participations',
  summary: { zh: '流动党员参加活动的记录（流出地、流入地看到的是同一条）', en: 'Participations, the same rows for home and host' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: idParams('organisationId'),
  query: z.strictObject({ memberId: Id.optional(), year: Year.optional(), disputed: z.enum(['true', 'false']).default('false') }),
  returns: z.object({ items: z.array(Participation) }),
})

export const answerDispute = operation({
  id: 'floating.answerDispute',
  method: 'PUT',
  path: '/organisations/:organisationId/participations/:participationId/answer',
  summary: { zh: '答复党员对参加记录的异议（流入地）', en: 'Answer a dispute, by the host' },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: idParams('organisationId', 'participationId'),
  body: z.strictObject({
    outcome: z.enum(['STANDS', 'CORRECTED']),
    attendance: z.enum(participationStates).nullable().default(null),
    text: line(400),
  }),
  returns: Participation,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_YOURS'],
})

/** A duty of the home branch, as this member stands to it. */
export const Credit = z.object({
  ruleId: z.string(),
  ruleName: z.string(),
  kind: z.enum(segmentKinds),
  period: z.string(),
  periodStart: Day,
  periodEnd: Day,
  credit: z.enum(['MET_AT_HOME', 'MET_AT_HOST', 'EXCUSED', 'OPEN', 'NOT_YET']),
  sentence: Sentence,
})

export const Opinion = z.object({ year: z.int(), text: z.string(), hostName: z.string(), byName: z.string(), at: Moment })

/** 流动党员年度台账: where they took part, how each duty stands, what was reported; the same for member, home and host. */
export const YearLedger = z.object({
  year: z.int(),
  memberId: Id,
  name: z.string(),
  homeName: z.string(),
  hostName: z.string(),
  participations: z.array(Participation),
  credits: z.array(Credit),
  /** 民主评议 opinion of the host, once a year. */
  opinion: Opinion.nullable(),
  /** Reports back to the home branch in that year. */
  reports: z.array(z.object({ on: Day, text: z.string() })),
  /** The yearly report with what is on record filled in, to go on writing from. */
  draft: z.string(),
  /** Where dues are paid: at home. */
  dues: Sentence,
})

export const getMyLedger = operation({
  id: 'floating.getMyLedger',
  method: 'GET',
  path: '/me/floating-years/:year',
  summary: { zh: '我的流动党员年度台账', en: 'My year as a floating member' },
  access: { self: true },
  params: z.strictObject({ year: Year }),
  returns: YearLedger,
  fails: ['NOT_FOUND'],
})

export const getLedger = operation({
  id: 'floating.getLedger',
  method: 'GET',
  path: '/organisations/:organisationId/floating/:registrationId/years/:year',
  summary: { zh: '一名流动党员的年度台账', en: "A floating member's year" },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: z.strictObject({ organisationId: Id, registrationId: Id, year: Year }),
  returns: YearLedger,
  fails: ['NOT_FOUND'],
})

export const putOpinion = operation({
  id: 'floating.putOpinion',
  method: 'PUT',
  path: '/organisations/:organisationId/floating/:registrationId/years/:year/opinion',
  summary: { zh: '流入地向流出地通报民主评议意见（每年一次）', en: "The host's opinion for the yearly review at home" },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: z.strictObject({ organisationId: Id, registrationId: Id, year: Year }),
  body: z.strictObject({ text: line(1000) }),
  returns: YearLedger,
  fails: ['NOT_FOUND', 'NOT_YOURS'],
})

export const disputeParticipation = operation({
  id: 'floating.disputeParticipation',
  method: 'PUT',
  path: '/me/participations/:participationId/dispute',
  summary: { zh: '对一条参加记录提出异议', en: 'Dispute a participation' },
  offline: true,
  access: { self: true },
  params: idParams('participationId'),
  body: z.strictObject({ text: line(400) }),
  returns: Participation,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

/** Home and host together, one month of a floating member. */
export const MonthItem = z.object({
  side: z.enum(['HOME', 'HOST', 'OPEN']),
  organisationId: Id,
  organisationName: z.string(),
  gatheringId: Id,
  title: z.string(),
  kinds: z.array(z.enum(segmentKinds)),
  plannedStart: Moment,
  plannedEnd: Moment.nullable(),
  place: z.string(),
  mode: z.enum(['ONSITE', 'HYBRID', 'ONLINE']),
  state: z.string(),
  /** The caller's own line on its roster; null where they are not on it. */
  my: z.string().nullable(),
  /** Two at the same time: which of them, and why. */
  overlap: z.object({ gatheringId: Id, rather: z.enum(['HOME', 'HOST']), ruleId: z.string(), sentence: Sentence }).nullable(),
})

export const getMyMonth = operation({
  id: 'floating.getMyMonth',
  method: 'GET',
  path: '/me/floating-months/:month',
  summary: { zh: '我的一个月：家乡和流入地的活动合在一起', en: 'My month, home and host together' },
  access: { self: true },
  params: z.strictObject({ month: Month }),
  returns: z.object({ items: z.array(MonthItem), credits: z.array(Credit) }),
})

/** For the weeks in which members come home: who, and what could be done then. */
export const getHomecoming = operation({
  id: 'floating.getHomecoming',
  method: 'GET',
  path: '/organisations/:organisationId/homecoming',
  summary: { zh: '集中返乡：哪些人、可以安排什么', en: 'The homecoming season: who, and what to plan' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: idParams('organisationId'),
  returns: z.object({
    from: Day,
    until: Day,
    sentence: Sentence,
    people: z.array(
      z.object({ registrationId: Id, name: z.string(), destination: Destination, expectedBackOn: Day.nullable(), open: z.int() }),
    ),
    proposals: z.array(z.object({ kind: z.enum(segmentKinds), title: Sentence, day: Day })),
  }),
})
