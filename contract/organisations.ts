/** Party organisations: kinds, units, terms and seats, effective-dated parents, and changes made by documents (domain.md §1.1). */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, Moment, page, PageQuery, text, Version } from './words.ts'

export const organisationKinds = [
  'LOCAL_COMMITTEE',
  'ORG_DEPT',
  'WORK_COMMITTEE',
  'PARTY_GROUP',
  'GRASSROOTS_COMMITTEE',
  'GENERAL_BRANCH',
  'BRANCH',
  'JOINT_BRANCH',
  'TEMP_BRANCH',
  'FLOATING_ORG',
  'GROUP',
] as const
export const sectors = ['RURAL', 'COMMUNITY', 'GOV', 'SOE', 'PRIVATE', 'SOCIAL_ORG', 'SCHOOL', 'OTHER_INST', 'OTHER'] as const
export const unitSituations = ['SAME_AS_SUPERIOR', 'LEGAL_UNIT', 'JOINT'] as const
export const seatRoles = ['书记', '副书记', '组织委员', '宣传委员', '纪检委员', '委员'] as const
export const seatSources = ['ELECTED', 'BY_ELECTION', 'APPOINTED'] as const

export const Unit = z.strictObject({ name: line(80), creditCode: z.string().max(18).nullable() })
export const Seat = z.strictObject({
  role: z.enum(seatRoles),
  memberId: Id,
  name: line(40),
  from: Day,
  until: Day.nullable(),
  source: z.enum(seatSources),
})
export const Term = z.strictObject({
  seq: z.int().min(1),
  startOn: Day,
  nominalEndOn: Day,
  extendedTo: Day.nullable(),
  seats: z.array(Seat).max(30),
})

/** One row of a list or of the tree. */
export const OrganisationRow = z.object({
  id: Id,
  name: z.string(),
  shortName: z.string(),
  kind: z.enum(organisationKinds),
  parentId: Id.nullable(),
  areaCode: z.string(),
  county: z.string(),
  /** Organisations directly below. */
  children: z.int(),
  /** All organisations below, at every level. */
  below: z.int(),
})

export const Finding = z.object({
  ruleId: z.string(),
  severity: z.enum(['WARN', 'DUTY']),
  sentence: z.object({ zh: z.string(), en: z.string() }),
  excepted: z.boolean(),
})

export const Organisation = OrganisationRow.extend({
  nameFull: z.string(),
  orgCode: z.string().nullable(),
  sector: z.enum(sectors),
  unitSituation: z.enum(unitSituations),
  units: z.array(Unit),
  contactName: z.string(),
  contactPhone: z.string(),
  establishedOn: Day,
  dissolvedOn: Day.nullable(),
  version: Version,
  term: Term.nullable(),
  trail: z.array(z.object({ id: Id, name: z.string(), kind: z.enum(organisationKinds) })),
  /** Thresholds the organisation meets or misses, each with its article. */
  findings: z.array(Finding),
})

const readers = {
  ORG_DEPARTMENT: ['own', 'child'],
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
  RECORDER: ['own', 'child'],
  MEMBER: ['own', 'child'],
  GUEST: ['own', 'child'],
} as const

export const getOrganisation = operation({
  id: 'organisations.getOrganisation',
  method: 'GET',
  path: '/organisations/:organisationId',
  summary: { zh: '一个党组织（可指定日期）', en: 'One organisation, as of a day' },
  access: { may: 'read:organisation', within: 'organisationId', expect: readers },
  params: idParams('organisationId'),
  query: z.strictObject({ asOf: Day.optional() }),
  returns: Organisation,
  fails: ['NOT_FOUND'],
})

export const listChildOrganisations = operation({
  id: 'organisations.listChildOrganisations',
  method: 'GET',
  path: '/organisations/:organisationId/children',
  summary: { zh: '直接下级党组织', en: 'Organisations directly below' },
  access: { may: 'read:organisation', within: 'organisationId', expect: readers },
  params: idParams('organisationId'),
  query: z.strictObject({ asOf: Day.optional() }),
  returns: z.object({ items: z.array(OrganisationRow) }),
})

export const searchOrganisations = operation({
  id: 'organisations.searchOrganisations',
  method: 'GET',
  path: '/organisations',
  summary: { zh: '在我的范围内查找党组织', en: 'Find organisations inside my scope' },
  access: {
    may: 'read:organisation',
    within: 'post',
    expect: {
      ORG_DEPARTMENT: ['own'],
      COMMITTEE_ADMIN: ['own'],
      BRANCH_SECRETARY: ['own'],
      RECORDER: ['own'],
      MEMBER: ['own'],
      GUEST: ['own'],
    },
  },
  query: PageQuery.extend({ q: text(60).default(''), kind: z.enum(organisationKinds).optional() }),
  returns: page(OrganisationRow.extend({ trail: z.string() })),
})

/** A structural change is a document: who decided what, from which day, and what follows. */
export const Change = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('CREATE'),
    newId: Id,
    parentId: Id,
    name: line(80),
    shortName: line(40),
    organisationKind: z.enum(organisationKinds),
    sector: z.enum(sectors),
    units: z.array(Unit).max(20).default([]),
    contactName: text(40).default(''),
    contactPhone: text(30).default(''),
  }),
  z.strictObject({ kind: z.literal('RENAME'), name: line(80), shortName: line(40) }),
  z.strictObject({ kind: z.literal('MOVE'), newParentId: Id }),
  /** This organisation is merged into `into`; its members go along and it is dissolved. */
  z.strictObject({ kind: z.literal('MERGE'), into: Id }),
  /** Named members leave for a new organisation under the same parent. */
  z.strictObject({ kind: z.literal('SPLIT'), newId: Id, name: line(80), shortName: line(40), memberIds: z.array(Id).min(1).max(500) }),
  z.strictObject({ kind: z.literal('DISSOLVE') }),
  /** The superior approves that a threshold is not met, with a reason and an end. */
  z.strictObject({ kind: z.literal('EXCEPTION'), ruleId: line(40), reason: line(200), until: Day.nullable() }),
  z.strictObject({ kind: z.literal('TERM'), term: Term }),
])

export const ChangeDocument = z.strictObject({
  /** The number of the written decision, e.g. 金水河党发〔2026〕3号. */
  documentNo: line(60),
  decidedOn: Day,
  effectiveOn: Day,
  note: text(400).default(''),
  version: Version.optional(),
  change: Change,
})

export const Preview = z.object({
  /** What will be different, one sentence each. */
  effects: z.array(z.object({ zh: z.string(), en: z.string() })),
  organisationsAffected: z.int(),
  membersAffected: z.int(),
  findings: z.array(Finding),
  /** Reasons why it cannot be done; empty when it can. */
  blockers: z.array(z.object({ zh: z.string(), en: z.string() })),
})

const changers = { ORG_DEPARTMENT: ['own', 'child'], COMMITTEE_ADMIN: ['own', 'child'] } as const

export const previewChange = operation({
  id: 'organisations.previewChange',
  method: 'POST',
  path: '/organisations/:organisationId/change-previews',
  summary: { zh: '预览一次组织调整影响谁', en: 'Preview who and what a change affects' },
  access: { may: 'change:organisation', within: 'organisationId', expect: changers },
  params: idParams('organisationId'),
  body: ChangeDocument,
  returns: Preview,
  fails: ['NOT_FOUND'],
})

export const ChangeRecord = z.object({
  id: Id,
  organisationId: Id,
  organisationName: z.string(),
  documentNo: z.string(),
  decidedOn: Day,
  effectiveOn: Day,
  note: z.string(),
  change: Change,
  byName: z.string(),
  at: Moment,
})

export const putChange = operation({
  id: 'organisations.putChange',
  method: 'PUT',
  path: '/organisations/:organisationId/changes/:changeId',
  summary: { zh: '按文件调整党组织（成立、更名、隶属、合并、拆分、撤销、例外、班子）', en: 'Change an organisation by document' },
  access: { may: 'change:organisation', within: 'organisationId', expect: changers },
  params: idParams('organisationId', 'changeId'),
  body: ChangeDocument,
  returns: ChangeRecord,
  fails: ['NOT_FOUND', 'STALE_VERSION', 'CHANGE_NOT_POSSIBLE', 'ID_TAKEN'],
})

export const listChanges = operation({
  id: 'organisations.listChanges',
  method: 'GET',
  path: '/organisations/:organisationId/changes',
  summary: { zh: '组织调整文件', en: 'Documents of change' },
  access: { may: 'read:organisation', within: 'organisationId', expect: readers },
  params: idParams('organisationId'),
  query: PageQuery,
  returns: page(ChangeRecord),
})
