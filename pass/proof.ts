/** The holder's proof: the phone a pass was made for signs, now, that it shows this very pass. */
import { type Bytes, must, read, secondsOf, write } from './cbor.ts'
import { presentationText } from './code.ts'
import { type Signed, isSignedBy, readSign1, sign1 } from './sign1.ts'

/**
 * Seconds a proof is good for. Long enough to walk up to a table and be scanned at the second attempt with phones whose clocks differ by some
 * seconds; too short to send a screenshot to somebody who then opens it at another door. The phone makes a new one every 10 seconds or so.
 */
export const proofSeconds = 30

/** A proof is always as long as this until 2106: header, time in four bytes, signature. */
export const proofBytes = 81

const issued = 6

/** What is signed along: that it is a presentation of this format, and the pass byte by byte. */
const contextOf = (pass: Uint8Array): Bytes => {
  const mark = new TextEncoder().encode('YGL2:')
  const context = new Uint8Array(mark.length + pass.length)
  context.set(mark)
  context.set(pass, mark.length)
  return context
}

/**
 * A pass as the holder's phone shows it at a moment: `YGL2:…`, good for `proofSeconds`.
 * @param holderKey the private half of the key the pass was signed for; may stay in the browser, not extractable
 */
export async function present(pass: Uint8Array, holderKey: CryptoKey, at: Date): Promise<string> {
  const payload = write(new Map([[issued, secondsOf(at)]]))
  const proof = await sign1(payload, holderKey, { context: contextOf(pass) })
  return presentationText(new Uint8Array(pass), proof)
}

export interface Proof {
  signed: Signed
  at: Date
}

/** @throws PassProblem MALFORMED */
export function readProof(bytes: Uint8Array): Proof {
  const signed = readSign1(bytes)
  const claims = must.map(read(signed.payload), 'proof')
  must.only(claims, [issued], 'the proof')
  return { signed, at: must.time(claims.get(issued), 'time of the proof') }
}

export const proves = (proof: Proof, pass: Uint8Array, holder: CryptoKey): Promise<boolean> =>
  isSignedBy(proof.signed, holder, contextOf(pass))
