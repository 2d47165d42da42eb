/** Duties: what the rules ask of an organisation in a period, computed from what is on record. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { followRecords } from './follow.ts'
import { jobs } from './jobs.ts'
import { recomputeAll } from './recompute.ts'
import { routes } from './routes.ts'
import { tables } from './tables.ts'

export { dutiesByMonth, list as listDuties } from './read.ts'

export const duties: Module = {
  name: 'duties',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [followRecords],
  jobs: () => jobs,
  seed: recomputeAll,
}
