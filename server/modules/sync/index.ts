/** Working without a network: acts and their receipts, and what two people changed at once. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { changes } from './changes.ts'
import { followOrganisations } from './follow.ts'
import { routes } from './routes.ts'
import { tables } from './tables.ts'

export const sync: Module = {
  name: 'sync',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [followOrganisations, changes],
}
