/** CBOR (RFC 8949) as this format uses it: deterministic when written, strict when read, whole numbers as keys. */
import { decode, encode, rfc8949EncodeOptions, Tagged } from 'cborg'
import { PassProblem } from './problem.ts'

export type Bytes = Uint8Array<ArrayBuffer>
export type Claims = ReadonlyMap<unknown, unknown>

/** COSE_Sign1. */
const tagOfSign1 = 18

export const write = (value: unknown): Bytes => new Uint8Array(encode(value, rfc8949EncodeOptions))

export const tagged = (value: unknown): Bytes => write(new Tagged(tagOfSign1, value))

const options = {
  useMaps: true,
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
}

/** @throws PassProblem MALFORMED */
export function read(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, options) as unknown
  } catch (error) {
    throw malformed(`not CBOR: ${(error as Error).message}`)
  }
}

/** What stands behind tag 18. @throws PassProblem MALFORMED */
export function readTagged(bytes: Uint8Array): unknown {
  let value: unknown
  try {
    value = decode(bytes, { ...options, tags: Tagged.preserve(tagOfSign1) })
  } catch (error) {
    throw malformed(`not CBOR: ${(error as Error).message}`)
  }
  if (!(value instanceof Tagged)) throw malformed('not a COSE_Sign1 with its tag 18')
  return value.value as unknown
}

export const malformed = (why: string): PassProblem => new PassProblem('MALFORMED', why)

/** A value that must be of a kind, or PassProblem MALFORMED saying what is missing. */
export const must = {
  map(value: unknown, what: string): Claims {
    if (value instanceof Map) return value as Claims
    throw malformed(`${what} is no map`)
  },
  list(value: unknown, what: string): readonly unknown[] {
    if (Array.isArray(value)) return value as unknown[]
    throw malformed(`${what} is no array`)
  },
  bytes(value: unknown, what: string, length?: number): Bytes {
    if (value instanceof Uint8Array && (length === undefined || value.length === length)) return new Uint8Array(value)
    throw malformed(`${what} is no byte string${length === undefined ? '' : ` of ${length}`}`)
  },
  text(value: unknown, what: string): string {
    if (typeof value === 'string') return value
    throw malformed(`${what} is no text`)
  },
  /** A whole number from 0. */
  number(value: unknown, what: string): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
    throw malformed(`${what} is no whole number`)
  },
  time(value: unknown, what: string): Date {
    const time = new Date(must.number(value, what) * 1000)
    if (Number.isNaN(time.getTime())) throw malformed(`${what} is no time`)
    return time
  },
  /** No keys but these, so that nothing can be said that is not read. */
  only(value: Claims, keys: readonly unknown[], what: string): void {
    for (const key of value.keys()) if (!keys.includes(key)) throw malformed(`${what} says something unknown: ${String(key)}`)
  },
}

/** NumericDate: whole seconds since 1970. @throws RangeError for no time at all */
export function secondsOf(time: Date): number {
  const seconds = Math.floor(time.getTime() / 1000)
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError('not a time after 1970')
  return seconds
}
