/** 整改清单: what a branch puts right, by whom and until when, verified by another person. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { commitmentReaders, reviewWriters, Year } from './reviews.ts'
import { Day, Id, idParams, line, Moment, Version } from './words.ts'

export const rectificationStates = ['OPEN', 'DONE', 'VERIFIED'] as const

const FollowUp = z.object({ id: Id, at: Moment, byName: z.string(), text: z.string() })

export const Rectification = z.object({
  id: Id,
  organisationId: Id,
  year: Year,
  problem: z.string(),
  measure: z.string(),
  ownerId: Id,
  ownerName: z.string(),
  dueOn: Day,
  state: z.enum(rectificationStates),
  doneOn: Day.nullable(),
  doneByName: z.string(),
  doneNote: z.string(),
  verifiedOn: Day.nullable(),
  verifiedByName: z.string(),
  verifiedNote: z.string(),
  followUps: z.array(FollowUp),
  version: Version,
})

export const listRectifications = operation({
  id: 'reviews.listRectifications',
  method: 'GET',
  path: '/organisations/:organisationId/rectifications',
  summary: { zh: '整改清单', en: 'The rectification list of a branch' },
  access: { may: 'read:commitment', within: 'organisationId', expect: commitmentReaders },
  params: idParams('organisationId'),
  query: z.strictObject({ year: Year }),
  returns: z.object({ items: z.array(Rectification) }),
})

const rectificationPath = '/organisations/:organisationId/rectifications/:rectificationId' as const

const rectificationParams = idParams('organisationId', 'rectificationId')

export const putRectification = operation({
  id: 'reviews.putRectification',
  method: 'PUT',
  path: rectificationPath,
  summary: { zh: '整改清单的一项', en: 'One item of the rectification list' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: rectificationParams,
  body: z.strictObject({
    year: Year,
    problem: line(500),
    measure: line(500),
    ownerId: Id,
    dueOn: Day,
    version: Version.optional(),
  }),
  returns: Rectification,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION', 'NOT_ON_ROSTER', 'ID_TAKEN'],
})

export const followRectification = operation({
  id: 'reviews.followRectification',
  method: 'PUT',
  path: `${rectificationPath}/follow-ups/:followUpId`,
  summary: { zh: '记一次跟进', en: 'Note how it is going' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: idParams('organisationId', 'rectificationId', 'followUpId'),
  body: z.strictObject({ text: line(500) }),
  returns: Rectification,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN'],
})

export const finishRectification = operation({
  id: 'reviews.finishRectification',
  method: 'PUT',
  path: `${rectificationPath}/done`,
  summary: { zh: '替没有手机的责任人报办结', en: 'Report it done for an owner without a phone' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: rectificationParams,
  body: z.strictObject({ text: line(500) }),
  returns: Rectification,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const verifyRectification = operation({
  id: 'reviews.verifyRectification',
  method: 'PUT',
  path: `${rectificationPath}/verification`,
  summary: { zh: '核实（责任人以外的人）', en: 'Verify it, by someone other than the owner' },
  access: { may: 'write:review', within: 'organisationId', notSameAs: 'owner', expect: reviewWriters },
  params: rectificationParams,
  body: z.strictObject({ accepted: z.boolean(), text: line(500) }),
  returns: Rectification,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'SAME_PERSON'],
})

export const finishMyRectification = operation({
  id: 'reviews.finishMyRectification',
  method: 'PUT',
  path: '/me/rectifications/:rectificationId/done',
  summary: { zh: '报我的整改办结', en: 'Report my rectification done' },
  access: { self: true },
  params: idParams('rectificationId'),
  body: z.strictObject({ text: line(500) }),
  returns: Rectification,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})
