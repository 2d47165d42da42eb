/** The overview: rollups per organisation × month kept by a projection, and the live stream of what just happened. */
import { z } from 'zod'
import { segmentKinds } from './meetings.ts'
import { operation } from './operation.ts'
import { organisationKinds } from './organisations.ts'
import { Id, idParams, Moment, Month } from './words.ts'

/** Numbers of one organisation and everything below it. */
export const Measures = z.object({
  branches: z.int(),
  members: z.int(),
  fullMembers: z.int(),
  /** Members registered as working away. Below 5 it is suppressed (null) outside the own branch. */
  floating: z.int().nullable(),
  /** Confirmed gatherings of the month. */
  gatherings: z.int(),
  gatheringsByKind: z.record(z.enum(segmentKinds), z.int()),
  /** 应到 and 实到 of the confirmed gatherings of the month. */
  expected: z.int(),
  present: z.int(),
  /** Duties whose period lies in or ends in the month. */
  dutiesMet: z.int(),
  dutiesDue: z.int(),
  dutiesMissed: z.int(),
})

export const OverviewChild = z.object({
  organisationId: Id,
  name: z.string(),
  shortName: z.string(),
  kind: z.enum(organisationKinds),
  areaCode: z.string(),
  children: z.int(),
  measures: Measures,
})

export const Overview = z.object({
  organisationId: Id,
  name: z.string(),
  shortName: z.string(),
  kind: z.enum(organisationKinds),
  areaCode: z.string(),
  month: Month,
  trail: z.array(z.object({ id: Id, name: z.string() })),
  measures: Measures,
  children: z.array(OverviewChild),
  /** The twelve months up to this one, `YYYY-MM`, oldest first; they may begin before what can be asked for. */
  series: z.array(z.object({ month: z.string(), gatherings: z.int(), present: z.int(), dutiesMet: z.int(), dutiesMissed: z.int() })),
  today: z.object({ gatherings: z.int(), signIns: z.int() }),
  asOf: z.object({ at: Moment, lagMilliseconds: z.int(), source: z.string() }),
})

const viewers = {
  ORG_DEPARTMENT: ['own', 'child'],
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
  RECORDER: ['own', 'child'],
} as const

export const getOverview = operation({
  id: 'overview.getOverview',
  method: 'GET',
  path: '/organisations/:organisationId/overview',
  summary: { zh: '总览：本级和下一级', en: 'Overview of an organisation and its children' },
  access: { may: 'read:overview', within: 'organisationId', expect: viewers },
  params: idParams('organisationId'),
  query: z.strictObject({ month: Month.optional() }),
  returns: Overview,
  fails: ['NOT_FOUND'],
})

export const Happening = z.object({
  id: Id,
  at: Moment,
  type: z.string(),
  organisationId: Id,
  organisationName: z.string(),
  trail: z.string(),
  gatheringId: Id.nullable(),
  /** What happened, one sentence. */
  text: z.object({ zh: z.string(), en: z.string() }),
})

export const listHappenings = operation({
  id: 'overview.listHappenings',
  method: 'GET',
  path: '/organisations/:organisationId/happenings',
  summary: { zh: '刚刚发生的事', en: 'What just happened' },
  access: { may: 'read:overview', within: 'organisationId', expect: viewers },
  params: idParams('organisationId'),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(30) }),
  returns: z.object({ items: z.array(Happening) }),
})

/** Each event is named `happening` and carries one; it comes after the rollups have moved, so who reads again sees the new numbers. */
export const followHappenings = operation({
  id: 'overview.followHappenings',
  method: 'GET',
  path: '/organisations/:organisationId/happenings/stream',
  summary: { zh: '刚刚发生的事，实时（断线后从 Last-Event-ID 续传）', en: 'What just happened, live; resumes at Last-Event-ID' },
  access: { may: 'read:overview', within: 'organisationId', expect: viewers },
  params: idParams('organisationId'),
  stream: true,
  returns: Happening,
})
