/** What these pages read and name alike. */
import type { z } from 'zod'
import { type MyLife, type PublicPromise, type Rectification as RectificationShape } from '#contract/reviews'
import type { Post } from '../../shared/session.tsx'
import { today } from '../parts/days.ts'

export type Life = z.output<typeof MyLife>
export type MadePromise = z.output<typeof PublicPromise>
export type Rectification = z.output<typeof RectificationShape>

export const thisYear = (): string => today().slice(0, 4)
export const runsReviews = (post: Post | null): boolean => post !== null && (post.role === 'BRANCH_SECRETARY' || post.role === 'RECORDER')
export const decides = (post: Post | null): boolean => post?.role === 'BRANCH_SECRETARY'
