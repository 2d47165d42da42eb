/** Where each table of the platform lives when there are many machines (ARCHITECTURE.md §5). */

/** `reference`: small, on every node · `distributed`: split by the named column · `local`: on the coordinator only. */
export type Placement =
  | { table: string; placement: 'reference' | 'local' }
  | { table: string; placement: 'distributed'; by: 'county' | 'account_id' }

export const platformTables: Placement[] = [
  { table: 'platform.event', placement: 'distributed', by: 'county' },
  { table: 'platform.projection', placement: 'local' },
  { table: 'platform.audit', placement: 'distributed', by: 'county' },
  { table: 'platform.audit_link', placement: 'local' },
  { table: 'platform.audit_checkpoint', placement: 'local' },
  { table: 'platform.account', placement: 'local' },
  { table: 'platform.post', placement: 'local' },
  { table: 'platform.session', placement: 'local' },
  { table: 'platform.one_time_code', placement: 'local' },
  { table: 'platform.attempt', placement: 'local' },
  { table: 'platform.notification', placement: 'distributed', by: 'account_id' },
  { table: 'platform.notification_choice', placement: 'distributed', by: 'account_id' },
  { table: 'platform.blob', placement: 'local' },
  { table: 'platform.file', placement: 'local' },
]
