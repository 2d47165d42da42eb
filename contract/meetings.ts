/** Gatherings: 三会一课, 主题党日, 组织生活会 — planned, notified, held, recorded, confirmed by a second person, archived (domain.md §2). */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, Moment, Month, page, PageQuery, text, Version } from './words.ts'

export const segmentKinds = [
  'GENERAL_MEETING',
  'COMMITTEE_MEETING',
  'GROUP_MEETING',
  'PARTY_LECTURE',
  'THEME_DAY',
  'ORG_LIFE_MEETING',
  'DEMOCRATIC_REVIEW',
] as const
export const gatheringStates = [
  'PLANNED',
  'NOTIFIED',
  'IN_PROGRESS',
  'DRAFT_MINUTES',
  'CONFIRMED',
  'ARCHIVED',
  'CANCELLED',
  'POSTPONED',
] as const
export const gatheringModes = ['ONSITE', 'HYBRID', 'ONLINE'] as const
export const attendanceStates = ['EXPECTED', 'PRESENT_ONSITE', 'PRESENT_ONLINE', 'LEAVE', 'ABSENT', 'EXCUSED_LONG_TERM'] as const
export const leaveReasons = ['ILLNESS', 'WORK_DUTY', 'TRAVEL', 'FAMILY', 'AGE_OR_DISABILITY', 'BORDER_PATROL', 'FLOATING', 'OTHER'] as const
export const capacities = ['MEMBER', 'PROBATIONARY', 'FLOW_IN', 'OBSERVER', 'LEADER'] as const
export const ballots = ['VOICE', 'HANDS', 'SECRET_PAPER'] as const
export const resolutionKinds = ['ORDINARY', 'ADMISSION', 'ELECTION'] as const

/** A sentence with its arithmetic and article, in both languages. */
export const Sentence = z.object({ zh: z.string(), en: z.string() })

export const AttendanceRow = z.object({
  memberId: Id,
  name: z.string(),
  capacity: z.enum(capacities),
  /** Counts in the denominator of a vote at this meeting. */
  hasVote: z.boolean(),
  /** 应到. */
  expected: z.boolean(),
  state: z.enum(attendanceStates),
  leaveReason: z.enum(leaveReasons).nullable(),
  /** Said before the gathering that they will come. Whether somebody has seen the notice is never known. */
  coming: z.boolean(),
  confirmedBy: z.enum(['RECORDER', 'SELF', 'HOST_ORG']).nullable(),
  /** When the device says it happened. */
  deviceAt: Moment.nullable(),
  /** When the platform received it. */
  confirmedAt: Moment.nullable(),
})

export const AgendaItem = z.strictObject({ id: Id, title: line(120), note: text(4000).default('') })
export const Speech = z.strictObject({
  memberId: Id,
  gist: text(2000),
  /** The item of the agenda it belongs to. */
  itemId: Id.nullable().default(null),
  /** Something to be decided, not only said. */
  proposal: z.boolean().default(false),
})
/** The papers of a secret ballot: given out, come back, of which void. */
export const BallotPapers = z.strictObject({
  given: z.int().min(0).max(100000),
  returned: z.int().min(0).max(100000),
  invalid: z.int().min(0).max(100000),
})
export const ResolutionInput = z.strictObject({
  itemId: Id,
  title: line(200),
  kind: z.enum(resolutionKinds).default('ORDINARY'),
  ballot: z.enum(ballots),
  agree: z.int().min(0).max(100000),
  against: z.int().min(0).max(100000),
  abstain: z.int().min(0).max(100000),
  /** Written opinions of absent full members, counted for admissions only (domain.md §14 trap 2). */
  writtenOpinions: z.int().min(0).max(100000).default(0),
  papers: BallotPapers.nullable().default(null),
})
export const Resolution = ResolutionInput.extend({
  eligible: z.int(),
  present: z.int(),
  passed: z.boolean(),
  sentence: Sentence,
  ruleId: z.string(),
  ruleVersion: z.string(),
})

export const Segment = z.strictObject({ id: Id, kind: z.enum(segmentKinds) })
/** Whether the segment is valid, in words: 应到 / 实到 / by how many short / article. */
export const SegmentVerdict = z.object({
  segmentId: Id,
  kind: z.enum(segmentKinds),
  valid: z.boolean(),
  eligible: z.int(),
  present: z.int(),
  need: z.int(),
  sentence: Sentence,
  ruleId: z.string().nullable(),
})

export const Amendment = z.object({
  id: Id,
  at: Moment,
  byName: z.string(),
  field: z.string(),
  old: z.string(),
  new: z.string(),
  reason: z.string(),
})

/** 列席 and 双重组织生活: somebody invited who does not belong to the branch, or not to its members. */
export const Guest = z.strictObject({
  /** Made for this invitation; stands for the person on the roster when there is no record of a member. */
  id: Id,
  memberId: Id.nullable().default(null),
  name: line(60),
  capacity: z.enum(['OBSERVER', 'LEADER']),
})

/** A person's own act, with its time: no picture, nothing drawn. */
export const Signature = z.object({ as: z.enum(['HOST', 'RECORDER']), name: z.string(), at: Moment })

/** What a member on the way said to the gathering: spoken or written, stored with it. */
export const Contribution = z.object({
  id: Id,
  memberId: Id,
  name: z.string(),
  text: z.string(),
  file: z.object({ fileId: Id, name: z.string(), mediaType: z.string() }).nullable(),
  /** When the device says it was made, and when the platform received it. */
  deviceAt: Moment,
  receivedAt: Moment,
  /** Does it count as present online? The recorder decides; null until then. */
  counts: z.boolean().nullable(),
  decidedByName: z.string(),
})

export const GatheringRow = z.object({
  id: Id,
  county: z.string(),
  organisationId: Id,
  organisationName: z.string(),
  title: z.string(),
  state: z.enum(gatheringStates),
  mode: z.enum(gatheringModes),
  plannedStart: Moment,
  heldOn: Day.nullable(),
  place: z.string(),
  segments: z.array(Segment),
  expected: z.int(),
  present: z.int(),
  lateEntry: z.boolean(),
})

export const Gathering = GatheringRow.extend({
  groupId: Id.nullable(),
  plannedEnd: Moment.nullable(),
  actualStart: Moment.nullable(),
  actualEnd: Moment.nullable(),
  hostId: Id.nullable(),
  hostName: z.string(),
  recorderName: z.string(),
  confirmedByName: z.string(),
  guests: z.array(Guest),
  roster: z.array(AttendanceRow),
  contributions: z.array(Contribution),
  agenda: z.array(AgendaItem),
  speeches: z.array(Speech),
  minutes: z.string(),
  resolutions: z.array(Resolution),
  verdicts: z.array(SegmentVerdict),
  amendments: z.array(Amendment),
  signatures: z.array(Signature),
  lateReason: z.string(),
  cancelReason: z.string(),
  /** SHA-256 of the confirmed record, hex. */
  digest: z.string().nullable(),
  files: z.array(z.object({ fileId: Id, name: z.string(), mediaType: z.string() })),
  version: Version,
  /** The caller may confirm it now: a secretary, and not the person who recorded it. */
  mayConfirm: z.boolean(),
  /** The caller hosted it and has not signed the record yet. */
  maySign: z.boolean(),
})

export const GatheringInput = z.strictObject({
  title: line(120),
  segments: z.array(Segment).min(1, '至少选一种活动 / at least one kind').max(7),
  groupId: Id.nullable().default(null),
  mode: z.enum(gatheringModes),
  place: text(120).default(''),
  plannedStart: Moment,
  plannedEnd: Moment.nullable().default(null),
  hostId: Id.nullable().default(null),
  agenda: z.array(AgendaItem).max(50).default([]),
  guests: z.array(Guest).max(30).default([]),
  version: Version.optional(),
})

/** Whom the contract lets read, write and attend gatherings; for whatever else these permissions open. */
export const gatheringReaders = {
  ORG_DEPARTMENT: ['own', 'child'],
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
  RECORDER: ['own', 'child'],
  GROUP_LEADER: ['own', 'child'],
  MEMBER: ['own', 'child'],
  GUEST: ['own', 'child'],
} as const
/** A group's leader stands at the group, and does there what concerns that group's meetings. */
export const gatheringWriters = { BRANCH_SECRETARY: ['own', 'child'], RECORDER: ['own', 'child'], GROUP_LEADER: ['own', 'child'] } as const
export const gatheringAttenders = { MEMBER: ['own', 'child'], GUEST: ['own', 'child'] } as const
export const gatheringPath = '/organisations/:organisationId/gatherings/:gatheringId' as const
const gatheringParams = idParams('organisationId', 'gatheringId')

export const listGatherings = operation({
  id: 'meetings.listGatherings',
  method: 'GET',
  path: '/organisations/:organisationId/gatherings',
  summary: { zh: '党组织及其下级的会议和活动', en: 'Gatherings of an organisation and those below it' },
  access: { may: 'read:gathering', within: 'organisationId', expect: gatheringReaders },
  params: idParams('organisationId'),
  query: PageQuery.extend({
    from: Day.optional(),
    until: Day.optional(),
    kind: z.enum(segmentKinds).optional(),
    state: z.enum(gatheringStates).optional(),
    q: text(40).default(''),
  }),
  returns: page(GatheringRow),
})

export const getGathering = operation({
  id: 'meetings.getGathering',
  method: 'GET',
  path: gatheringPath,
  summary: { zh: '一次会议或活动', en: 'One gathering' },
  access: { may: 'read:gathering', within: 'organisationId', expect: gatheringReaders },
  params: gatheringParams,
  returns: Gathering,
  fails: ['NOT_FOUND'],
})

/** Access follows the record that holds the file. Answers with the bytes of the file. */
export const getGatheringFile = operation({
  id: 'meetings.getGatheringFile',
  method: 'GET',
  path: `${gatheringPath}/files/:fileId`,
  summary: { zh: '会议记录的附件', en: 'A paper that belongs to the record' },
  access: { may: 'read:gathering', within: 'organisationId', expect: gatheringReaders },
  params: idParams('organisationId', 'gatheringId', 'fileId'),
  returns: z.unknown(),
  fails: ['NOT_FOUND'],
})

export const putGathering = operation({
  id: 'meetings.putGathering',
  method: 'PUT',
  path: gatheringPath,
  summary: { zh: '安排会议或活动', en: 'Plan a gathering' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  body: GatheringInput,
  returns: Gathering,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'WRONG_STATE', 'KIND_NOT_APPLICABLE', 'ID_TAKEN'],
})

/** Leading cadres of the organisations above, to be invited to take part (双重组织生活). */
export const listLeaders = operation({
  id: 'meetings.listLeaders',
  method: 'GET',
  path: '/organisations/:organisationId/leaders',
  summary: { zh: '可以邀请参加的上级领导', en: 'Leaders of the superiors who may be invited' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId'),
  returns: z.object({ items: z.array(z.object({ memberId: Id, name: z.string(), organisationName: z.string(), role: z.string() })) }),
})

export const notifyGathering = operation({
  id: 'meetings.notifyGathering',
  method: 'PUT',
  path: `${gatheringPath}/notice`,
  summary: { zh: '发出会议通知', en: 'Notify the members' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const startGathering = operation({
  id: 'meetings.startGathering',
  method: 'PUT',
  path: `${gatheringPath}/start`,
  summary: { zh: '开始：按当天名册生成应到名单', en: 'Start: snapshot the roster of the day' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  body: z.strictObject({ at: Moment }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const cancelGathering = operation({
  id: 'meetings.cancelGathering',
  method: 'PUT',
  path: `${gatheringPath}/cancellation`,
  summary: { zh: '取消', en: 'Cancel' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  body: z.strictObject({ reason: line(200) }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const postponeGathering = operation({
  id: 'meetings.postponeGathering',
  method: 'PUT',
  path: `${gatheringPath}/postponement`,
  summary: { zh: '延期', en: 'Postpone' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  body: z.strictObject({ reason: line(200), plannedStart: Moment, plannedEnd: Moment.nullable().default(null) }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const MyGathering = GatheringRow.extend({ my: AttendanceRow.nullable() })

export const listMyGatherings = operation({
  id: 'meetings.listMyGatherings',
  method: 'GET',
  path: '/me/gatherings',
  summary: { zh: '我的会议和活动', en: 'My gatherings and my attendance' },
  access: { self: true },
  query: z.strictObject({ month: Month.optional(), limit: z.coerce.number().int().min(1).max(200).default(60) }),
  returns: z.object({ items: z.array(MyGathering), present: z.int(), expected: z.int() }),
})
