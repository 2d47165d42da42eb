import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'duties.duty', placement: 'distributed', by: 'county' },
  { table: 'duties.outlook', placement: 'distributed', by: 'county' },
]
