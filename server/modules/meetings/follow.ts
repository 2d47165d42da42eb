/** Gatherings and exemptions follow their organisation when it moves. */
import { followingMoves } from '#organisations'

export const followOrganisations = followingMoves('meetings', ['meetings.gathering', 'meetings.exemption'])
