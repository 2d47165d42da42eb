/**
 * Plans: the branch's year (domain.md §2.3–2.4). Fixed days as series, the market days of the town, and theme-day kits from the
 * committees above. What is to be arranged is computed by `#rules`, on the phone too, and accepted as ordinary gatherings.
 */
import { z } from 'zod'
import { AgendaItem, gatheringModes, segmentKinds } from './meetings.ts'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, Moment, Month, page, PageQuery, text, Version } from './words.ts'

export const marketWishes = ['NONE', 'SEEK', 'AVOID'] as const

/** How the town counts its market days 街天. */
export const Market = z.discriminatedUnion('by', [
  /** 农历每旬逢几: the last digit of the day, 0 for the tenth. */
  z.strictObject({ by: z.literal('LUNAR_TEN'), ends: z.array(z.int().min(0).max(9)).min(1).max(10) }),
  /** 公历每旬逢几. */
  z.strictObject({ by: z.literal('SOLAR_TEN'), ends: z.array(z.int().min(0).max(9)).min(1).max(10) }),
  /** 属什么日: 0 子 (rat) … 11 亥 (pig). */
  z.strictObject({ by: z.literal('BRANCH'), branches: z.array(z.int().min(0).max(11)).min(1).max(12) }),
  /** 几天一街, counted from a market day. */
  z.strictObject({ by: z.literal('EVERY'), days: z.int().min(2).max(60), from: Day }),
])

/** Which day of each month. */
export const SeriesDay = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('DATE'), day: z.int().min(1).max(31) }),
  /** The first … fourth, or with -1 the last; 1 Monday … 7 Sunday. */
  z.strictObject({ by: z.literal('WEEKDAY'), nth: z.union([z.int().min(1).max(4), z.literal(-1)]), weekday: z.int().min(1).max(7) }),
  z.strictObject({ by: z.literal('LUNAR'), day: z.int().min(1).max(30) }),
  z.strictObject({ by: z.literal('MARKET'), nth: z.int().min(1).max(3) }),
])

export const SeriesInput = z.strictObject({
  title: line(60),
  kinds: z.array(z.enum(segmentKinds)).min(1, '至少选一种活动 / at least one kind').max(7),
  groupId: Id.nullable().default(null),
  /** 1 January … 12 December. */
  months: z.array(z.int().min(1).max(12)).min(1, '至少选一个月 / at least one month').max(12),
  on: SeriesDay,
  start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '需要形如 19:30 的时间 / must be a time like 19:30'),
  minutes: z.int().min(15).max(600),
  mode: z.enum(gatheringModes),
  place: text(120).default(''),
  from: Day,
  /** The last day; null: it goes on. A series is ended, never deleted. */
  until: Day.nullable().default(null),
  version: Version.optional(),
})

export const Series = SeriesInput.omit({ version: true }).extend({ id: Id, version: Version })

export const KitInput = z.strictObject({
  month: Month,
  title: line(80),
  agenda: z.array(AgendaItem).max(20).default([]),
  /** Read before or during the theme day, also aloud. */
  reading: text(20000).default(''),
  /** What the branch is asked to do. */
  task: text(2000).default(''),
  /** Audio, pictures and booklets, uploaded before. */
  fileIds: z.array(Id).max(10).default([]),
  version: Version.optional(),
})

export const Kit = KitInput.omit({ version: true, fileIds: true }).extend({
  id: Id,
  organisationId: Id,
  organisationName: z.string(),
  files: z.array(z.object({ fileId: Id, name: z.string(), mediaType: z.string(), bytes: z.int() })),
  publishedAt: Moment,
  withdrawnAt: Moment.nullable(),
  version: Version,
})

const readers = {
  ORG_DEPARTMENT: ['own', 'child'],
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
  RECORDER: ['own', 'child'],
  MEMBER: ['own', 'child'],
} as const
const writers = { BRANCH_SECRETARY: ['own', 'child'], RECORDER: ['own', 'child'] } as const
const publishers = { ORG_DEPARTMENT: ['own', 'child'], COMMITTEE_ADMIN: ['own', 'child'] } as const

export const getPlanBasis = operation({
  id: 'plans.getPlanBasis',
  method: 'GET',
  path: '/organisations/:organisationId/plan-basis',
  summary: {
    zh: '安排一年的依据：固定党日、街天、上级的主题党日包',
    en: 'What a year is planned by: fixed days, market days, kits from above',
  },
  access: { may: 'read:plan', within: 'organisationId', expect: readers },
  params: idParams('organisationId'),
  query: z.strictObject({
    /** Kits of these months; the current one and the next two unless told. */
    from: Month.optional(),
    until: Month.optional(),
  }),
  returns: z.object({
    organisationId: Id,
    county: z.string(),
    market: Market.nullable(),
    marketWish: z.enum(marketWishes),
    /** Of the market days; 0 while none were set. */
    version: Version,
    series: z.array(Series),
    groups: z.array(z.object({ id: Id, name: z.string() })),
    /** Not withdrawn, from this organisation and those above; the nearest first. */
    kits: z.array(Kit),
  }),
  fails: ['NOT_FOUND'],
})

export const putMarketDays = operation({
  id: 'plans.putMarketDays',
  method: 'PUT',
  path: '/organisations/:organisationId/market-days',
  summary: { zh: '所在乡镇的街天', en: 'Market days of the town' },
  access: { may: 'write:plan', within: 'organisationId', expect: writers },
  params: idParams('organisationId'),
  body: z.strictObject({ market: Market.nullable(), marketWish: z.enum(marketWishes), version: Version }),
  returns: z.object({ market: Market.nullable(), marketWish: z.enum(marketWishes), version: Version }),
  fails: ['STALE_VERSION'],
})

export const putSeries = operation({
  id: 'plans.putSeries',
  method: 'PUT',
  path: '/organisations/:organisationId/series/:seriesId',
  summary: { zh: '固定党日等定期活动', en: 'Gatherings on a fixed day' },
  access: { may: 'write:plan', within: 'organisationId', expect: writers },
  params: idParams('organisationId', 'seriesId'),
  body: SeriesInput,
  returns: Series,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'ID_TAKEN'],
})

const kitParams = idParams('organisationId', 'kitId')

export const listKits = operation({
  id: 'plans.listKits',
  method: 'GET',
  path: '/organisations/:organisationId/kits',
  summary: { zh: '本级发布的主题党日包', en: 'Theme-day kits this organisation publishes' },
  access: { may: 'read:plan', within: 'organisationId', expect: readers },
  params: idParams('organisationId'),
  query: PageQuery,
  returns: page(Kit),
})

export const putKit = operation({
  id: 'plans.putKit',
  method: 'PUT',
  path: '/organisations/:organisationId/kits/:kitId',
  summary: { zh: '向下级发布某月的主题党日包', en: 'Publish a theme-day kit for a month to everything below' },
  access: { may: 'publish:kit', within: 'organisationId', expect: publishers },
  params: kitParams,
  body: KitInput,
  returns: Kit,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'WRONG_STATE', 'ID_TAKEN'],
})

export const withdrawKit = operation({
  id: 'plans.withdrawKit',
  method: 'PUT',
  path: '/organisations/:organisationId/kits/:kitId/withdrawal',
  summary: { zh: '撤回主题党日包', en: 'Withdraw a kit' },
  access: { may: 'publish:kit', within: 'organisationId', expect: publishers },
  params: kitParams,
  body: z.strictObject({ version: Version }),
  returns: Kit,
  fails: ['NOT_FOUND', 'STALE_VERSION'],
})

/** A file of a kit of this organisation or of one above it. Answers with the bytes of the file. */
export const getKitFile = operation({
  id: 'plans.getKitFile',
  method: 'GET',
  path: '/organisations/:organisationId/kits/:kitId/files/:kitFileId',
  summary: { zh: '主题党日包里的文件', en: 'A file of a kit' },
  access: { may: 'read:plan', within: 'organisationId', expect: readers },
  params: idParams('organisationId', 'kitId', 'kitFileId'),
  returns: z.unknown(),
  fails: ['NOT_FOUND'],
})
