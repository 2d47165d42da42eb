/** Study: packs for everybody, collective study that counts, one ledger per member (domain.md §1.7). */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { followGatherings } from './learned.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export const study: Module = {
  name: 'study',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [followGatherings],
  seed,
}
