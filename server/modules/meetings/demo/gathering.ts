/** What a gathering of the demo is made of, before it is written. */
import type { z } from 'zod'
import type { attendanceStates, gatheringModes, leaveReasons, Resolution, segmentKinds } from '#contract/meetings'
import type { State } from '../states.ts'

export type Kind = (typeof segmentKinds)[number]

export interface DemoPerson {
  memberId: string
  name: string
  probationary: boolean
  hasVote: boolean
  /** Belongs to the branch from this day on. */
  since: string
}

export interface DemoBranch {
  id: string
  county: string
  path: string
  name: string
  establishedOn: string
  people: readonly DemoPerson[]
  secretary: DemoPerson
  recorder: DemoPerson
  /** Empty where there is no committee. */
  committee: readonly DemoPerson[]
}

export interface Answer {
  person: DemoPerson
  state: (typeof attendanceStates)[number]
  reason: (typeof leaveReasons)[number] | null
}

export interface DemoGathering {
  branch: DemoBranch
  kinds: readonly Kind[]
  title: string
  minutes: string
  /** Start as planned and in fact, ISO 8601. */
  start: string
  /** How long, in minutes. */
  lasts: number
  mode: (typeof gatheringModes)[number]
  place: string
  state: State
  lateReason: string
  cancelReason: string
  roll: readonly Answer[]
  agenda: readonly { id: string; title: string; note: string }[]
  speeches: readonly { memberId: string; gist: string; itemId: string | null; proposal: boolean }[]
  resolutions: readonly z.output<typeof Resolution>[]
}
