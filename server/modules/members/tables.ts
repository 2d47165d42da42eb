import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'members.member', placement: 'distributed', by: 'county' },
  { table: 'members.affiliation', placement: 'distributed', by: 'county' },
  { table: 'members.tally', placement: 'distributed', by: 'county' },
]
