/** What these pages read and name alike. */
import type { z } from 'zod'
import type { MyLife } from '#contract/life'
import type { PublicPromise } from '#contract/promises'
import type { Rectification as RectificationShape } from '#contract/rectifications'
import type { Review as ReviewShape } from '#contract/reviews'
import type { Post } from '../../shared/session.tsx'

export type Life = z.output<typeof MyLife>
export type Review = z.output<typeof ReviewShape>
export type MadePromise = z.output<typeof PublicPromise>
export type Rectification = z.output<typeof RectificationShape>

export const runsReviews = (post: Post | null): boolean => post !== null && (post.role === 'BRANCH_SECRETARY' || post.role === 'RECORDER')
export const decides = (post: Post | null): boolean => post?.role === 'BRANCH_SECRETARY'
