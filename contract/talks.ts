/** 谈心谈话: that two people talked, and on which day; nothing of what was said. */
import { z } from 'zod'
import { Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { reviewReaders, reviewWriters, Year } from './reviews.ts'
import { Day, Done, Id, idParams } from './words.ts'

/** 谈心谈话: the day and the pair, nothing of what was said. */
export const Talk = z.object({
  id: Id,
  day: Day,
  memberId: Id,
  name: z.string(),
  otherMemberId: Id,
  otherName: z.string(),
})

export const listTalks = operation({
  id: 'reviews.listTalks',
  method: 'GET',
  path: '/organisations/:organisationId/talks',
  summary: { zh: '谈心谈话：谁和谁、哪天，不记内容', en: 'Heart-to-heart talks: the day and the pair, no content' },
  access: { may: 'read:review', within: 'organisationId', expect: reviewReaders },
  params: idParams('organisationId'),
  query: z.strictObject({ year: Year }),
  returns: z.object({
    items: z.array(Talk),
    /** What the rule asks this year, and by name who has not talked yet. */
    asked: z.array(
      z.object({ between: z.enum(['COMMITTEE', 'COMMITTEE_MEMBER', 'MEMBERS']), met: z.boolean(), sentence: Sentence, ruleId: z.string() }),
    ),
  }),
})

export const putTalk = operation({
  id: 'reviews.putTalk',
  method: 'PUT',
  path: '/organisations/:organisationId/talks/:talkId',
  summary: { zh: '记一次谈心谈话', en: 'Note a heart-to-heart talk' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: idParams('organisationId', 'talkId'),
  body: z.strictObject({ day: Day, memberId: Id, otherMemberId: Id }),
  returns: Talk,
  fails: ['NOT_ON_ROSTER', 'SAME_PERSON', 'TIMES_IMPOSSIBLE', 'ID_TAKEN'],
})

export const removeTalk = operation({
  id: 'reviews.removeTalk',
  method: 'DELETE',
  path: '/organisations/:organisationId/talks/:talkId',
  summary: { zh: '去掉记错的谈心谈话', en: 'Take away a talk that was noted by mistake' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: idParams('organisationId', 'talkId'),
  returns: Done,
})

export const putMyTalk = operation({
  id: 'reviews.putMyTalk',
  method: 'PUT',
  path: '/me/talks/:talkId',
  summary: { zh: '记我的一次谈心谈话', en: 'Note a talk of mine' },
  access: { self: true },
  params: idParams('talkId'),
  body: z.strictObject({ day: Day, otherMemberId: Id }),
  returns: Talk,
  fails: ['NOT_FOUND', 'NOT_ON_ROSTER', 'SAME_PERSON', 'TIMES_IMPOSSIBLE', 'ID_TAKEN'],
})
