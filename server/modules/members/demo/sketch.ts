import type { memberships, mobilities, stages } from '#contract/members'

export type Gender = '1' | '2'

/** What makes an invented person; the rest follows. */
export interface Sketch {
  name: string
  gender: Gender
  ethnicity: string
  bornOn: string
  work: string
  education: string
  /** Default: a full member. */
  stage?: (typeof stages)[number]
  joinedOn: string
  phone?: string
  mobility?: (typeof mobilities)[number]
  flowDestination?: string
  lostContactSince?: string
  membership?: (typeof memberships)[number]
  rightsSuspendedUntil?: string
}
