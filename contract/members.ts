/** Members: the 16 national items, four independent status axes, one home branch at any instant (domain.md §1.3). */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Day, Id, idParams, line, page, PageQuery, text, Version } from './words.ts'

export const stages = ['APPLICANT', 'ACTIVIST', 'DEVELOPMENT_TARGET', 'PROBATIONARY', 'FULL', 'FORMER'] as const
export const memberships = ['NONE', 'NORMAL', 'SUSPENDED', 'TERMINATED'] as const
export const contacts = ['IN_CONTACT', 'LOST_CONTACT'] as const
export const mobilities = ['RESIDENT', 'FLOW_OUT', 'FLOW_IN_GUEST', 'ABROAD'] as const

/** What a list shows: never an identity number, a phone only masked. */
export const MemberRow = z.object({
  id: Id,
  county: z.string(),
  organisationId: Id,
  organisationName: z.string(),
  groupId: Id.nullable(),
  name: z.string(),
  gender: z.enum(['0', '1', '2', '9']),
  stage: z.enum(stages),
  membership: z.enum(memberships),
  contact: z.enum(contacts),
  mobility: z.enum(mobilities),
  joinedOn: Day.nullable(),
  phoneMasked: z.string(),
  seats: z.array(z.string()),
  /** Counts in the denominator of a vote today (rights table, domain.md §1.3.3). */
  counts: z.boolean(),
})

export const Member = MemberRow.extend({
  ethnicity: z.string(),
  bornOn: Day,
  education: z.string(),
  fullMemberOn: Day.nullable(),
  work: z.string(),
  landline: z.string(),
  address: z.string(),
  lostContactSince: Day.nullable(),
  flowDestination: z.string(),
  rightsSuspendedUntil: Day.nullable(),
  identityMasked: z.string(),
  version: Version,
})

/** The 16 national items as they are written down; the state axes hold three of them. */
export const MemberInput = z.strictObject({
  name: line(60),
  gender: z.enum(['0', '1', '2', '9']),
  identityNumber: z.string().trim().max(18),
  ethnicity: z.string().regex(/^\d{2}$/, '民族代码是 2 位数字（GB/T 3304） / a two-digit GB/T 3304 code'),
  bornOn: Day,
  education: z.string().regex(/^\d{2}$/, '学历代码是 2 位数字（GB/T 4658） / a two-digit GB/T 4658 code'),
  stage: z.enum(stages),
  joinedOn: Day.nullable(),
  fullMemberOn: Day.nullable(),
  work: text(80),
  phone: z
    .string()
    .regex(/^1\d{10}$/, '请输入 11 位手机号 / an 11-digit mobile number')
    .nullable(),
  landline: text(20).default(''),
  address: text(120),
  membership: z.enum(memberships),
  contact: z.enum(contacts),
  lostContactSince: Day.nullable().default(null),
  mobility: z.enum(mobilities),
  flowDestination: text(80).default(''),
  groupId: Id.nullable().default(null),
  /** The version last seen; absent when the record is new. */
  version: Version.optional(),
})

const branchReaders = {
  ORG_DEPARTMENT: ['own', 'child'],
  COMMITTEE_ADMIN: ['own', 'child'],
  BRANCH_SECRETARY: ['own', 'child'],
  RECORDER: ['own', 'child'],
} as const

export const listMembers = operation({
  id: 'members.listMembers',
  method: 'GET',
  path: '/organisations/:organisationId/members',
  summary: { zh: '党组织及其下级的党员', en: 'Members of an organisation and those below it' },
  access: { may: 'read:member', within: 'organisationId', expect: branchReaders },
  params: idParams('organisationId'),
  query: PageQuery.extend({
    q: text(40).default(''),
    stage: z.enum(stages).optional(),
    mobility: z.enum(mobilities).optional(),
    sort: z.enum(['name', 'joinedOn']).default('name'),
    asOf: Day.optional(),
  }),
  /** With `more`, more were found than are counted: the figures are of the first ones. */
  returns: page(MemberRow).extend({ total: z.int(), full: z.int(), counts: z.int(), more: z.boolean() }),
})

export const getMember = operation({
  id: 'members.getMember',
  method: 'GET',
  path: '/organisations/:organisationId/members/:memberId',
  summary: { zh: '一名党员', en: 'One member' },
  access: { may: 'read:member', within: 'organisationId', expect: branchReaders },
  params: idParams('organisationId', 'memberId'),
  returns: Member,
  fails: ['NOT_FOUND'],
})

export const putMember = operation({
  id: 'members.putMember',
  method: 'PUT',
  path: '/organisations/:organisationId/members/:memberId',
  summary: { zh: '登记或更新党员信息', en: 'Register or update a member' },
  access: {
    may: 'write:member',
    within: 'organisationId',
    expect: { COMMITTEE_ADMIN: ['own', 'child'], BRANCH_SECRETARY: ['own', 'child'] },
  },
  params: idParams('organisationId', 'memberId'),
  body: MemberInput,
  returns: Member,
  fails: [
    'NOT_FOUND',
    'KIND_NOT_APPLICABLE',
    'STALE_VERSION',
    'IDENTITY_NUMBER_INVALID',
    'IDENTITY_NUMBER_TAKEN',
    'DATES_DISAGREE',
    'ID_TAKEN',
  ],
})

export const revealIdentity = operation({
  id: 'members.revealIdentity',
  method: 'POST',
  path: '/organisations/:organisationId/members/:memberId/identity',
  summary: { zh: '查看完整身份证号和手机号（写明用途，留痕）', en: 'Reveal identity and phone number, with a purpose, on record' },
  access: {
    may: 'reveal:member',
    within: 'organisationId',
    purpose: true,
    expect: { ORG_DEPARTMENT: ['own', 'child'], COMMITTEE_ADMIN: ['own', 'child'], BRANCH_SECRETARY: ['own', 'child'] },
  },
  params: idParams('organisationId', 'memberId'),
  returns: z.object({ identityNumber: z.string(), phone: z.string().nullable() }),
  fails: ['NOT_FOUND', 'PURPOSE_NEEDED', 'TOO_MANY_ATTEMPTS'],
})

export const findMember = operation({
  id: 'members.findMember',
  method: 'POST',
  path: '/members/find',
  summary: { zh: '按完整身份证号或手机号精确查找', en: 'Find a member by exact identity or phone number' },
  access: {
    may: 'read:member',
    within: 'post',
    expect: { ORG_DEPARTMENT: ['own'], COMMITTEE_ADMIN: ['own'], BRANCH_SECRETARY: ['own'], RECORDER: ['own'] },
  },
  body: z.strictObject({ identityNumber: z.string().trim().length(18).optional(), phone: z.string().trim().length(11).optional() }),
  returns: z.object({ items: z.array(MemberRow) }),
  fails: ['IDENTITY_NUMBER_INVALID', 'TOO_MANY_ATTEMPTS'],
})

export const getMyMember = operation({
  id: 'members.getMyMember',
  method: 'GET',
  path: '/me/member',
  summary: { zh: '我的党员信息', en: 'My own member record' },
  access: { self: true },
  returns: Member.nullable(),
})
