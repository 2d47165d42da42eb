/** Is each segment valid? The rules answer; this only asks the right one. */
import type { z } from 'zod'
import type { Segment, SegmentVerdict } from '#contract/meetings'
import { committeeQuorum, type Heads, meetingQuorum } from '#rules'

type Verdict = z.output<typeof SegmentVerdict>

/** Do these segments make it a meeting of the committee, which decides by its own members? */
export const isOfCommittee = (segments: readonly { kind: string }[]): boolean => segments.some(({ kind }) => kind === 'COMMITTEE_MEETING')

/** The verdict on one segment, with its sentence. A segment without a stated quorum is valid when somebody came. */
export function verdictOn(segment: z.output<typeof Segment>, counted: Heads): Verdict & { ruleVersion: string | null } {
  const base = { segmentId: segment.id, kind: segment.kind }
  if (segment.kind === 'GENERAL_MEETING' || segment.kind === 'COMMITTEE_MEETING') {
    const quorum = (segment.kind === 'GENERAL_MEETING' ? meetingQuorum : committeeQuorum)({
      eligible: counted.eligible,
      present: counted.presentVoting,
    })
    return {
      ...base,
      valid: quorum.met,
      eligible: quorum.eligible,
      present: quorum.present,
      need: quorum.need,
      sentence: quorum.sentence,
      ruleId: quorum.ruleId,
      ruleVersion: quorum.ruleVersion,
    }
  }
  const { expected, present } = counted
  return {
    ...base,
    valid: present > 0,
    eligible: expected,
    present,
    need: 1,
    sentence:
      present > 0
        ? { zh: `应到 ${expected} 人，实到 ${present} 人。`, en: `${present} of ${expected} expected came.` }
        : { zh: `应到 ${expected} 人，实到 0 人：没有人到会，不能计入。`, en: `None of ${expected} expected came, so it does not count.` },
    ruleId: null,
    ruleVersion: null,
  }
}
