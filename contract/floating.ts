/** 流动党员: registered out, reported in at a host, assigned, moved, returned; seen alike by member, home and host (domain.md §3). */
import { z } from 'zod'
import { floatActions, floatStates, lookingFor } from '#rules'
import { gatheringWriters, Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, Moment, page, PageQuery, text, Version } from './words.ts'

export const floatReasons = ['WORK', 'BUSINESS', 'STUDY', 'FAMILY', 'RETIREMENT_MOVE', 'JOB_SEEKING', 'OTHER'] as const
export const passStates = ['ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED', 'CLOSED'] as const
export const floatSides = ['HOME', 'HOME_COMMITTEE', 'HOST', 'MEMBER', 'RECORD'] as const

/** Twelve-digit area code (GB/T 2260 and its townships), or the six digits of a county or of a province outside. */
const AreaCode = z.string().regex(/^\d{6}(\d{6})?$/, '需要 6 位或 12 位区划代码 / must be an area code of 6 or 12 digits')

/** Where somebody goes, in codes and words: the place of work or residence, never where a phone is. */
export const Destination = z.strictObject({
  areaCode: AreaCode,
  place: text(120).default(''),
  unit: text(80).default(''),
  /** A fixed place of work or residence. */
  fixed: z.boolean(),
})

export const RegistrationInput = z.strictObject({
  memberId: Id,
  reason: z.enum(floatReasons),
  destination: Destination,
  outOn: Day,
  expectedBackOn: Day.nullable().default(null),
  /** 支部联系人: who of the home branch keeps contact. */
  contactId: Id.nullable().default(null),
  note: text(200).default(''),
  version: Version.optional(),
})

export const Clock = z.object({ ruleId: z.string(), dueOn: Day, late: z.boolean(), sentence: Sentence })

/** One entry of the history. A contact says that it took place and how, never what was said. */
export const FloatEntry = z.object({
  id: Id,
  action: z.enum(floatActions),
  on: Day,
  at: Moment,
  side: z.enum(floatSides),
  byName: z.string(),
  how: z.string(),
  note: z.string(),
})

/** 电子流动党员活动证, as the three sides see it. */
export const Pass = z.object({
  id: Id,
  /** To be typed at a counter. */
  number: z.string(),
  state: z.enum(passStates),
  issuedOn: Day,
  validUntil: Day,
  issuerId: Id,
  issuerName: z.string(),
  /** The host that took the member in, and so signed too. */
  coSignedByName: z.string(),
  coSignedOn: Day.nullable(),
  reason: z.string(),
})

export const RegistrationRow = z.object({
  id: Id,
  county: z.string(),
  memberId: Id,
  name: z.string(),
  homeId: Id,
  homeName: z.string(),
  reason: z.enum(floatReasons),
  destination: Destination,
  destinationName: z.string(),
  outOn: Day,
  expectedBackOn: Day.nullable(),
  state: z.enum(floatStates),
  hostId: Id.nullable(),
  hostName: z.string(),
  /** The branch of the host the member takes part in, and its group. */
  branchId: Id.nullable(),
  branchName: z.string(),
  passState: z.enum(passStates).nullable(),
  /** The clock that ends first. */
  clock: Clock.nullable(),
})

export const Registration = RegistrationRow.extend({
  contactId: Id.nullable(),
  contactName: z.string(),
  note: z.string(),
  groupId: Id.nullable(),
  reportedOn: Day.nullable(),
  /** How to reach the member: masked; the home branch knows the number. */
  phoneMasked: z.string(),
  pass: Pass.nullable(),
  clocks: z.array(Clock),
  entries: z.array(FloatEntry),
  /** Steps the caller may take now. */
  may: z.array(z.enum(floatActions)),
  /** What was advised at departure: a letter, a transfer, or the pass; and a (temporary) branch where several went together. */
  advice: z.array(z.object({ ruleId: z.string(), sentence: Sentence })),
  /** When contact is failing: what is still to be tried. */
  toTry: z.array(z.object({ kind: z.enum(lookingFor.map(({ kind }) => kind)), sentence: Sentence })),
  version: Version,
})

/** Home and host alike; a party to it reads it from its own organisation. */
export const floatingReaders = {
  ORG_DEPARTMENT: ['own', 'child'],
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
} as const
export const floatingWriters = { COMMITTEE_ADMIN: ['own', 'child'], BRANCH_SECRETARY: ['own', 'child'] } as const
const registrationPath = '/organisations/:organisationId/floating/:registrationId' as const
const registrationParams = idParams('organisationId', 'registrationId')

export const listFloating = operation({
  id: 'floating.listFloating',
  method: 'GET',
  path: '/organisations/:organisationId/floating',
  summary: { zh: '流动党员：流出和流入', en: 'Floating members, out and in' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: idParams('organisationId'),
  query: PageQuery.extend({
    /** `OUT` members of the organisations here who are away; `IN` guests who are here. */
    side: z.enum(['OUT', 'IN']).default('OUT'),
    state: z.enum(floatStates).optional(),
    /** Only those a clock of this rule has run out for, or will within a month. */
    clock: z.string().max(40).optional(),
    areaCode: z.string().max(12).optional(),
    q: text(40).default(''),
    /** Closed ones too. */
    all: z.enum(['true', 'false']).default('false'),
  }),
  returns: page(RegistrationRow).extend({
    /** Registrations here that are open, in this state each. */
    counts: z.record(z.enum(floatStates), z.int()),
    /** Open ones whose clock of this rule has run out. */
    late: z.record(z.string(), z.int()),
  }),
})

export const getRegistration = operation({
  id: 'floating.getRegistration',
  method: 'GET',
  path: registrationPath,
  summary: { zh: '一名流动党员的外出登记', en: 'One registration' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: registrationParams,
  returns: Registration,
  fails: ['NOT_FOUND'],
})

export const putRegistration = operation({
  id: 'floating.putRegistration',
  method: 'PUT',
  path: registrationPath,
  summary: { zh: '登记外出（支部办理）', en: 'Register a member out, by the branch' },
  offline: true,
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: registrationParams,
  body: RegistrationInput,
  returns: Registration,
  fails: ['NOT_FOUND', 'NOT_ON_ROSTER', 'ALREADY_OUT', 'STALE_VERSION', 'ID_TAKEN', 'DATES_DISAGREE'],
})

/** What a step carries beside its name. */
export const StepInput = z.strictObject({
  action: z.enum(floatActions),
  on: Day,
  /** ISSUE: nothing more. ASSIGN: the branch and group. MOVE: where to. CONTACT: how. Others: what is to be kept with it. */
  branchId: Id.nullable().default(null),
  groupId: Id.nullable().default(null),
  destination: Destination.nullable().default(null),
  /** CONTACT: one of the ways of looking for somebody, or `TALK`. Date and kind only; no content. */
  how: z
    .enum([...lookingFor.map(({ kind }) => kind), 'TALK'])
    .nullable()
    .default(null),
  /** LOSE, FIND, CLOSE, RETURN, TRANSFER: evidence or number of the letter. REPORT_BACK: the report. */
  note: text(1000).default(''),
})

export const takeStep = operation({
  id: 'floating.takeStep',
  method: 'PUT',
  path: `${registrationPath}/steps/:stepId`,
  summary: {
    zh: '办理一步：编入支部、变更地点、联系、返回查验、转接、失联、办结',
    en: 'Take a step: assign, move, contact, inspect, transfer, lose, close',
  },
  offline: true,
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: idParams('organisationId', 'registrationId', 'stepId'),
  body: StepInput,
  returns: Registration,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_YOURS', 'ID_TAKEN', 'EVIDENCE_NEEDED', 'DATES_DISAGREE', 'KIND_NOT_APPLICABLE'],
})

/** 报到 at the host: by the code of the pass, or by its number at a counter. */
export const takeIn = operation({
  id: 'floating.takeIn',
  method: 'PUT',
  path: '/organisations/:organisationId/arrivals/:stepId',
  summary: { zh: '办理报到（扫活动证或输入证号）', en: 'Take a floating member in, by code or number of the pass' },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: idParams('organisationId', 'stepId'),
  body: z.strictObject({ presented: z.string().trim().min(1).max(900), on: Day }),
  returns: Registration,
  fails: ['PASS_REFUSED', 'NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN'],
})

/** The member's own: registration, pass and host, or what to do to get one. */
export const MyFloating = z.object({
  registration: Registration.nullable(),
  /** Home branch of the member. */
  homeId: Id.nullable(),
  homeName: z.string(),
  /** People of the home branch who may keep contact. */
  contacts: z.array(z.object({ memberId: Id, name: z.string() })),
})

export const getMyFloating = operation({
  id: 'floating.getMyFloating',
  method: 'GET',
  path: '/me/floating',
  summary: { zh: '我的外出登记和活动证', en: 'My registration and my pass' },
  access: { self: true },
  returns: MyFloating,
})

export const registerMyself = operation({
  id: 'floating.registerMyself',
  method: 'PUT',
  path: '/me/floating/:registrationId',
  summary: { zh: '登记外出（本人）', en: 'Register myself out' },
  offline: true,
  access: { self: true },
  params: idParams('registrationId'),
  body: RegistrationInput.omit({ memberId: true }),
  returns: MyFloating,
  fails: ['NOT_FOUND', 'ALREADY_OUT', 'STALE_VERSION', 'ID_TAKEN', 'DATES_DISAGREE'],
})

/** REPORT_IN by the host's link or poster, MOVE, REPORT_BACK. */
export const takeMyStep = operation({
  id: 'floating.takeMyStep',
  method: 'PUT',
  path: '/me/floating/:registrationId/steps/:stepId',
  summary: { zh: '本人办理：报到、变更地点、向支部汇报', en: 'Report in, move, report back, by the member' },
  offline: true,
  access: { self: true },
  params: idParams('registrationId', 'stepId'),
  body: StepInput.extend({
    /** REPORT_IN: the host whose link was opened. */
    hostId: Id.nullable().default(null),
  }),
  returns: MyFloating,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'NOT_YOURS', 'ID_TAKEN', 'DATES_DISAGREE', 'KIND_NOT_APPLICABLE'],
})

/** A flow between two areas; numbers below five are not shown, nor found by taking others away. */
export const Flow = z.object({
  fromCode: z.string(),
  fromName: z.string(),
  toCode: z.string(),
  toName: z.string(),
  /** Null where it is below five or kept back so that one below five cannot be worked out. */
  members: z.int().nullable(),
})

export const listFlows = operation({
  id: 'floating.listFlows',
  method: 'GET',
  path: '/organisations/:organisationId/flows',
  summary: { zh: '流向：从哪些县流出、流入到哪里（少于 5 人不显示）', en: 'Flows from counties to places, none below five' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: idParams('organisationId'),
  query: z.strictObject({ side: z.enum(['OUT', 'IN']).default('OUT') }),
  returns: z.object({ items: z.array(Flow), total: z.int().nullable(), asOf: Moment }),
})

/** Where a floating member is welcome. */
export const HostPlace = z.object({
  organisationId: Id,
  organisationName: z.string(),
  kind: z.string(),
  areaCode: z.string(),
  areaName: z.string(),
  address: z.string(),
  hours: z.string(),
  languages: z.array(z.string()),
  route: z.string(),
  phone: z.string(),
  /** Takes reports, through this organisation. */
  takesIn: z.boolean(),
  /** Gatherings open to guests, soon. */
  activities: z.array(z.object({ organisationId: Id, gatheringId: Id, title: z.string(), plannedStart: Moment, place: z.string() })),
})

export const listHosts = operation({
  id: 'floating.listHosts',
  method: 'GET',
  path: '/floating-hosts',
  summary: { zh: '找组织：附近的党群服务中心和流动党员党组织', en: 'Find a host: service centres and organisations of floating members' },
  access: { self: true },
  query: z.strictObject({
    areaCode: z
      .string()
      .regex(/^\d{2,12}$/)
      .default('53'),
    q: text(40).default(''),
  }),
  returns: z.object({ items: z.array(HostPlace) }),
})

export const HostPlaceInput = z.strictObject({
  address: line(120),
  hours: line(80),
  languages: z.array(line(20)).max(10).default([]),
  route: text(200).default(''),
  phone: text(30).default(''),
  takesIn: z.boolean(),
})

export const putHostPlace = operation({
  id: 'floating.putHostPlace',
  method: 'PUT',
  path: '/organisations/:organisationId/host-place',
  summary: { zh: '公布报到地点：地址、开放时间、语言、怎么走', en: 'Publish where to report: address, hours, languages, way' },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: idParams('organisationId'),
  body: HostPlaceInput,
  returns: HostPlace,
})

export const getOpening = operation({
  id: 'floating.getOpening',
  method: 'GET',
  path: '/organisations/:organisationId/open-gatherings/:gatheringId',
  summary: { zh: '这次活动是否向流动党员开放', en: 'Is this gathering open to floating members?' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'gatheringId'),
  returns: z.object({ open: z.boolean() }),
  fails: ['NOT_FOUND'],
})

/** Opens a planned gathering to guests who are not assigned here. */
export const openToGuests = operation({
  id: 'floating.openToGuests',
  method: 'PUT',
  path: '/organisations/:organisationId/open-gatherings/:gatheringId',
  summary: { zh: '把一次活动向流动党员开放', en: 'Open a gathering to floating members' },
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'gatheringId'),
  body: z.strictObject({ open: z.boolean() }),
  returns: z.object({ open: z.boolean() }),
  fails: ['NOT_FOUND'],
})
