/** Base45 (RFC 9285): bytes in the letters of a QR code's alphanumeric mode. Kept here because the package of that name needs Node's Buffer. */
import { PassProblem } from './problem.ts'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const digits = new Map(Array.from(letters, (letter, digit) => [letter, digit]))

/** Three letters for each two bytes, two for a last one. */
export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length
    let rest = pair ? (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0) : (bytes[i] ?? 0)
    for (let left = pair ? 3 : 2; left > 0; left -= 1) {
      text += letters[rest % 45] ?? ''
      rest = Math.floor(rest / 45)
    }
  }
  return text
}

/** @throws PassProblem MALFORMED for a text that no bytes are written as */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 3 === 1) throw new PassProblem('MALFORMED', 'base45 of a length that cannot be')
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0))
  let at = 0
  for (let i = 0; i < text.length; i += 3) {
    const group = text.slice(i, i + 3)
    let value = 0
    for (let n = group.length - 1; n >= 0; n -= 1) {
      const digit = digits.get(group[n] ?? '')
      if (digit === undefined) throw new PassProblem('MALFORMED', 'a letter that is not of base45')
      value = value * 45 + digit
    }
    if (value >= (group.length === 3 ? 65_536 : 256)) throw new PassProblem('MALFORMED', 'a base45 group beyond its bytes')
    if (group.length === 3) bytes[at++] = value >> 8
    bytes[at++] = value & 255
  }
  return bytes
}
