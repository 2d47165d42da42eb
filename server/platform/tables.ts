/** Where each table of the platform lives when there are many machines (ARCHITECTURE.md §5). */

/** `reference`: small, on every node · `distributed`: split by the named column · `local`: on the coordinator only. */
export type Placement = { table: string; personal?: Personal } & (
  | { placement: 'reference' | 'local' }
  | { placement: 'distributed'; by: 'county' | 'account_id' }
)

/**
 * Single persons can be told from its rows. `walled`: row-level security shows the web side only the caller's scope and own records.
 * Otherwise the reason why it stands outside that wall.
 */
export type Personal = 'walled' | `open: ${string}`

export const platformTables: Placement[] = [
  { table: 'platform.event', placement: 'distributed', by: 'county', personal: 'open: ids only, read by projections' },
  { table: 'platform.projection', placement: 'local' },
  { table: 'platform.audit', placement: 'distributed', by: 'county', personal: 'open: must be written for everybody, read by subject' },
  { table: 'platform.audit_link', placement: 'local' },
  { table: 'platform.audit_checkpoint', placement: 'local' },
  { table: 'platform.account', placement: 'local', personal: 'open: numbers are sealed; found by keyed hash before anybody is known' },
  { table: 'platform.post', placement: 'local', personal: 'open: read before the scope is known, which it decides' },
  { table: 'platform.session', placement: 'local', personal: 'open: read before anybody is known' },
  { table: 'platform.one_time_code', placement: 'local', personal: 'open: keyed hashes only, gone after a day' },
  { table: 'platform.attempt', placement: 'local' },
  { table: 'platform.notification', placement: 'distributed', by: 'account_id', personal: 'open: written for others, read by account' },
  { table: 'platform.notification_choice', placement: 'distributed', by: 'account_id', personal: 'open: read when others are told' },
  { table: 'platform.push_subscription', placement: 'distributed', by: 'account_id', personal: 'open: sealed, read when others are told' },
  { table: 'platform.text_message', placement: 'distributed', by: 'account_id', personal: 'open: written for others, read by account' },
  { table: 'platform.blob', placement: 'local' },
  { table: 'platform.file', placement: 'local', personal: 'open: read by account, or through the record that holds it' },
]
