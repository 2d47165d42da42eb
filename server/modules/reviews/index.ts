/** The year's look at each other: 民主评议, 谈心谈话, 整改清单, 党员承诺, 政治生日 (domain.md §1.7). */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { followOrganisations } from './follow.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export const reviews: Module = {
  name: 'reviews',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [followOrganisations],
  jobs: () => jobs,
  seed,
}
