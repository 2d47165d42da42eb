/** What the parts of this page share. */
import type { z } from 'zod'
import { grades, type Review as ReviewShape, type Tally } from '#contract/reviews'

export type Review = z.output<typeof ReviewShape>
export type Reviewed = Review['people'][number]
export type Votes = z.output<typeof Tally>
export type Grade = (typeof grades)[number]

/** 3 · 6 · 1 · 0, in the order of the grades. */
export const inOrder = (votes: Votes | null): string => (votes === null ? '—' : grades.map((grade) => votes[grade]).join(' · '))
export const noVotes = (): Votes => ({ EXCELLENT: 0, QUALIFIED: 0, BASICALLY_QUALIFIED: 0, UNQUALIFIED: 0 })
