/** Bytes as texts and back, and the check that finds a misread one. */
import { fromBase45 as read45 } from '#pass'

/** @returns undefined for a text that is not base45 (RFC 9285) */
export function fromBase45(text: string): Uint8Array | undefined {
  try {
    return read45(text)
  } catch {
    return undefined
  }
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1
  return value
})

/** CRC-32 (ISO-HDLC), 0 to 2³² − 1: finds every misread of up to 32 bits in a row. Against mistakes only; forging is the signature's matter. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xff_ff_ff_ff
  for (const byte of bytes) value = (value >>> 8) ^ (remainders[(value ^ byte) & 255] ?? 0)
  return (value ^ 0xff_ff_ff_ff) >>> 0
}
