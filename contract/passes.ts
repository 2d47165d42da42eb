/** 流动党员电子活动证: issued by the home committee, bound to a phone or printed, checked at the door without a network (domain.md §3.2). */
import { z } from 'zod'
import { floatingReaders, floatingWriters, Registration } from './floating.ts'
import { gatheringWriters, Sentence } from './meetings.ts'
import { operation } from './operation.ts'
import { EcKey } from './packages.ts'
import { County, Day, Id, idParams, line, Moment, page, PageQuery, text } from './words.ts'

const committees = { COMMITTEE_ADMIN: ['own', 'child'] } as const
const registrationParams = idParams('organisationId', 'registrationId')

/** Issues the pass, or a new one before the old one ends; the member has at most one that is good. */
export const issuePass = operation({
  id: 'floating.issuePass',
  method: 'PUT',
  path: '/organisations/:organisationId/floating/:registrationId/passes/:passId',
  summary: { zh: '发放活动证（流出地基层党委）', en: 'Issue the pass, by the home committee' },
  access: { may: 'issue:pass', within: 'organisationId', expect: committees },
  params: idParams('organisationId', 'registrationId', 'passId'),
  body: z.strictObject({ issuedOn: Day }),
  returns: Registration,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN', 'ISSUER_KEY_NEEDED', 'DATES_DISAGREE'],
})

export const setPassState = operation({
  id: 'floating.setPassState',
  method: 'PUT',
  path: '/organisations/:organisationId/floating/:registrationId/passes/:passId/state',
  summary: { zh: '暂停、恢复或收回活动证', en: 'Suspend, resume or revoke the pass' },
  access: { may: 'issue:pass', within: 'organisationId', expect: committees },
  params: idParams('organisationId', 'registrationId', 'passId'),
  body: z.strictObject({ state: z.enum(['ACTIVE', 'SUSPENDED', 'REVOKED']), reason: line(200) }),
  returns: Registration,
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

/** One signed copy of a pass. Its bytes hold a masked name and the branch's name and nothing else about a person. */
export const PassCopy = z.object({
  id: Id,
  passId: Id,
  kind: z.enum(['PHONE', 'PAPER']),
  /** `YGL1:…`, to be shown as a QR code. */
  text: z.string(),
  /** The same as an SD-JWT VC, for other software. */
  twin: z.string(),
  validUntil: Day,
})

/** Binds the pass to this phone by a key that never leaves it; the copy on the phone before ends. */
export const bindPass = operation({
  id: 'floating.bindPass',
  method: 'PUT',
  path: '/me/pass-copies/:copyId',
  summary: { zh: '把活动证装进本机', en: 'Put my pass on this phone' },
  access: { self: true },
  params: idParams('copyId'),
  body: EcKey,
  returns: PassCopy,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN', 'KEY_MALFORMED'],
})

/** The issuers' keys and what was revoked, signed: what a verifier keeps. Answers with the bytes (docs/pass). */
export const getPassTrust = operation({
  id: 'floating.getPassTrust',
  method: 'GET',
  path: '/pass/trust',
  root: true,
  summary: { zh: '核验活动证要用的名单：发证机关公钥和吊销名单', en: 'What a verifier keeps: issuers and what was revoked' },
  access: { public: true },
  returns: z.unknown(),
})

/** The status list of a county as JWT, for verifiers of the SD-JWT VC twin (IETF Token Status List). Answers with the text. */
export const getPassStatuses = operation({
  id: 'floating.getPassStatuses',
  method: 'GET',
  path: '/pass/statuses/:county/:list',
  root: true,
  summary: { zh: '一个县的吊销名单（JWT，供其他软件）', en: "A county's status list as JWT, for other software" },
  access: { public: true },
  params: z.strictObject({ county: County, list: z.coerce.number().int().min(0).max(9999) }),
  returns: z.unknown(),
  fails: ['NOT_FOUND'],
})

/** Keys of issuers as JWT VC issuer metadata (SD-JWT VC §5): one issuer for the platform, every certified key that was not withdrawn. */
export const getPassIssuer = operation({
  id: 'floating.getPassIssuer',
  method: 'GET',
  path: '/.well-known/jwt-vc-issuer',
  root: true,
  summary: { zh: '发证密钥公钥（供其他软件核验 SD-JWT VC）', en: 'Public keys of issuers, for verifiers of SD-JWT VC' },
  access: { public: true },
  returns: z.object({
    issuer: z.string(),
    jwks: z.object({
      keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), kid: z.string(), alg: z.string() })),
    }),
  }),
})

/** Another province whose signature counts: its passes are good here, and what its hosts recorded is taken in. */
export const Partner = z.object({ kid: z.string(), name: z.string(), areaCode: z.string(), since: Day })

export const putPartner = operation({
  id: 'floating.putPartner',
  method: 'PUT',
  path: '/organisations/:organisationId/partners/:kid',
  summary: { zh: '登记互认的省份（根公钥）', en: 'Register a province whose signature counts' },
  access: { may: 'certify:issuer', within: 'organisationId', expect: { ORG_DEPARTMENT: ['own', 'child'] } },
  params: z.strictObject({ organisationId: Id, kid: z.string().max(64) }),
  body: z.strictObject({
    name: line(40),
    areaCode: z.string().regex(/^\d{2}$/, '需要两位省级区划代码 / must be the two digits of a province'),
    key: EcKey,
    since: Day,
  }),
  returns: z.object({ items: z.array(Partner) }),
  fails: ['KIND_NOT_APPLICABLE', 'ID_TAKEN', 'KEY_MALFORMED'],
})

export const IssuerKey = z.object({
  kid: z.string(),
  organisationId: Id,
  organisationName: z.string(),
  validFrom: Day,
  validUntil: Day,
  withdrawnAt: Moment.nullable(),
  reason: z.string(),
  /** Good passes it has signed. */
  passes: z.int(),
})

export const listIssuerKeys = operation({
  id: 'floating.listIssuerKeys',
  method: 'GET',
  path: '/organisations/:organisationId/issuer-keys',
  summary: { zh: '发证密钥', en: 'Keys that sign passes' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: idParams('organisationId'),
  returns: z.object({ items: z.array(IssuerKey) }),
})

/** A new key signs from now on; what the one before signed stays good until it ends. */
export const rotateIssuerKey = operation({
  id: 'floating.rotateIssuerKey',
  method: 'PUT',
  path: '/organisations/:organisationId/issuer-keys/:keyId',
  summary: { zh: '启用或轮换发证密钥（省级认证）', en: 'Open or rotate the key that signs passes' },
  access: { may: 'certify:issuer', within: 'organisationId', expect: { ORG_DEPARTMENT: ['own', 'child'] } },
  params: idParams('organisationId', 'keyId'),
  returns: z.object({ items: z.array(IssuerKey) }),
  fails: ['ID_TAKEN', 'KIND_NOT_APPLICABLE'],
})

/**
 * What a key signed from a moment on is refused, and no other committee's passes are touched. For a key that got out that moment is the beginning of
 * its time, since a thief writes any date, and this committee's passes are issued anew; for a committee that ends it is the day it ends.
 */
export const withdrawIssuerKey = operation({
  id: 'floating.withdrawIssuerKey',
  method: 'POST',
  path: '/organisations/:organisationId/issuer-key-withdrawals',
  summary: { zh: '撤销泄露的发证密钥', en: 'Withdraw an issuer key that got out' },
  access: { may: 'certify:issuer', within: 'organisationId', expect: { ORG_DEPARTMENT: ['own', 'child'] } },
  params: idParams('organisationId'),
  body: z.strictObject({ kid: z.string().max(20), since: Moment, reason: line(200) }),
  returns: z.object({ items: z.array(IssuerKey) }),
  fails: ['NOT_FOUND', 'DATES_DISAGREE'],
})

/** What was shown at the door and what was decided there. Nobody is turned away by a machine: the host may admit and note. */
export const DoorCheck = z.object({
  id: Id,
  at: Moment,
  receivedAt: Moment,
  outcome: z.string(),
  sentence: Sentence,
  /** Masked, as the pass says it. */
  name: z.string(),
  branch: z.string(),
  admitted: z.boolean(),
  note: z.string(),
  byName: z.string(),
  /** The same pass was shown at another place at nearly the same time; for a talk, not an accusation. */
  elsewhere: z.boolean(),
})

export const putDoorCheck = operation({
  id: 'floating.putDoorCheck',
  method: 'PUT',
  path: '/organisations/:organisationId/gatherings/:gatheringId/door-checks/:checkId',
  summary: { zh: '门口核验活动证，放行的记为参加', en: 'Check a pass at the door; whoever is admitted takes part' },
  offline: true,
  access: { may: 'write:gathering', within: 'organisationId', expect: gatheringWriters },
  params: idParams('organisationId', 'gatheringId', 'checkId'),
  body: z.strictObject({ presented: z.string().min(1).max(1200), deviceAt: Moment, admitted: z.boolean(), note: text(200).default('') }),
  returns: DoorCheck,
  fails: ['NOT_FOUND', 'WRONG_STATE', 'ID_TAKEN'],
})

export const listDoorChecks = operation({
  id: 'floating.listDoorChecks',
  method: 'GET',
  path: '/organisations/:organisationId/door-checks',
  summary: { zh: '门口核验记录', en: 'Checks at the door' },
  access: { may: 'read:floating', within: 'organisationId', expect: floatingReaders },
  params: idParams('organisationId'),
  query: PageQuery.extend({ gatheringId: Id.optional() }),
  returns: page(DoorCheck),
})

/** For hosts outside the province: what they need to know of a guest, signed. */
export const getExchangeFile = operation({
  id: 'floating.getExchangeFile',
  method: 'GET',
  path: '/organisations/:organisationId/floating/:registrationId/exchange-file',
  summary: { zh: '给省外流入地的介绍文件（签名）', en: 'The signed file for a host outside the province' },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: registrationParams,
  returns: z.unknown(),
  fails: ['NOT_FOUND', 'WRONG_STATE'],
})

/** What a host outside the province recorded, signed by it; the same file twice counts once. */
export const importExchange = operation({
  id: 'floating.importExchange',
  method: 'POST',
  path: '/organisations/:organisationId/exchange-files',
  summary: { zh: '导入省外的参加记录', en: 'Import what a host outside the province recorded' },
  access: { may: 'write:floating', within: 'organisationId', expect: floatingWriters },
  params: idParams('organisationId'),
  body: z.strictObject({ file: z.string().min(1).max(900_000) }),
  returns: z.object({ from: z.string(), added: z.int(), repeated: z.int(), left: z.array(z.object({ why: Sentence, n: z.int() })) }),
  fails: ['EXCHANGE_DAMAGED', 'EXCHANGE_UNKNOWN', 'EXCHANGE_CONTENT'],
})
