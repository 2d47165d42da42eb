import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'members.member', placement: 'distributed', by: 'county', personal: 'walled' },
  { table: 'members.affiliation', placement: 'distributed', by: 'county', personal: 'open: ids only, read beside members.member' },
  { table: 'members.tally', placement: 'distributed', by: 'county' },
]
