import type { Placement } from '#platform'

export const tables: Placement[] = [
  { table: 'organisations.organisation', placement: 'reference', personal: 'open: the office contact of an organisation, not of a person' },
  { table: 'organisations.affiliation', placement: 'reference' },
  { table: 'organisations.term', placement: 'reference', personal: 'open: who holds an office is known' },
  { table: 'organisations.change', placement: 'reference', personal: 'open: documents of decisions, scoped by organisation' },
  { table: 'organisations.exception', placement: 'reference', personal: 'open: decisions, scoped by organisation' },
]
