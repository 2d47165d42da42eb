import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'meetings.gathering', placement: 'distributed', by: 'county' },
  { table: 'meetings.segment', placement: 'distributed', by: 'county' },
  { table: 'meetings.attendance', placement: 'distributed', by: 'county' },
  { table: 'meetings.amendment', placement: 'distributed', by: 'county' },
]
