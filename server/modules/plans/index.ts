/** Plans: fixed days of a branch, market days of its town, theme-day kits from above. What to arrange is computed by `#rules`. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export const plans: Module = {
  name: 'plans',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  seed,
}
