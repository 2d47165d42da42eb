/** Which passes were taken back: a Token Status List (IETF draft-ietf-oauth-status-list) as CWT, two bits a pass, compressed with zlib. */
import { toBase64url } from './base64url.ts'
import { type Bytes, malformed, must, read, secondsOf, write } from './cbor.ts'
import { PassProblem } from './problem.ts'
import { signJws } from './jws.ts'
import { readSign1, sign1, type Signed, type Signer } from './sign1.ts'

/** Values of the draft's registry. 3 is left free and treated as SUSPENDED by who does not know it. */
export const status = { valid: 0, revoked: 1, suspended: 2 } as const

/** Entries of a list at most: 2.3 million passes take three, and a list that is opened never asks for more memory than this. */
export const mostStatuses = 2 ** 20

/** Seconds after which a verifier with a network looks for a newer list: often enough to hear of a lost phone on the same morning. */
const lookAgainSeconds = 4 * 3600

const typ = 'application/statuslist+cwt'
const typOfTwin = 'statuslist+jwt'
const claim = { subject: 2, expires: 4, issued: 6, list: 65_533, lookAgain: 65_534 } as const
const bits = 2
const perByte = 8 / bits

export interface StatusesContent {
  /** What passes name it by, for example `ygl:53:0`. */
  uri: string
  issuedAt: Date
  /** After this moment a verdict says how old the list is. */
  expiresAt: Date
  /** One status 0…3 for each index, at most 2²⁰. */
  statuses: Uint8Array
}

/** @throws RangeError for more than 2²⁰ entries or a status beyond 3 */
export async function signStatuses(list: StatusesContent, root: Signer): Promise<Uint8Array> {
  const claims = new Map<number, unknown>([
    [claim.subject, list.uri],
    [claim.issued, secondsOf(list.issuedAt)],
    [claim.expires, secondsOf(list.expiresAt)],
    [claim.lookAgain, lookAgainSeconds],
    [claim.list, { bits, lst: await deflate(pack(list.statuses)) }],
  ])
  return sign1(write(claims), root.privateKey, { kid: root.kid, typ })
}

/**
 * The same list as a JWT, for verifiers of the twin (`Accept: application/statuslist+jwt`): a third longer.
 * @throws RangeError for more than 2²⁰ entries or a status beyond 3
 */
export async function signStatusesTwin({ uri, issuedAt, expiresAt, statuses }: StatusesContent, root: Signer): Promise<string> {
  const payload = {
    sub: uri,
    iat: secondsOf(issuedAt),
    exp: secondsOf(expiresAt),
    ttl: lookAgainSeconds,
    status_list: { bits, lst: toBase64url(await deflate(pack(statuses))) },
  }
  return signJws({ alg: 'ES256', typ: typOfTwin, kid: root.kid }, payload, root.privateKey)
}

/** The first index in the lowest bits of the first byte, as the draft has it. */
function pack(statuses: Uint8Array): Bytes {
  if (statuses.length > mostStatuses) throw new RangeError(`a status list holds ${mostStatuses} entries`)
  const packed = new Uint8Array(Math.ceil(statuses.length / perByte))
  for (let index = 0; index < statuses.length; index += 1) {
    const value = statuses[index] ?? 0
    if (value > 3) throw new RangeError('a status is 0, 1, 2 or 3')
    const at = Math.floor(index / perByte)
    packed[at] = (packed[at] ?? 0) | (value << (bits * (index % perByte)))
  }
  return packed
}

export interface Statuses {
  uri: string
  issuedAt: Date
  expiresAt: Date
  /** The status at an index; undefined where the list has none. */
  at(index: number): number | undefined
}

/** Is this signed list one of statuses? */
export const isStatuses = (signed: Signed): boolean => signed.typ === typ

/** @throws PassProblem MALFORMED */
export async function readStatuses(bytes: Uint8Array): Promise<Statuses> {
  const claims = must.map(read(readSign1(bytes).payload), 'status list')
  const list = must.map(claims.get(claim.list), 'status_list')
  if (list.get('bits') !== bits) throw malformed('a status list of other than 2 bits')
  const packed = await inflate(must.bytes(list.get('lst'), 'lst'))
  return {
    uri: must.text(claims.get(claim.subject), 'sub'),
    issuedAt: must.time(claims.get(claim.issued), 'iat'),
    expiresAt: must.time(claims.get(claim.expires), 'exp'),
    at(index) {
      const byte = packed[Math.floor(index / perByte)]
      return byte === undefined ? undefined : (byte >> (bits * (index % perByte))) & 3
    },
  }
}

async function deflate(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer())
}

/** Stops at the size of a full list, so that a few bytes cannot swell to fill a phone. */
async function inflate(bytes: Bytes): Promise<Bytes> {
  const most = mostStatuses / perByte
  const whole = new Uint8Array(most)
  let length = 0
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (length + part.value.length > most) {
        await reader.cancel()
        throw malformed('a status list of more than 2²⁰ entries')
      }
      whole.set(part.value, length)
      length += part.value.length
    }
  } catch (error) {
    throw error instanceof PassProblem ? error : malformed('a status list that is not compressed with zlib')
  }
  return whole.slice(0, length)
}
