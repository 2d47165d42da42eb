/** Who counts in the denominator of a vote (domain.md §1.3.3). */
import { rightsOf } from '#rules'
import { dayOf } from '#rules'

interface Axes {
  stage: 'APPLICANT' | 'ACTIVIST' | 'DEVELOPMENT_TARGET' | 'PROBATIONARY' | 'FULL' | 'FORMER'
  membership: 'NONE' | 'NORMAL' | 'SUSPENDED' | 'TERMINATED'
  rightsSuspendedUntil: string | null
}

/** Does this member count at the home branch on this day (Asia/Shanghai)? */
export function countsInVote(axes: Axes, now: Date): boolean {
  return rightsOf({ ...axes, asOf: dayOf(now) }, 'HOME').counts
}
