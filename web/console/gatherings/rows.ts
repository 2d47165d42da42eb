/** Rows of gatherings: their shape, the tone of their state, and what a filter asks for. */
import type { z } from 'zod'
import type { GatheringRow, gatheringStates, segmentKinds } from '#contract/meetings'
import type { Tone } from '../list/Mark.tsx'

export type Row = z.output<typeof GatheringRow>

export const stateTones: Record<Row['state'], Tone> = {
  PLANNED: 'calm',
  NOTIFIED: 'accent',
  IN_PROGRESS: 'accent',
  DRAFT_MINUTES: 'wait',
  CONFIRMED: 'ok',
  ARCHIVED: 'ok',
  CANCELLED: 'calm',
  POSTPONED: 'wait',
}

export interface Filter {
  q: string
  kind: (typeof segmentKinds)[number] | undefined
  state: (typeof gatheringStates)[number] | undefined
}

/** What a filter asks for; parts that are not chosen are not asked. */
export const asked = ({ q, kind, state }: Filter) => ({ q, ...(kind ? { kind } : {}), ...(state ? { state } : {}) })
