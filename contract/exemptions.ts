/** 长期免到 and 送学上门: who is exempted from coming for a year, and visits to them. */
import { z } from 'zod'
import { gatheringWriters, Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, Version } from './words.ts'

export const exemptionReasons = ['AGE_OR_DISABILITY', 'ILLNESS', 'FLOATING', 'OTHER'] as const

/** 送学上门: the branch went to somebody who cannot come. */
export const HomeVisit = z.strictObject({ id: Id, on: Day, visitors: line(60), brought: line(200) })

/** 长期免到: set once a year for the old and ill, so that nobody asks for leave each time. */
export const Exemption = z.object({
  id: Id,
  memberId: Id,
  name: z.string(),
  year: z.int(),
  reason: z.enum(exemptionReasons),
  /** First day on which it no longer holds; null while it does. */
  endedOn: Day.nullable(),
  setByName: z.string(),
  visits: z.array(HomeVisit),
  version: Version,
})

const exemptionPath = '/organisations/:organisationId/exemptions' as const

export const listExemptions = operation({
  id: 'meetings.listExemptions',
  method: 'GET',
  path: exemptionPath,
  summary: { zh: '长期免到的党员和送学上门', en: 'Members exempted for the year, and visits to them' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId'),
  query: z.strictObject({ year: z.coerce.number().int().min(1990).max(2199).optional() }),
  returns: z.object({
    items: z.array(Exemption),
    /** What exemption and visits mean, with their rules. */
    means: z.array(z.object({ ruleId: z.string(), sentence: Sentence })),
  }),
})

export const putExemption = operation({
  id: 'meetings.putExemption',
  method: 'PUT',
  path: `${exemptionPath}/:exemptionId`,
  summary: { zh: '定下本年长期免到的党员', en: 'Exempt a member for the year' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'exemptionId'),
  body: z.strictObject({
    memberId: Id,
    year: z.int().min(1990).max(2199),
    reason: z.enum(exemptionReasons),
    endedOn: Day.nullable().default(null),
    version: Version.optional(),
  }),
  returns: Exemption,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'ID_TAKEN', 'NOT_ON_ROSTER', 'KIND_NOT_APPLICABLE'],
})

export const putHomeVisit = operation({
  id: 'meetings.putHomeVisit',
  method: 'PUT',
  path: `${exemptionPath}/:exemptionId/visits/:visitId`,
  summary: { zh: '记一次送学上门', en: 'Note a visit to a member who cannot come' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'exemptionId', 'visitId'),
  body: HomeVisit.omit({ id: true }),
  returns: Exemption,
  fails: ['NOT_FOUND', 'ID_TAKEN'],
})
