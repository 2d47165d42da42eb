import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'study.pack', placement: 'distributed', by: 'county' },
  { table: 'study.collective', placement: 'distributed', by: 'county' },
  { table: 'study.learned', placement: 'distributed', by: 'county', personal: 'walled' },
  { table: 'study.question', placement: 'distributed', by: 'county', personal: 'walled' },
]
