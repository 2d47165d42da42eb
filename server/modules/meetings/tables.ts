import type { Placement } from '#platform'

export const tables: Placement[] = [
  {
    table: 'meetings.gathering',
    placement: 'distributed',
    by: 'county',
    personal: 'open: the life of an organisation, scoped by path; a sign-in must see where one is expected',
  },
  { table: 'meetings.segment', placement: 'distributed', by: 'county' },
  { table: 'meetings.attendance', placement: 'distributed', by: 'county', personal: 'walled' },
  { table: 'meetings.signature', placement: 'distributed', by: 'county', personal: 'open: read only through its gathering' },
  { table: 'meetings.contribution', placement: 'distributed', by: 'county', personal: 'open: read only through its gathering' },
  { table: 'meetings.exemption', placement: 'distributed', by: 'county', personal: 'walled' },
  { table: 'meetings.amendment', placement: 'distributed', by: 'county', personal: 'open: read only through its gathering' },
]
