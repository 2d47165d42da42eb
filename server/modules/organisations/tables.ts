import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'organisations.organisation', placement: 'reference' },
  { table: 'organisations.affiliation', placement: 'reference' },
  { table: 'organisations.term', placement: 'reference' },
  { table: 'organisations.change', placement: 'reference' },
  { table: 'organisations.exception', placement: 'reference' },
]
