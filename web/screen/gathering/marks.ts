import type { GatheringRecord } from './record.ts'

/** Shapes beside the words of a state: planned, under way, waiting for the second person, done, not held. */
export const stateMarks: Record<GatheringRecord['state'], string> = {
  PLANNED: '○',
  NOTIFIED: '○',
  IN_PROGRESS: '◐',
  DRAFT_MINUTES: '◐',
  CONFIRMED: '●',
  ARCHIVED: '●',
  CANCELLED: '×',
  POSTPONED: '×',
}
