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
  {
    table: 'sync.device_key',
    placement: 'local',
    personal: 'open: public keys only; read to know whose a carried package is, before its author is known',
  },
  {
    table: 'sync.package',
    placement: 'distributed',
    by: 'account_id',
    personal: 'open: holds no content; written by whoever carries it, read by author',
  },
  { table: 'sync.change', placement: 'distributed', by: 'county' },
  { table: 'sync.revision', placement: 'local' },
]
