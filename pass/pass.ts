/** The pass itself: what it says, and what it must not say. No identity number, no phone number, no picture, no id of the member. */
import { type Bytes, type Claims, malformed, must, read, secondsOf, write } from './cbor.ts'
import { passText, presentationText, qrLevel } from './code.ts'
import { jwkOf, type Point, pointOf } from './keys.ts'
import { PassProblem } from './problem.ts'
import { proofBytes } from './proof.ts'
import { readSign1, sign1, type Signed, type Signer } from './sign1.ts'

export interface PassContent {
  /** UUID of this signed copy, another for each that is signed: never the id of the member. */
  copyId: string
  issuedAt: Date
  /** From this moment on it is no longer good. */
  expiresAt: Date
  /** The whole name; only `maskName` of it is signed. */
  name: string
  /** The short name of the home branch. What is too long for the code ends in `…`. */
  branch: string
  /** Where revocation is looked up: the list, for example `ygl:53:0`, and the place in it. */
  status: { uri: string; index: number }
  /** The public half of the key in the holder's phone; null for a copy on paper. */
  holder: JsonWebKey | null
}

/** Claims: RFC 8392, RFC 8747, Token Status List; below −65536 is private use. */
const claim = { expires: 4, issued: 6, copy: 7, confirmation: 8, status: 65_535, name: -65_537, branch: -65_538 } as const
const coseKey = 1
/** RFC 9053 §7.1: key type 2 is EC2, curve 1 is P-256. */
const ec2 = { type: 1, curve: -1, x: -2, y: -3 } as const
const [typeEc2, curveP256] = [2, 1]

const clusters = new Intl.Segmenter('zh', { granularity: 'grapheme' })
const charactersOf = (text: string): string[] => Array.from(clusters.segment(text.normalize('NFC').trim()), ({ segment }) => segment)

/** 王小明 → 王*明, 王明 → 王*, 阿卜杜拉·买买提 → 阿*提: first and last character; one star, however many stand between. */
export function maskName(name: string): string {
  const [first = '', ...rest] = charactersOf(name)
  return rest.length < 2 ? `${first}*` : `${first}*${rest.at(-1) ?? ''}`
}

function bytesOfId(id: string): Bytes {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) throw malformed('a copy is named by a UUID')
  return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function idOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function claimsOf({ copyId, issuedAt, expiresAt, name, status, holder }: PassContent, branch: string): Bytes {
  const claims = new Map<number, unknown>([
    [claim.expires, secondsOf(expiresAt)],
    [claim.issued, secondsOf(issuedAt)],
    [claim.copy, bytesOfId(copyId)],
    [claim.status, { status_list: { idx: must.number(status.index, 'index'), uri: status.uri } }],
    [claim.name, maskName(name)],
    [claim.branch, branch],
  ])
  if (holder !== null) claims.set(claim.confirmation, new Map([[coseKey, keyOf(pointOf(holder))]]))
  return write(claims)
}

const keyOf = ({ x, odd }: Point) =>
  new Map<number, unknown>([
    [ec2.type, typeEc2],
    [ec2.curve, curveP256],
    [ec2.x, x],
    [ec2.y, odd],
  ])

/** Around the claims stand tag, header with kid, and signature; the length of the claims takes up to three bytes of it. */
const bytesAround = 86

/** Does a code of version 13 hold it, by itself on paper or with a proof on a screen? */
function fits(claims: Bytes, bound: boolean): boolean {
  const pass = new Uint8Array(bytesAround + claims.length)
  try {
    return qrLevel(bound ? presentationText(pass, new Uint8Array(proofBytes)) : passText(pass)) === 'M' || bound
  } catch {
    return false
  }
}

/** The claims with as much of the branch's name as the code holds. @throws PassProblem TOO_LONG when it does not fit without any branch */
function fittingClaims(content: PassContent): Bytes {
  const bound = content.holder !== null
  const whole = charactersOf(content.branch)
  for (let kept = whole.length; kept >= 0; kept -= 1) {
    const branch = whole.slice(0, kept).join('') + (kept < whole.length ? '…' : '')
    const claims = claimsOf(content, branch)
    if (fits(claims, bound)) return claims
  }
  throw new PassProblem('TOO_LONG', '姓名和名单地址太长，二维码放不下 / name and status list address do not fit a QR code of version 13')
}

/**
 * Signs a pass: a CWT in a COSE_Sign1 (tag 18), ES256.
 * @throws PassProblem TOO_LONG · MALFORMED when a copy id is no UUID, a kid not 8 bytes, the holder's key no public key on P-256
 */
export async function signPass(content: PassContent, issuer: Signer): Promise<Uint8Array> {
  if (content.expiresAt <= content.issuedAt) throw new RangeError('a pass ends after it was issued')
  return sign1(fittingClaims(content), issuer.privateKey, { kid: issuer.kid })
}

/** A pass as it was read, before anything was checked. */
export interface ReadPass {
  kid: string
  signed: Signed
  copyId: string
  issuedAt: Date
  expiresAt: Date
  /** Masked. */
  name: string
  branch: string
  status: { uri: string; index: number }
  holder: Point | null
}

/** @throws PassProblem MALFORMED */
export function readPass(bytes: Uint8Array): ReadPass {
  const signed = readSign1(bytes)
  if (signed.kid === null || signed.typ !== null) throw malformed('signed, but no pass')
  const claims = must.map(read(signed.payload), 'claims')
  must.only(claims, Object.values(claim), 'the pass')
  const list = must.map(must.map(claims.get(claim.status), 'status').get('status_list'), 'status_list')
  return {
    kid: signed.kid,
    signed,
    copyId: idOf(must.bytes(claims.get(claim.copy), 'cti', 16)),
    issuedAt: must.time(claims.get(claim.issued), 'iat'),
    expiresAt: must.time(claims.get(claim.expires), 'exp'),
    name: must.text(claims.get(claim.name), 'name'),
    branch: must.text(claims.get(claim.branch), 'branch'),
    status: { uri: must.text(list.get('uri'), 'uri'), index: must.number(list.get('idx'), 'idx') },
    holder: claims.has(claim.confirmation) ? holderOf(must.map(claims.get(claim.confirmation), 'cnf')) : null,
  }
}

function holderOf(confirmation: Claims): Point {
  const key = must.map(confirmation.get(coseKey), 'COSE_Key')
  const odd = key.get(ec2.y)
  if (key.get(ec2.type) !== typeEc2 || key.get(ec2.curve) !== curveP256 || typeof odd !== 'boolean')
    throw malformed('the holder’s key is not a compressed point of P-256')
  return { x: must.bytes(key.get(ec2.x), 'x', 32), odd }
}

/** What a pass says, for its holder's own screen; nothing is checked. @throws PassProblem MALFORMED */
export function contentOf(pass: Uint8Array) {
  const { copyId, issuedAt, expiresAt, name, branch, status, holder, kid } = readPass(pass)
  return { kid, copyId, issuedAt, expiresAt, name, branch, status, holder: holder === null ? null : jwkOf(holder) }
}
