/** Gatherings: planned, told, held, recorded, confirmed, archived (domain.md §2). */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { followOrganisations } from './follow.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export {
  type AboutGathering,
  aboutGatherings,
  heldByDay,
  heldByMonth,
  type HeldSegment,
  heldSegments,
  lastConfirmed,
  signedIn,
} from './held.ts'
export { awaitedAt, type PlannedGathering, plannedGatherings } from './planned.ts'
export { listMine, listOwn } from './read.ts'
export { list as listGatherings } from './search.ts'
export { admitGuest, findRecord, type FloatingPeople, guestsAt, type GuestThere, provideFloatingPeople } from './floating.ts'
export { type Hall, hallOf } from './hall.ts'
export { get as getGathering } from './whole.ts'
export { attendedOf, type Standing, standingOf } from './present.ts'

export const meetings: Module = {
  name: 'meetings',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [followOrganisations],
  seed,
}
