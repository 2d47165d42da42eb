/**
 * Hand-over without a network: what a person did, signed by their device and sealed to the platform, carried by anybody to where there is
 * a network. JSON → DEFLATE → JWS (ES256, RFC 7515) → JWE (ECDH-ES+A256KW, A256GCM, `zip: DEF`, RFC 7516), compact.
 */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Act } from './sync.ts'
import { Id, idParams, Moment } from './words.ts'

/** 32 bytes of a coordinate on P-256. */
const Coordinate = z.string().regex(/^[\w-]{43}$/, '需要 43 个字符的 base64url 坐标 / must be a base64url coordinate of 43 characters')
/** A public key on P-256 (RFC 7517). */
export const EcKey = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Coordinate, y: Coordinate })
/** With its thumbprint (RFC 7638). */
const NamedKey = z.object({ ...EcKey.shape, kid: z.string() })

/** `typ` of the signature and of the receipt, so that one can never be taken for the other. */
export const packageType = 'yigongli-package+jws'
export const receiptType = 'yigongli-receipt+jws'

/** Acts in one package at most; the rest goes into the next. */
export const mostActs = 200

/** What is signed. The device's clock made `madeAt`; it orders packages for people and decides nothing. */
export const PackageContent = z.strictObject({
  packageId: Id,
  accountId: Id,
  madeAt: Moment,
  acts: z
    .array(Act.extend({ id: Id }))
    .min(1)
    .max(mostActs),
})

/** What a receipt says, signed by the platform: which acts have arrived. Nothing of what they were, since the carrier sees it. */
export const ReceiptContent = z.object({
  packageId: Id,
  receivedAt: Moment,
  /** Ids of the acts that are on record, or whose refusal is. */
  actIds: z.array(Id),
})

export const getPackageKeys = operation({
  id: 'packages.getPackageKeys',
  method: 'GET',
  path: '/package-keys',
  summary: { zh: '交接包用的平台公钥', en: 'Public keys for packages carried by hand' },
  access: { self: true },
  /** `seal` is sealed to; a receipt signed by any of `receipts` counts. */
  returns: z.object({ seal: NamedKey, receipts: z.array(NamedKey) }),
})

/** The key stays in the device and cannot be taken out; it counts as long as this session does. */
export const putDeviceKey = operation({
  id: 'packages.putDeviceKey',
  method: 'PUT',
  path: '/me/device-key',
  summary: { zh: '登记本机的签名公钥', en: "Register this device's public signing key" },
  access: { self: true },
  body: EcKey,
  returns: z.object({ keyId: z.string(), sessionId: Id }),
  fails: ['KEY_MALFORMED'],
})

export const Delivered = z.object({
  packageId: Id,
  receivedAt: Moment,
  acts: z.int(),
  /** It had been delivered before, by whomever; nothing was done now. */
  repeated: z.boolean(),
  /** A compact JWS over ReceiptContent, for the author's phone. */
  receipt: z.string(),
})

/** Anybody may carry one. What it holds is done in the name of its author; who carries it learns how many acts there were. */
export const putPackage = operation({
  id: 'packages.putPackage',
  method: 'PUT',
  path: '/packages/:packageId',
  summary: { zh: '送达交接包', en: 'Deliver a package carried by hand' },
  access: { self: true },
  params: idParams('packageId'),
  body: z.strictObject({
    sealed: z
      .string()
      .max(700_000, '包裹太大，请分成几个 / too large; make several packages')
      .regex(/^[\w-]+(\.[\w-]*){4}$/, '这不是一公里的交接包 / this is not a package of this platform'),
  }),
  returns: Delivered,
  fails: ['PACKAGE_FOR_ANOTHER', 'PACKAGE_DAMAGED', 'PACKAGE_KEY_UNKNOWN', 'PACKAGE_SESSION_ENDED', 'PACKAGE_CONTENT', 'ID_TAKEN'],
})
