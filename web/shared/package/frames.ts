/**
 * A package, or the receipt for one, as a series of QR codes. Each frame says by itself what it belongs to, so they may be read in any
 * order, some twice, and some again later:
 *
 *     'YGL:' + base45( version 1 · kind 1 · package id 16 · CRC-32 of the whole 4 · number 2 · total 2 · part of the whole · CRC-32 of the frame 4 )
 */
import { fromBase64url, toBase45, toBase64url } from '#pass'
import { crc32, fromBase45 } from './bytes.ts'

export type Kind = 'PACKAGE' | 'RECEIPT'
const kinds: readonly Kind[] = ['PACKAGE', 'RECEIPT']

const mark = 'YGL:'
const version = 1
const headBytes = 26
const checkBytes = 4
/** With head, check and error correction M this is a code of version 12, 65 modules: a slow phone reads it from another phone's screen. */
const partBytes = 240
/** Beyond this nobody holds two phones still; a file takes any size. */
export const mostFrames = 80

/** A text of JOSE (`a.b.c`) as bytes, without the third that base64url adds: length and bytes of each part. */
function pack(compact: string): Uint8Array {
  const parts = compact.split('.').map((part) => fromBase64url(part))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 4 + (part?.length ?? 0), 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const part of parts) {
    if (part === undefined) throw new Error('not a compact serialisation')
    view.setUint32(at, part.length)
    bytes.set(part, at + 4)
    at += 4 + part.length
  }
  return bytes
}

function unpack(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const parts: string[] = []
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = view.getUint32(at)
    parts.push(toBase64url(bytes.subarray(at + 4, at + 4 + length)))
    at += 4 + length
  }
  return parts.join('.')
}

function idBytes(id: string): Uint8Array {
  return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function idOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * The texts of the codes to show, in order; each fits the alphanumeric mode.
 * @param compact the sealed package or the signed receipt, as JOSE writes it
 * @returns more than `mostFrames` when it is too large to be shown
 */
export function cut(kind: Kind, packageId: string, compact: string): string[] {
  const whole = pack(compact)
  const total = Math.ceil(whole.length / partBytes)
  return Array.from({ length: total }, (_, number) => {
    const part = whole.subarray(number * partBytes, (number + 1) * partBytes)
    const frame = new Uint8Array(headBytes + part.length + checkBytes)
    const view = new DataView(frame.buffer)
    frame[0] = version
    frame[1] = kinds.indexOf(kind)
    frame.set(idBytes(packageId), 2)
    view.setUint32(18, crc32(whole))
    view.setUint16(22, number)
    view.setUint16(24, total)
    frame.set(part, headBytes)
    view.setUint32(headBytes + part.length, crc32(frame.subarray(0, headBytes + part.length)))
    return mark + toBase45(frame)
  })
}

interface Frame {
  kind: Kind
  packageId: string
  /** CRC-32 of the whole. */
  whole: number
  /** From 0. */
  number: number
  total: number
  part: Uint8Array
}

/** Why a code is not taken. `FOREIGN` another system's · `NEWER` of a later version of this app · `DAMAGED` misread or altered. */
export type Refused = 'FOREIGN' | 'NEWER' | 'DAMAGED'

function read(text: string): Frame | Refused {
  if (!text.startsWith(mark)) return 'FOREIGN'
  const bytes = fromBase45(text.slice(mark.length))
  if (bytes === undefined || bytes.length <= headBytes + checkBytes) return 'DAMAGED'
  const view = new DataView(bytes.buffer)
  const end = bytes.length - checkBytes
  if (crc32(bytes.subarray(0, end)) !== view.getUint32(end)) return 'DAMAGED'
  const kind = kinds[bytes[1] ?? -1]
  if (bytes[0] !== version || kind === undefined) return 'NEWER'
  const [number, total] = [view.getUint16(22), view.getUint16(24)]
  if (number >= total) return 'DAMAGED'
  return { kind, packageId: idOf(bytes.subarray(2, 18)), whole: view.getUint32(18), number, total, part: bytes.slice(headBytes, end) }
}

/** What a code that was read meant. `NEW` taken · `AGAIN` known already, nothing changes · `OTHER` of another package than the one begun. */
export type Taken = 'NEW' | 'AGAIN' | 'OTHER' | Refused

/** A package as it comes together from its codes. */
export class Series {
  #first: Frame | undefined
  readonly #parts = new Map<number, Uint8Array>()

  /** Takes what the camera read. A refused code changes nothing. */
  take(text: string): Taken {
    const frame = read(text)
    if (typeof frame === 'string') return frame
    this.#first ??= frame
    const { kind, packageId, whole, total } = this.#first
    if (frame.kind !== kind || frame.packageId !== packageId || frame.whole !== whole || frame.total !== total) return 'OTHER'
    if (this.#parts.has(frame.number)) return 'AGAIN'
    this.#parts.set(frame.number, frame.part)
    return 'NEW'
  }

  get kind(): Kind | undefined {
    return this.#first?.kind
  }

  get packageId(): string | undefined {
    return this.#first?.packageId
  }

  get have(): number {
    return this.#parts.size
  }

  /** 0 until the first code was read. */
  get total(): number {
    return this.#first?.total ?? 0
  }

  /** Numbers of the codes still to be read, from 1, as they stand under the codes. */
  get missing(): number[] {
    return Array.from({ length: this.total }, (_, number) => number + 1).filter((number) => !this.#parts.has(number - 1))
  }

  /** The whole when every code was read; undefined before, and when the codes do not make the whole they speak of. */
  get whole(): string | undefined {
    if (this.#first === undefined || this.missing.length > 0) return undefined
    const parts = Array.from({ length: this.total }, (_, number) => this.#parts.get(number) ?? new Uint8Array())
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return crc32(bytes) === this.#first.whole ? unpack(bytes) : undefined
  }
}

/** Eight characters by which two people tell that they speak of the same package: `7F3A-21C9`. */
export function shortName(packageId: string): string {
  const end = packageId.replaceAll('-', '').slice(-8).toUpperCase()
  return `${end.slice(0, 4)}-${end.slice(4)}`
}
