/** Those expected at a gathering, counted by what became of it. Names are left behind here. */
import type { GatheringRecord } from './record.ts'

const parts = {
  onsite: ['PRESENT_ONSITE'],
  online: ['PRESENT_ONLINE'],
  leave: ['LEAVE', 'EXCUSED_LONG_TERM'],
  absent: ['ABSENT'],
  open: ['EXPECTED'],
} as const satisfies Record<string, readonly GatheringRecord['roster'][number]['state'][]>

export type Part = keyof typeof parts

/** Only parts with somebody in them. */
export function attendanceOf({ roster }: Pick<GatheringRecord, 'roster'>): { part: Part; people: number }[] {
  const expected = roster.filter((row) => row.expected)
  return (Object.keys(parts) as Part[])
    .map((part) => ({ part, people: expected.filter(({ state }) => (parts[part] as readonly string[]).includes(state)).length }))
    .filter(({ people }) => people > 0)
}
