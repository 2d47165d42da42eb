/**
 * Two people changed the same thing without seeing each other. Pure, the same on the phone and on the server.
 *
 * Different fields: both hold. The same field: what is on record stays, and the other value goes to a person to decide; nothing is
 * dropped silently. Words about who was there have an order of their own: whoever was seen in the room was there.
 */
import type { z } from 'zod'
import type { AttendanceInput } from './attendance.ts'
import type { attendanceStates } from './meetings.ts'

export type Fields = Readonly<Record<string, unknown>>

export interface Merged {
  /** What is to be written. */
  fields: Record<string, unknown>
  /** Fields that others changed meanwhile and that were taken over. */
  taken: string[]
  /** Fields changed on both sides: theirs stays. */
  conflicts: { field: string; mine: unknown; theirs: unknown }[]
}

/**
 * Merges field by field.
 * @param base what I saw before I changed it; undefined when I saw nothing
 * @param theirs what is on record now
 */
export function merge(base: Fields | undefined, mine: Fields, theirs: Fields): Merged {
  const merged: Merged = { fields: {}, taken: [], conflicts: [] }
  for (const field of Object.keys(mine)) {
    const [before, my, their] = [base?.[field], mine[field], theirs[field]]
    if (same(my, their)) merged.fields[field] = their
    else if (base !== undefined && same(my, before)) {
      merged.fields[field] = their
      merged.taken.push(field)
    } else if (base !== undefined && same(their, before)) merged.fields[field] = my
    else {
      merged.fields[field] = their
      merged.conflicts.push({ field, mine: my, theirs: their })
    }
  }
  return merged
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** Do two values say the same? A moment may be written in two time zones; nothing is like null. */
export function same(a: unknown, b: unknown): boolean {
  const [one, other] = [a ?? null, b ?? null]
  if (Object.is(one, other)) return true
  if (typeof one === 'string' && typeof other === 'string') {
    return moment.test(one) && moment.test(other) && Date.parse(one) === Date.parse(other)
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => same((one as Fields)[key], (other as Fields)[key]))
}

export type Mark = z.input<typeof AttendanceInput>
export type Seen = Pick<Mark, 'memberId' | 'state'>

/** How strongly a word says that somebody was there: seen in the room, joined online, leave, not there, nothing said. */
const strength: Record<(typeof attendanceStates)[number], number> = {
  PRESENT_ONSITE: 5,
  PRESENT_ONLINE: 4,
  LEAVE: 3,
  EXCUSED_LONG_TERM: 3,
  ABSENT: 2,
  EXPECTED: 1,
}

/**
 * Merges words about who was there. A mark holds when its author saw what is on record, or when it says more than what is; otherwise
 * what others said meanwhile stays.
 * @param base the states the author saw before marking
 * @returns the marks that hold, and the members for whom another word stays
 */
export function mergeMarks(
  base: readonly Seen[] | undefined,
  mine: readonly Mark[],
  theirs: readonly Seen[],
): { hold: Mark[]; stay: string[] } {
  const before = new Map(base?.map(({ memberId, state }) => [memberId, state]))
  const now = new Map(theirs.map(({ memberId, state }) => [memberId, state]))
  const hold: Mark[] = []
  const stay: string[] = []
  for (const mark of mine) {
    const said = now.get(mark.memberId)
    // Somebody not on the roster is left to the operation, which says so.
    if (said === undefined || said === before.get(mark.memberId) || said === mark.state || strength[mark.state] > strength[said])
      hold.push(mark)
    else stay.push(mark.memberId)
  }
  return { hold, stay }
}
