/** The overview: rollups that every screen reads instead of counting, and what just happened. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { jobs } from './drift.ts'
import { rollups } from './projection.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export { type Drift, findDrift } from './drift.ts'

export const overview: Module = {
  name: 'overview',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [rollups],
  jobs,
  seed,
}
