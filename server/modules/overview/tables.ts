import type { Placement } from '#platform'

/** Why so: docs/adr/0007-rollups.md. */
export const tables: Placement[] = [
  { table: 'overview.place', placement: 'distributed', by: 'county' },
  { table: 'overview.own', placement: 'distributed', by: 'county' },
  { table: 'overview.rollup', placement: 'distributed', by: 'county' },
  { table: 'overview.happening', placement: 'local' },
  { table: 'overview.happening_at', placement: 'local' },
  { table: 'overview.drift', placement: 'distributed', by: 'county' },
]
