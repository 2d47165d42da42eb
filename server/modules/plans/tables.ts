import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'plans.series', placement: 'distributed', by: 'county' },
  { table: 'plans.market_days', placement: 'distributed', by: 'county' },
  { table: 'plans.kit', placement: 'distributed', by: 'county' },
]
