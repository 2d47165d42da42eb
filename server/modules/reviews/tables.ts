import type { Placement } from '#platform'

const walled = ['person', 'voter', 'amendment', 'rectification', 'promise', 'talk'] as const

export const tables: Placement[] = [
  {
    table: 'reviews.review',
    placement: 'distributed',
    by: 'county',
    personal: 'open: the life of an organisation, scoped by path; a member must see that the ratings are open',
  },
  ...walled.map((name): Placement => ({ table: `reviews.${name}`, placement: 'distributed', by: 'county', personal: 'walled' })),
  { table: 'reviews.ballot', placement: 'distributed', by: 'county' },
  { table: 'reviews.follow_up', placement: 'distributed', by: 'county', personal: 'open: read only through its item or promise' },
  { table: 'reviews.oath', placement: 'distributed', by: 'county' },
]
