/** Duties: what the rules ask of an organisation in a period, computed from what is on record, each with its article (domain.md §2.4). */
import { z } from 'zod'
import { gatheringWriters, segmentKinds, Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { Day, Id, idParams, Moment, page, PageQuery } from './words.ts'

export const dutyStates = ['NOT_APPLICABLE', 'UPCOMING', 'DUE_SOON', 'MET', 'MET_LATE_ENTRY', 'MISSED', 'EXEMPT'] as const

export const Duty = z.object({
  organisationId: Id,
  organisationName: z.string(),
  county: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  /** The kind of gathering that meets it; null where no gathering does (thresholds, terms of office). */
  kind: z.enum(segmentKinds).nullable(),
  ruleVersion: z.string(),
  /** 《…》第…条, or only the document where the article is not verified. */
  citation: z.string(),
  /** `2026-03`, `2026-Q1`, `2026`, or `-` for a standing duty. */
  period: z.string(),
  periodStart: Day,
  /** `2199-12-31` for a standing duty without a last day. */
  periodEnd: Day,
  state: z.enum(dutyStates),
  required: z.int(),
  done: z.int(),
  gatheringIds: z.array(Id),
  why: Sentence,
})

export const dutyReaders = {
  ORG_DEPARTMENT: ['own', 'child'],
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
  RECORDER: ['own', 'child'],
  MEMBER: ['own', 'child'],
} as const

export const listDuties = operation({
  id: 'duties.listDuties',
  method: 'GET',
  path: '/organisations/:organisationId/duties',
  summary: { zh: '党组织及其下级的应办事项', en: 'Duties of an organisation and those below it' },
  access: { may: 'read:duty', within: 'organisationId', expect: dutyReaders },
  params: idParams('organisationId'),
  query: PageQuery.extend({
    state: z.enum(dutyStates).optional(),
    ruleId: z.string().max(40).optional(),
    from: Day.optional(),
    until: Day.optional(),
    /** `own` only this organisation; `below` its whole subtree. */
    reach: z.enum(['own', 'below']).default('own'),
  }),
  returns: page(Duty),
})

export const summariseDuties = operation({
  id: 'duties.summariseDuties',
  method: 'GET',
  path: '/organisations/:organisationId/duty-summary',
  summary: { zh: '本期应办事项汇总（只有数量，没有排名）', en: 'Duties of the current period, counts only' },
  access: { may: 'read:duty', within: 'organisationId', expect: dutyReaders },
  params: idParams('organisationId'),
  returns: z.object({
    items: z.array(
      z.object({
        ruleId: z.string(),
        ruleName: z.string(),
        citation: z.string(),
        period: z.string(),
        counts: z.record(z.enum(dutyStates), z.int()),
      }),
    ),
  }),
})

export const listToHelp = operation({
  id: 'duties.listToHelp',
  method: 'GET',
  path: '/organisations/:organisationId/to-help',
  summary: {
    zh: '可以帮一把的党组织：本期已经结束仍没办成的事，按地区排列，不计数不排名',
    en: 'Organisations to help: what was not done when its period had closed, in the order of areas, without counts or ranks',
  },
  access: { may: 'read:duty', within: 'organisationId', expect: dutyReaders },
  params: idParams('organisationId'),
  query: PageQuery,
  returns: page(
    z.object({
      organisationId: Id,
      organisationName: z.string(),
      items: z.array(
        Duty.pick({ ruleId: true, ruleName: true, kind: true, period: true, periodStart: true, periodEnd: true, citation: true }).extend({
          /** What help would do, one sentence. */
          help: Sentence,
        }),
      ),
    }),
  ),
})

export const listToRing = operation({
  id: 'duties.listToRing',
  method: 'GET',
  path: '/organisations/:organisationId/to-ring',
  summary: {
    zh: '要打电话告诉的人：在应到名单上、手机上收不到通知',
    en: 'Whom to ring: expected soon, and not reached by the app or by text message',
  },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId'),
  returns: z.object({
    items: z.array(
      z.object({
        gatheringId: Id,
        title: z.string(),
        plannedStart: Moment,
        place: z.string(),
        people: z.array(z.object({ memberId: Id, name: z.string() })),
      }),
    ),
  }),
})

export const RuleView = z.object({
  id: z.string(),
  name: z.string(),
  citation: z.string(),
  scope: z.string(),
  confidence: z.string(),
  params: z.record(z.string(), z.unknown()),
  version: z.string(),
})

export const getRule = operation({
  id: 'duties.getRule',
  method: 'GET',
  path: '/rules/:ruleId',
  summary: { zh: '一条规则和它的出处', en: 'One rule and where it comes from' },
  access: { public: true },
  params: z.strictObject({ ruleId: z.string().regex(/^[A-Z0-9-]{2,40}$/) }),
  returns: RuleView,
  fails: ['NOT_FOUND'],
})
