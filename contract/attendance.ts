/** Who is there: the roll, signing in, leave, answers to the notice, and what members on the way say (domain.md §2.2). */
import { z } from 'zod'
import { attendanceStates, Contribution, Gathering, gatheringAttenders, gatheringPath, gatheringWriters, leaveReasons } from './meetings.ts'
import { operation } from './operation.ts'
import { Done, Id, idParams, Moment, text } from './words.ts'

const gatheringParams = idParams('organisationId', 'gatheringId')

export const AttendanceInput = z.strictObject({
  memberId: Id,
  state: z.enum(attendanceStates),
  leaveReason: z.enum(leaveReasons).nullable().default(null),
  deviceAt: Moment,
})

export const putAttendance = operation({
  id: 'meetings.putAttendance',
  method: 'PUT',
  path: `${gatheringPath}/attendance`,
  summary: { zh: '点名', en: 'Roll-call by the recorder' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  body: z.strictObject({ rows: z.array(AttendanceInput).min(1).max(500) }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_ON_ROSTER', 'VOTES_DO_NOT_ADD_UP'],
})

/** The hot path: a member's own sign-in, by the rotating code on the wall or by one tap in the meeting window. Committed in groups. */
export const signInToGathering = operation({
  id: 'meetings.signInToGathering',
  method: 'PUT',
  path: `${gatheringPath}/sign-ins/:memberId`,
  summary: { zh: '签到（扫动态码，或线上参会自行确认）', en: 'Sign in: rotating code, or self-confirmation online' },
  offline: true,
  access: { may: 'attend:gathering', within: 'organisationId', expect: gatheringAttenders },
  params: idParams('organisationId', 'gatheringId', 'memberId'),
  body: z.strictObject({
    how: z.enum(['CODE', 'ONLINE']),
    /** The token of the rotating code; needed when `how` is CODE. */
    token: z.string().max(80).optional(),
    deviceAt: Moment,
  }),
  returns: z.object({ memberId: Id, state: z.enum(attendanceStates), confirmedAt: Moment, repeated: z.boolean() }),
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_ON_ROSTER', 'CODE_EXPIRED', 'NOT_YOURS', 'OUTSIDE_WINDOW', 'BUSY'],
})

export const getSignInCode = operation({
  id: 'meetings.getSignInCode',
  method: 'GET',
  path: `${gatheringPath}/sign-in-code`,
  summary: { zh: '现场动态签到码（≤60 秒有效）', en: 'Rotating sign-in code, valid at most 60 s' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: gatheringParams,
  returns: z.object({ token: z.string(), validUntil: Moment, url: z.string() }),
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const askLeave = operation({
  id: 'meetings.askLeave',
  method: 'PUT',
  path: `${gatheringPath}/leave/:memberId`,
  summary: { zh: '请假', en: 'Ask for leave' },
  offline: true,
  access: { may: 'attend:gathering', within: 'organisationId', expect: gatheringAttenders },
  params: idParams('organisationId', 'gatheringId', 'memberId'),
  body: z.strictObject({ reason: z.enum(leaveReasons), note: text(200).default('') }),
  returns: Done,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_YOURS'],
})

/** Before the gathering: I shall come. Takes back a leave asked for. */
export const answerNotice = operation({
  id: 'meetings.answerNotice',
  method: 'PUT',
  path: `${gatheringPath}/answers/:memberId`,
  summary: { zh: '回复通知：会到', en: 'Answer the notice: I shall come' },
  offline: true,
  access: { may: 'attend:gathering', within: 'organisationId', expect: gatheringAttenders },
  params: idParams('organisationId', 'gatheringId', 'memberId'),
  body: z.strictObject({ coming: z.literal(true) }),
  returns: Done,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_YOURS', 'NOT_ON_ROSTER'],
})

/** Patrol mode: what a member on the way has to say, in words or as a voice note sent before as a file. */
export const putContribution = operation({
  id: 'meetings.putContribution',
  method: 'PUT',
  path: `${gatheringPath}/contributions/:contributionId`,
  summary: { zh: '路上发言：文字或语音', en: 'Contribute from the way: text or voice' },
  offline: true,
  access: { may: 'attend:gathering', within: 'organisationId', expect: gatheringAttenders },
  params: idParams('organisationId', 'gatheringId', 'contributionId'),
  body: z.strictObject({ text: text(2000).default(''), fileId: Id.nullable().default(null), deviceAt: Moment }),
  returns: Contribution,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_ON_ROSTER', 'ID_TAKEN'],
})

export const decideContribution = operation({
  id: 'meetings.decideContribution',
  method: 'PUT',
  path: `${gatheringPath}/contributions/:contributionId/decision`,
  summary: { zh: '记录人决定：是否计为线上到会', en: 'The recorder decides whether it counts as present online' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'gatheringId', 'contributionId'),
  body: z.strictObject({ counts: z.boolean() }),
  returns: Gathering,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'VOTES_DO_NOT_ADD_UP'],
})
