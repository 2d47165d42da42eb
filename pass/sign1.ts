/** COSE_Sign1 (RFC 9052 §4.2) with ES256, the one signature of passes, proofs and lists. */
import { type Bytes, malformed, must, read, readTagged, tagged, write } from './cbor.ts'
import { kidBytes, kidFrom, signing } from './keys.ts'
import { toBase64url } from './base64url.ts'

/** Header parameters, RFC 9052 §3.1 and RFC 9596. */
const header = { algorithm: 1, kid: 4, typ: 16 } as const
const es256 = -7
const signatureBytes = 64
const nothing = new Uint8Array()

/** Who signs: the key, and the name others find its public half by. */
export interface Signer {
  /** base64url of 8 bytes, see `kidOf`. */
  kid: string
  /** ECDSA on P-256, may sign. */
  privateKey: CryptoKey
}

export interface Signed {
  /** As base64url; null where the key is known from elsewhere. */
  kid: string | null
  /** What it is, for everything but passes and proofs; null there. */
  typ: string | null
  payload: Bytes
  /** The protected header as it was signed. */
  head: Bytes
  signature: Bytes
}

const toBeSigned = (head: Bytes, context: Bytes, payload: Bytes): Bytes => write(['Signature1', head, context, payload])

interface How {
  kid?: string
  typ?: string
  /** external_aad: what is signed along without being sent. */
  context?: Bytes
}

/** Signs; the result carries tag 18. */
export async function sign1(payload: Bytes, privateKey: CryptoKey, { kid, typ, context = nothing }: How): Promise<Bytes> {
  const parameters = new Map<number, unknown>([[header.algorithm, es256]])
  if (kid !== undefined) parameters.set(header.kid, kidFrom(kid))
  if (typ !== undefined) parameters.set(header.typ, typ)
  const head = write(parameters)
  const signature = await crypto.subtle.sign(signing, privateKey, toBeSigned(head, context, payload))
  return tagged([head, new Map(), payload, new Uint8Array(signature)])
}

/** Takes it apart and checks nothing yet. @throws PassProblem MALFORMED, also for headers this format does not have */
export function readSign1(bytes: Uint8Array): Signed {
  const parts = must.list(readTagged(bytes), 'COSE_Sign1')
  if (parts.length !== 4) throw malformed('a COSE_Sign1 has four parts')
  const head = must.bytes(parts[0], 'protected header')
  const parameters = must.map(read(head), 'protected header')
  must.only(parameters, Object.values(header), 'protected header')
  if (parameters.get(header.algorithm) !== es256) throw malformed('signed with another algorithm than ES256')
  if (must.map(parts[1], 'unprotected header').size > 0) throw malformed('an unprotected header says something nobody signed')
  const [kid, typ] = [parameters.get(header.kid), parameters.get(header.typ)]
  return {
    kid: kid === undefined ? null : toBase64url(must.bytes(kid, 'kid', kidBytes)),
    typ: typ === undefined ? null : must.text(typ, 'typ'),
    payload: must.bytes(parts[2], 'payload'),
    head,
    signature: must.bytes(parts[3], 'signature', signatureBytes),
  }
}

/** Was this signed with the private half of this key, unchanged since? */
export async function isSignedBy({ head, payload, signature }: Signed, publicKey: CryptoKey, context: Bytes = nothing): Promise<boolean> {
  return crypto.subtle.verify(signing, publicKey, signature, toBeSigned(head, context, payload))
}
