/**
 * Working without a network. An **act** is one thing a person did, written down on the device as a call of an ordinary operation and
 * sent when there is a network; its **receipt** says what became of it. The same act sent again, by whatever way, gives the same
 * receipt and does nothing.
 */
import { z } from 'zod'
import {
  gatheringWriters,
  getGathering,
  type Gathering,
  type GatheringInput,
  putGathering,
  type ResolutionInput,
  Sentence,
} from './meetings.ts'
import { putRecord, type RecordInput } from './record.ts'
import { operation, type Operation } from './operation.ts'
import type { Fields } from './merge.ts'
import { Day, Done, Id, idParams, Moment } from './words.ts'

/** `MERGED`: others changed other parts meanwhile, both hold · `CONFLICT`: a person decides · `REFUSED`: not done, the problem says why. */
export const outcomes = ['DONE', 'MERGED', 'CONFLICT', 'REFUSED'] as const

export const Act = z.strictObject({
  /** Id of an operation that may be done without a network. */
  operation: z.string().max(80),
  params: z.record(z.string().max(40), z.string().max(80)).default({}),
  body: z.unknown().optional(),
  /** What the person saw before changing it. */
  base: z.unknown().optional(),
  /** The post the person acted in; null: none. */
  postId: Id.nullable(),
  /** Order on the device. */
  seq: z.int().min(0),
  /** What the device's clock said; moments named `at` and `deviceAt` in the body too. */
  deviceAt: Moment,
  /** Estimated milliseconds by which the platform's clock is ahead of the device's; null when never estimated. */
  offsetMs: z.int().min(-3_155_760_000_000).max(3_155_760_000_000).nullable(),
})

export const Receipt = z.object({
  actId: Id,
  operation: z.string(),
  outcome: z.enum(outcomes),
  /** By the device's clock, uncorrected. */
  deviceAt: Moment,
  receivedAt: Moment,
  /** What became of it, where that is more than “done”. */
  said: Sentence.nullable(),
  problem: z
    .object({ code: z.string(), status: z.int(), title: Sentence, fields: z.array(z.object({ path: z.string(), message: z.string() })) })
    .nullable(),
})

export const putAct = operation({
  id: 'sync.putAct',
  method: 'PUT',
  path: '/me/acts/:actId',
  summary: { zh: '补送离线时做的一件事', en: 'Deliver something that was done without a network' },
  access: { self: true },
  params: idParams('actId'),
  body: Act,
  /** `answer`: what the operation answered, only the first time; `repeated`: it had arrived before and nothing was done. */
  returns: Receipt.extend({ repeated: z.boolean(), answer: z.unknown() }),
  fails: ['ID_TAKEN'],
})

export const Conflict = z.object({
  id: Id,
  organisationId: Id,
  gatheringId: Id,
  gatheringTitle: z.string(),
  /** The field both sides changed; `attendance` for a word about who was there. */
  field: z.string(),
  fieldName: Sentence,
  /** What came later, without having seen what is on record. */
  mine: z.unknown(),
  /** What is on record. */
  theirs: z.unknown(),
  byName: z.string(),
  deviceAt: Moment,
  receivedAt: Moment,
})

export const listConflicts = operation({
  id: 'sync.listConflicts',
  method: 'GET',
  path: '/organisations/:organisationId/conflicts',
  summary: { zh: '两边都改过、等记录人决定的地方', en: 'What two people changed and the recorder has to decide' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId'),
  returns: z.object({ items: z.array(Conflict) }),
})

export const settleConflict = operation({
  id: 'sync.settleConflict',
  method: 'PUT',
  path: '/organisations/:organisationId/conflicts/:conflictId/settlement',
  summary: { zh: '决定用哪一边的内容', en: 'Decide which of the two holds' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'conflictId'),
  body: z.strictObject({ keep: z.enum(['MINE', 'THEIRS']) }),
  returns: Done,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION'],
})

export const ShelfEntry = z.object({
  operation: z.string(),
  params: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.unknown()),
  answer: z.unknown(),
})

/** What a phone keeps: answers to the very operations its pages ask, so that a page need not know whether there is a network. */
export const getShelf = operation({
  id: 'sync.getShelf',
  method: 'GET',
  path: '/me/shelf',
  summary: { zh: '本机该保存的内容，自上次以来的变化', en: 'What this device should keep, as changed since a cursor' },
  access: { self: true },
  query: z.strictObject({
    /** The cursor of the last page that was kept; without it everything is sent. */
    since: z.string().max(4000).optional(),
  }),
  returns: z.object({
    /** The post it is for; what was kept for posts no longer held is to be removed. */
    postId: Id.nullable(),
    entries: z.array(ShelfEntry),
    /** Short keys of all that may be kept; the rest is to be removed. Null: nothing need be removed. */
    held: z.array(z.string()).nullable(),
    cursor: z.string(),
    /** Ask again at once with the new cursor. */
    more: z.boolean(),
    /** The days between which gatherings are kept. */
    from: Day,
    until: Day,
  }),
})

/** Names one question: the operation and where it is asked, whatever the order of its parts. */
export function keyOf({ operation: id, params = {}, query = {} }: { operation: string; params?: Fields; query?: Fields }): string {
  const said = Object.entries({ ...query, ...params }).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return [id, ...said.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${String(value)}`)].join(' ')
}

/** A short name of a key, 53 bits of it in base 36. */
export function shortKey(key: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (const character of key) {
    const code = character.codePointAt(0) ?? 0
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}

type Whole = z.output<typeof Gathering>

interface Document {
  /** Reads what is on record; takes the same address. */
  read: Operation
  /** What of it the operation writes, as its body without the version. */
  content: (whole: Whole) => Record<string, unknown>
}

/** Each field of a body, so that a field added to it is not forgotten here. */
type Content<Body extends z.ZodType, Not extends PropertyKey> = Record<Exclude<keyof z.output<Body>, Not>, unknown>

type Planned = Content<typeof GatheringInput, 'version'>
type Recorded = Content<typeof RecordInput, 'version' | 'sign'>
type Sent = Content<typeof ResolutionInput, never>

function planned({ title, segments, groupId, mode, place, plannedStart, plannedEnd, hostId, agenda, guests }: Whole): Planned {
  return { title, segments, groupId, mode, place, plannedStart, plannedEnd, hostId, agenda, guests }
}

/** A resolution as it is sent, without what was judged of it. */
function sent({ itemId, title, kind, ballot, agree, against, abstain, writtenOpinions, papers }: Whole['resolutions'][number]): Sent {
  return { itemId, title, kind, ballot, agree, against, abstain, writtenOpinions, papers }
}

function recorded(whole: Whole): Recorded {
  const { actualStart, actualEnd, hostId, agenda, speeches, minutes, lateReason } = whole
  const fileIds = whole.files.map(({ fileId }) => fileId)
  return { actualStart, actualEnd, hostId, agenda, speeches, minutes, resolutions: whole.resolutions.map(sent), fileIds, lateReason }
}

/** Operations that change a document: what two people changed is merged field by field (merge.ts). */
export const documents: Readonly<Record<string, Document>> = {
  [putGathering.id]: { read: getGathering, content: planned },
  [putRecord.id]: { read: getGathering, content: recorded },
}

const names: Readonly<Record<string, z.output<typeof Sentence>>> = {
  title: { zh: '名称', en: 'title' },
  segments: { zh: '活动种类', en: 'kinds' },
  groupId: { zh: '党小组', en: 'group' },
  mode: { zh: '方式', en: 'mode' },
  place: { zh: '地点', en: 'place' },
  plannedStart: { zh: '开始时间', en: 'start' },
  plannedEnd: { zh: '结束时间', en: 'end' },
  actualStart: { zh: '实际开始', en: 'actual start' },
  actualEnd: { zh: '实际结束', en: 'actual end' },
  hostId: { zh: '主持人', en: 'host' },
  agenda: { zh: '议程', en: 'agenda' },
  speeches: { zh: '发言要点', en: 'speeches' },
  minutes: { zh: '会议记录', en: 'minutes' },
  resolutions: { zh: '决议', en: 'resolutions' },
  fileIds: { zh: '附件', en: 'papers' },
  lateReason: { zh: '补录原因', en: 'reason for the late entry' },
  attendance: { zh: '到会情况', en: 'attendance' },
}

/** What people call a field. */
export const nameOfField = (field: string): z.output<typeof Sentence> => names[field] ?? { zh: field, en: field }
