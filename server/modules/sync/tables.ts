import type { Placement } from '#platform'

export const tables: Placement[] = [
  {
    table: 'sync.act',
    placement: 'distributed',
    by: 'account_id',
    personal: 'open: receipts hold no content; written by whoever delivers, read by account',
  },
  {
    table: 'sync.conflict',
    placement: 'distributed',
    by: 'county',
    personal: 'open: written by who may not read it, a member; read by organisation inside the scope',
  },
]
