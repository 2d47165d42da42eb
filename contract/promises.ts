/** 党员承诺: what members promise before the branch, followed and closed with a sentence. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Rectification } from './rectifications.ts'
import { commitmentReaders, reviewWriters, Year } from './reviews.ts'
import { Day, Id, idParams, line, Version } from './words.ts'

export const promiseStates = ['OPEN', 'CLOSED'] as const

export const PublicPromise = z.object({
  id: Id,
  organisationId: Id,
  year: Year,
  memberId: Id,
  name: z.string(),
  text: z.string(),
  dueOn: Day.nullable(),
  state: z.enum(promiseStates),
  closing: z.string(),
  closedOn: Day.nullable(),
  followUps: Rectification.shape.followUps,
  version: Version,
})

export const listPromises = operation({
  id: 'reviews.listPromises',
  method: 'GET',
  path: '/organisations/:organisationId/promises',
  summary: { zh: '党员公开承诺', en: 'Public promises of the members of a branch' },
  access: { may: 'read:commitment', within: 'organisationId', expect: commitmentReaders },
  params: idParams('organisationId'),
  query: z.strictObject({ year: Year }),
  returns: z.object({ items: z.array(PublicPromise) }),
})

const PromiseInput = z.strictObject({ year: Year, text: line(500), dueOn: Day.nullable().default(null), version: Version.optional() })

export const putPromise = operation({
  id: 'reviews.putPromise',
  method: 'PUT',
  path: '/organisations/:organisationId/promises/:promiseId',
  summary: { zh: '替没有手机的党员记承诺', en: 'Write down the promise of a member without a phone' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: idParams('organisationId', 'promiseId'),
  body: PromiseInput.extend({ memberId: Id }),
  returns: PublicPromise,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION', 'NOT_ON_ROSTER', 'ID_TAKEN'],
})

export const followPromise = operation({
  id: 'reviews.followPromise',
  method: 'PUT',
  path: '/organisations/:organisationId/promises/:promiseId/follow-ups/:followUpId',
  summary: { zh: '承诺的一次跟进', en: 'Note how a promise is going' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: idParams('organisationId', 'promiseId', 'followUpId'),
  body: z.strictObject({ text: line(500) }),
  returns: PublicPromise,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN'],
})

export const closePromise = operation({
  id: 'reviews.closePromise',
  method: 'PUT',
  path: '/organisations/:organisationId/promises/:promiseId/closing',
  summary: { zh: '替没有手机的党员结束承诺', en: 'Close the promise of a member without a phone' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: idParams('organisationId', 'promiseId'),
  body: z.strictObject({ text: line(500) }),
  returns: PublicPromise,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

export const putMyPromise = operation({
  id: 'reviews.putMyPromise',
  method: 'PUT',
  path: '/me/promises/:promiseId',
  summary: { zh: '写我的公开承诺', en: 'Write a public promise' },
  access: { self: true },
  params: idParams('promiseId'),
  body: PromiseInput,
  returns: PublicPromise,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'STALE_VERSION', 'ID_TAKEN'],
})

export const followMyPromise = operation({
  id: 'reviews.followMyPromise',
  method: 'PUT',
  path: '/me/promises/:promiseId/follow-ups/:followUpId',
  summary: { zh: '写我的承诺做到哪一步了', en: 'Say how my promise is going' },
  access: { self: true },
  params: idParams('promiseId', 'followUpId'),
  body: z.strictObject({ text: line(500) }),
  returns: PublicPromise,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN'],
})

export const closeMyPromise = operation({
  id: 'reviews.closeMyPromise',
  method: 'PUT',
  path: '/me/promises/:promiseId/closing',
  summary: { zh: '用一句话结束我的承诺', en: 'Close my promise with a sentence' },
  access: { self: true },
  params: idParams('promiseId'),
  body: z.strictObject({ text: line(500) }),
  returns: PublicPromise,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})
