/** The record of a gathering: written, signed, checked, confirmed by a second person, archived; afterwards only amended in sight (domain.md §2). */
import { z } from 'zod'
import {
  AgendaItem,
  Gathering,
  gatheringAttenders,
  gatheringPath,
  gatheringWriters,
  ResolutionInput,
  Sentence,
  Speech,
} from './meetings.ts'
import { operation } from './operation.ts'
import { Id, idParams, line, Moment, text, Version } from './words.ts'

const gatheringParams = idParams('organisationId', 'gatheringId')
const secretaries = { BRANCH_SECRETARY: ['own', 'child'] } as const

export const RecordInput = z.strictObject({
  actualStart: Moment,
  actualEnd: Moment,
  hostId: Id,
  agenda: z.array(AgendaItem).max(50),
  speeches: z.array(Speech).max(500).default([]),
  minutes: text(50000),
  resolutions: z.array(ResolutionInput).max(50).default([]),
  fileIds: z.array(Id).max(20).default([]),
  /** Needed when the record is written later than the rule allows (补录). */
  lateReason: text(200).default(''),
  /** The recorder signs what is sent with it. */
  sign: z.boolean().default(false),
  version: Version,
})

export const putRecord = operation({
  id: 'meetings.putRecord',
  method: 'PUT',
  path: `${gatheringPath}/record`,
  summary: { zh: '会议记录：议程、发言要点、决议', en: 'Minutes: agenda, gists, resolutions' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  body: RecordInput,
  returns: Gathering,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'WRONG_STATE', 'NOT_ON_ROSTER', 'TIMES_IMPOSSIBLE', 'LATE_REASON_NEEDED', 'VOTES_DO_NOT_ADD_UP'],
})

/** The host signs the record as it stands. Written again, it has to be signed again. */
export const signRecord = operation({
  id: 'meetings.signRecord',
  method: 'PUT',
  path: `${gatheringPath}/signature`,
  summary: { zh: '主持人签名确认记录', en: 'The host signs the record' },
  offline: true,
  access: { may: 'attend:gathering', within: 'organisationId', expect: gatheringAttenders },
  params: gatheringParams,
  body: z.strictObject({ version: Version }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'WRONG_STATE', 'NOT_YOURS'],
})

export const Advice = z.object({
  about: z.enum(['TIMES', 'OVERLAP', 'TEXT', 'PHOTO', 'PARTS', 'LINES']),
  sentence: Sentence,
  ruleId: z.string(),
})

/** For the secretary before confirming: what is worth a second look. Advice only; made anew each time, kept nowhere, seen by nobody above. */
export const checkRecord = operation({
  id: 'meetings.checkRecord',
  method: 'GET',
  path: `${gatheringPath}/record-check`,
  summary: { zh: '确认前的记录检查（只给书记看，不留存）', en: 'Record check before confirmation, for the secretary only' },
  access: { may: 'confirm:gathering', within: 'organisationId', expect: secretaries },
  params: gatheringParams,
  returns: z.object({ items: z.array(Advice) }),
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const confirmGathering = operation({
  id: 'meetings.confirmGathering',
  method: 'PUT',
  path: `${gatheringPath}/confirmation`,
  summary: { zh: '确认会议记录（记录人以外的人）', en: 'Confirm the record, by someone other than the recorder' },
  access: { may: 'confirm:gathering', within: 'organisationId', notSameAs: 'recorder', expect: secretaries },
  params: gatheringParams,
  body: z.strictObject({ version: Version }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'WRONG_STATE', 'SAME_PERSON', 'RECORD_INCOMPLETE'],
})

export const archiveGathering = operation({
  id: 'meetings.archiveGathering',
  method: 'PUT',
  path: `${gatheringPath}/archive`,
  summary: { zh: '归档', en: 'Archive' },
  access: { may: 'archive:gathering', within: 'organisationId', expect: secretaries },
  params: gatheringParams,
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const amendGathering = operation({
  id: 'meetings.amendGathering',
  method: 'PUT',
  path: `${gatheringPath}/amendments/:amendmentId`,
  summary: { zh: '确认后更正（原文保留可见）', en: 'Amend after confirmation; the old text stays visible' },
  access: { may: 'confirm:gathering', within: 'organisationId', expect: secretaries },
  params: idParams('organisationId', 'gatheringId', 'amendmentId'),
  body: z.strictObject({ field: z.enum(['title', 'place', 'minutes']), new: text(50000), reason: line(200) }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN'],
})
