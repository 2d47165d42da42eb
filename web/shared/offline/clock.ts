/** How far the platform's clock is ahead of the device's, estimated from the `Date` of an answer. */
import type { Heard } from '../client.ts'

/** `Date` is cut to the second: on average half a second more has passed. */
const halfSecond = 500
/** A slow answer says too little about the time it was given. */
const slowMilliseconds = 4000
/** Within this the clocks agree: the header knows no better. */
const agreeMilliseconds = 1500

/** @returns milliseconds, 0 where the clocks agree; null when the answer says nothing */
export function offsetOf({ date, asked, answered }: Heard): number | null {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs) || answered < asked || answered - asked > slowMilliseconds) return null
  const offset = Math.round(theirs + halfSecond - (asked + answered) / 2)
  return Math.abs(offset) <= agreeMilliseconds ? 0 : offset
}
