import type { Placement } from '#platform'

export const tables: Placement[] = [{ table: 'areas.area', placement: 'reference' }]
