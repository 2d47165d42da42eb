/** Open decisions follow their organisation when it moves. */
import { followingMoves } from '#organisations'

export const followOrganisations = followingMoves('sync', ['sync.conflict'])
