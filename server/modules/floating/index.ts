/** Floating members: registered out, the electronic pass, taken in by a host, one record for three readers (domain.md §3). */
import { fileURLToPath } from 'node:url'
import { provideFloatingPeople } from '#meetings'
import type { Module } from '#platform'
import { followOthers, people } from './follow.ts'
import { jobs } from './jobs.ts'
import { followRecords } from './participations.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export { isRegisteredOut, registrationAt as findRegistration } from './parties.ts'
export { printCopy } from './passes.ts'
export { list as listFloating } from './read.ts'

// Meetings stand below and know nothing of who is away; guests and absences are handed down.
provideFloatingPeople(people)

export const floating: Module = {
  name: 'floating',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [followOthers, followRecords],
  jobs: () => jobs,
  seed,
}
