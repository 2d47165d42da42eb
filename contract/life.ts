/** Days of the branch, 政治生日 and 重温入党誓词, and a member's own part of the year, put together. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { PublicPromise } from './promises.ts'
import { Rectification } from './rectifications.ts'
import { grades, reviewReaders, reviewStates, reviewWriters, Year } from './reviews.ts'
import { Talk } from './talks.ts'
import { Day, Id, idParams, Month, text } from './words.ts'

const PoliticalBirthday = z.object({ memberId: Id, name: z.string(), joinedOn: Day, day: Day, years: z.int() })

const Oath = z.object({ gatheringId: Id, title: z.string(), heldOn: Day.nullable(), note: z.string() })

export const getPartyDays = operation({
  id: 'reviews.getPartyDays',
  method: 'GET',
  path: '/organisations/:organisationId/party-days',
  summary: { zh: '当月的政治生日和重温誓词', en: 'Political birthdays and oaths renewed in a month' },
  access: { may: 'read:review', within: 'organisationId', expect: reviewReaders },
  params: idParams('organisationId'),
  query: z.strictObject({
    month: Month.refine(
      (month) => month >= '1900' && month < '2200',
      '年份应在 1900 到 2199 之间 / the year must be between 1900 and 2199',
    ),
  }),
  returns: z.object({ birthdays: z.array(PoliticalBirthday), oaths: z.array(Oath) }),
})

export const putOath = operation({
  id: 'reviews.putOath',
  method: 'PUT',
  path: '/organisations/:organisationId/oaths/:gatheringId',
  summary: { zh: '在一次活动上重温了入党誓词', en: 'The oath was renewed at a gathering' },
  access: { may: 'write:review', within: 'organisationId', expect: reviewWriters },
  params: idParams('organisationId', 'gatheringId'),
  body: z.strictObject({ note: text(200).default('') }),
  returns: Oath,
  fails: ['NOT_FOUND'],
})

/** My part of the year: what I have written and cast, what I promised, what I am to put right, my political birthday. */
export const MyLife = z.object({
  organisationId: Id.nullable(),
  organisationName: z.string(),
  review: z
    .object({
      year: Year,
      state: z.enum(reviewStates),
      /** Am I among those reviewed? */
      mine: z.boolean(),
      assessment: z.string(),
      ownGrade: z.enum(grades).nullable(),
      /** My ballot is in the box; it cannot be taken out again. */
      cast: z.boolean(),
      /** Whom I may rate: the others who get a grade. Empty until the ratings are open. */
      others: z.array(z.object({ memberId: Id, name: z.string() })),
    })
    .nullable(),
  /** Years for which a letter is ready. */
  letters: z.array(Year),
  promises: z.array(PublicPromise),
  rectifications: z.array(Rectification),
  talks: z.array(Talk),
  /** Members of my branch, to name whom I talked with. */
  branch: z.array(z.object({ memberId: Id, name: z.string() })),
  birthday: z.object({ joinedOn: Day, day: Day, years: z.int() }).nullable(),
})

export const getMyLife = operation({
  id: 'reviews.getMyLife',
  method: 'GET',
  path: '/me/organisational-life',
  summary: { zh: '我的评议、承诺、整改和政治生日', en: 'My review, promises, rectifications and political birthday' },
  access: { self: true },
  returns: MyLife,
})
