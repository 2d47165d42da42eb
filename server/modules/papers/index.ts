/** Papers: what a branch prints, files and carries away. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { bindingJob } from './binding.ts'
import { routes } from './routes.ts'
import { tables } from './tables.ts'

export const papers: Module = {
  name: 'papers',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  jobs: (services) => [bindingJob(services)],
}
