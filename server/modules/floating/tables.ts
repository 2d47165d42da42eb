import type { Placement } from '#platform'

const keptBy = (table: string) => ({ table, placement: 'distributed', by: 'county' }) as const

export const tables: Placement[] = [
  { ...keptBy('floating.registration'), personal: 'walled' },
  { ...keptBy('floating.entry'), personal: 'walled' },
  keptBy('floating.issuer_key'),
  { ...keptBy('floating.pass'), personal: 'walled' },
  { ...keptBy('floating.copy'), personal: 'open: a masked name in a signed text; found by whoever has read its code' },
  { ...keptBy('floating.participation'), personal: 'walled' },
  { ...keptBy('floating.door_check'), personal: 'walled' },
  { ...keptBy('floating.opinion'), personal: 'walled' },
  { ...keptBy('floating.host_place'), personal: 'open: the office contact of a host, not of a person' },
  keptBy('floating.open_gathering'),
  { table: 'floating.partner', placement: 'reference' },
]
