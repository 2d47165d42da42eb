/** Identity: signing in, posts and devices, notifications and files, said in the field's words. The platform does the work. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { fileRoutes } from './files.ts'
import { inboxRoutes } from './inbox.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'

export const identity: Module = {
  name: 'identity',
  tables: [{ table: 'identity.demo_person', placement: 'reference', personal: 'open: invented people, shown on the sign-in page' }],
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: (services) => [...routes(services), ...inboxRoutes(services), ...fileRoutes(services)],
  seed,
}
