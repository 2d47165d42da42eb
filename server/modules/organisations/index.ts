/** Organisations: the tree everything else belongs to, its history, its changes by document, terms and seats. */
import { fileURLToPath } from 'node:url'
import type { Module } from '#platform'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export { addOrganisations, type NewOrganisation, recountAll } from './add.ts'
export { type MemberCounts, provideMemberCounts } from './counts.ts'
export { followingMoves, followMove } from './follow.ts'
export { pathUnder } from './paths.ts'
export { demoId } from './demo.ts'
export type { Kind } from './kinds.ts'
export { findNode, findNodes, listNodes, namesOf, superiorsOf, trailOf } from './nodes.ts'
export { branchesOf, directlyBelow, everBelow, livingWithin, organisationsOf, placesOf, stoodBelow } from './places.ts'
export { getStored as getOrganisation } from './read.ts'
export { factsAfter, factsOf, type OrganisationFacts } from './facts.ts'
export { findTerm, type SeatHeld, seatsOf, setSeats, type TermHeld } from './terms.ts'

export const organisations: Module = {
  name: 'organisations',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  seed,
}
