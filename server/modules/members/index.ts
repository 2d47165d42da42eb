/** Members: who belongs to which branch, with which rights (domain.md §1.3). */
import { fileURLToPath } from 'node:url'
import { provideMemberCounts } from '#organisations'
import type { Module } from '#platform'
import { followBranches } from './follow.ts'
import { memberCounts } from './roster.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { tables } from './tables.ts'

export { type Axes, findMember, findSelf, followAxes, type Known, listAway } from './away.ts'
export { Dice } from './dice.ts'
export { joinedIn } from './joined.ts'
export { listPhones, rostersWithin } from './reach.ts'
export { type RosterMember, rosterOf, rosterOfOwnGroup, talliesOf } from './roster.ts'

// Organisations may not import members (they stand above), so the counts for the thresholds are handed up.
provideMemberCounts(memberCounts)

export const members: Module = {
  name: 'members',
  tables,
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  handlers: routes,
  projections: [followBranches],
  seed,
}
