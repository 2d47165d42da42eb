import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'papers.yearbook', placement: 'distributed', by: 'county', personal: 'open: who asked for it, never shown' },
  { table: 'papers.feed', placement: 'local', personal: 'open: found by keyed hash before anybody is known' },
]
