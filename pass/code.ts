/** A pass and a presentation as the text of a QR code. */
import { type Bytes, malformed, must, read, write } from './cbor.ts'
import { fromBase45, toBase45 } from './base45.ts'
import { PassProblem } from './problem.ts'

/** The pass alone: on paper, and in the phone's store. */
export const markOfPass = 'YGL1:'
/** The pass with the proof that the phone it was made for shows it now. */
export const markOfPresentation = 'YGL2:'

/**
 * Letters in the alphanumeric mode (ISO/IEC 18004, table 7) of a code of version 13: 69 modules, the most that a slow phone reads from another
 * phone's screen, and on paper at 35 mm. M mends 15 % of a code, L 7 %; a screen has no creases.
 */
const lettersOfVersion13 = { M: 483, L: 619 } as const

export type QrLevel = keyof typeof lettersOfVersion13

/**
 * The error correction with which a text fits a QR code of version 13: M where it can be, otherwise L.
 * @throws PassProblem TOO_LONG
 */
export function qrLevel(text: string): QrLevel {
  if (text.length <= lettersOfVersion13.M) return 'M'
  if (text.length <= lettersOfVersion13.L) return 'L'
  throw new PassProblem('TOO_LONG', `${text.length} letters are more than a QR code of version 13 holds`)
}

/** `YGL1:…`: what a paper copy shows. Of a pass bound to a phone it proves nothing by itself: see `present`. */
export const passText = (pass: Uint8Array): string => markOfPass + toBase45(pass)

export const presentationText = (pass: Bytes, proof: Bytes): string => markOfPresentation + toBase45(write([pass, proof]))

/** The most that any QR code holds; a longer text was pasted and is nothing of ours. */
const mostLetters = 4296

interface Code {
  pass: Bytes
  proof: Bytes | null
}

/** @returns undefined for a code of something else. @throws PassProblem MALFORMED for one of ours that cannot be read */
export function readCode(text: string): Code | undefined {
  // No letter of base45 is lost by this: a scanner that types with the shift lock on is read too, and no group ends in a space.
  if (text.length > mostLetters) return undefined
  const code = text.trim().toUpperCase()
  if (code.startsWith(markOfPass)) return { pass: fromBase45(code.slice(markOfPass.length)), proof: null }
  if (!code.startsWith(markOfPresentation)) return undefined
  const parts = must.list(read(fromBase45(code.slice(markOfPresentation.length))), 'presentation')
  if (parts.length !== 2) throw malformed('a presentation has two parts')
  return { pass: must.bytes(parts[0], 'pass'), proof: must.bytes(parts[1], 'proof') }
}
