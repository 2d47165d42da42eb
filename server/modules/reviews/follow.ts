/** Reviews and commitments follow their branch when it moves. */
import { followingMoves } from '#organisations'

export const followOrganisations = followingMoves('reviews', [
  'reviews.review',
  'reviews.person',
  'reviews.voter',
  'reviews.ballot',
  'reviews.amendment',
  'reviews.rectification',
  'reviews.promise',
  'reviews.follow_up',
  'reviews.talk',
  'reviews.oath',
])
