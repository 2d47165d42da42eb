/** Keys on P-256: JWK at the door, compressed points in the bytes, CryptoKeys where something is signed or checked. */
import { type Bytes, malformed } from './cbor.ts'
import { fromBase64url, toBase64url } from './base64url.ts'

export const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const signing = { name: 'ECDSA', hash: 'SHA-256' } as const
export const kidBytes = 8

/** x of a point, and which of the two y. */
export interface Point {
  x: Bytes
  odd: boolean
}

// SEC 2, secp256r1: y² = x³ − 3x + b over p, and p ≡ 3 (mod 4), so a root is the (p + 1) / 4-th power.
const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn
const rootExponent = Array.from(((p + 1n) / 4n).toString(2))
const coordinateBytes = 32

function numberOf(bytes: Uint8Array): bigint {
  let hex = '0x'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}

function bytesOf(number: bigint): Bytes {
  const hex = number.toString(16).padStart(2 * coordinateBytes, '0')
  return Uint8Array.from({ length: coordinateBytes }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

/** Web Crypto takes no compressed points everywhere, so y is worked out here. @throws PassProblem MALFORMED when no such point is on the curve */
export function uncompressed({ x, odd }: Point): Bytes {
  const abscissa = numberOf(x)
  const square = (((abscissa * abscissa * abscissa - 3n * abscissa + b) % p) + p) % p
  let root = 1n
  for (const bit of rootExponent) {
    root = (root * root) % p
    if (bit === '1') root = (root * square) % p
  }
  if (x.length !== coordinateBytes || abscissa >= p || (root * root) % p !== square) throw malformed('no point of P-256')
  const y = (root & 1n) === (odd ? 1n : 0n) ? root : p - root
  const point = new Uint8Array(1 + 2 * coordinateBytes)
  point[0] = 4
  point.set(x, 1)
  point.set(bytesOf(y), 1 + coordinateBytes)
  return point
}

/** @throws PassProblem MALFORMED when it is no public key on P-256 */
export function pointOf({ kty, crv, x, y }: JsonWebKey): Point {
  const [abscissa, ordinate] = [fromBase64url(x ?? ''), fromBase64url(y ?? '')]
  if (kty !== 'EC' || crv !== 'P-256' || abscissa?.length !== coordinateBytes || ordinate?.length !== coordinateBytes)
    throw malformed('not a public key on P-256 as JWK')
  const point = { x: abscissa, odd: ((ordinate.at(-1) ?? 0) & 1) === 1 }
  if (
    uncompressed(point)
      .subarray(1 + coordinateBytes)
      .some((byte, i) => byte !== ordinate[i])
  )
    throw malformed('no point of P-256')
  return point
}

/** A point as SEC 1 compresses it: 33 bytes, the first 2 or 3. */
export function compressed({ x, odd }: Point): Bytes {
  const bytes = new Uint8Array(1 + coordinateBytes)
  bytes[0] = odd ? 3 : 2
  bytes.set(x, 1)
  return bytes
}

/** @throws PassProblem MALFORMED */
export function pointFrom(bytes: Bytes): Point {
  if (bytes.length !== 1 + coordinateBytes || (bytes[0] !== 2 && bytes[0] !== 3)) throw malformed('not a compressed point of P-256')
  return { x: bytes.slice(1), odd: bytes[0] === 3 }
}

export function jwkOf(point: Point): JsonWebKey {
  const whole = uncompressed(point)
  return {
    kty: 'EC',
    crv: 'P-256',
    x: toBase64url(whole.subarray(1, 1 + coordinateBytes)),
    y: toBase64url(whole.subarray(1 + coordinateBytes)),
  }
}

/** @throws PassProblem MALFORMED when the point is not on the curve */
export async function verifyingKey(point: Point): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', uncompressed(point), algorithm, true, ['verify'])
}

/**
 * The name of a key: the first 8 bytes of its JWK thumbprint (RFC 7638, SHA-256), as base64url. Two keys with the same name are as good as
 * impossible among thousands of issuers, and a name decides nothing: the signature does.
 * @throws PassProblem MALFORMED when it is no public key on P-256
 */
export async function kidOf(publicKey: JsonWebKey): Promise<string> {
  const { crv, kty, x, y } = jwkOf(pointOf(publicKey))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ crv, kty, x, y })))
  return toBase64url(new Uint8Array(digest).subarray(0, kidBytes))
}

/** The 8 bytes of a name. @throws PassProblem MALFORMED */
export function kidFrom(kid: string): Bytes {
  const bytes = fromBase64url(kid)
  if (bytes?.length !== kidBytes) throw malformed('a kid is 8 bytes as base64url')
  return bytes
}
