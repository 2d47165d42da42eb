/** Is each segment valid, and did each resolution pass? The rules answer; this only counts heads. */
import type { z } from 'zod'
import type { AttendanceRow, ResolutionInput, Resolution, Segment, SegmentVerdict } from '#contract/meetings'
import { admissionQuorum, committeeQuorum, electionQuorum, electionWinner, meetingQuorum, resolution } from '#rules'

type Row = z.output<typeof AttendanceRow>
type Verdict = z.output<typeof SegmentVerdict>

const isPresent = (row: Pick<Row, 'state'>) => row.state === 'PRESENT_ONSITE' || row.state === 'PRESENT_ONLINE'

/** Heads of a roster: who is expected, who came, and the same among those with a vote; `onsite` counts the room only. */
export function heads(roster: readonly Pick<Row, 'state' | 'expected' | 'hasVote'>[]) {
  const expected = roster.filter((row) => row.expected)
  const voting = roster.filter((row) => row.hasVote)
  return {
    expected: expected.length,
    present: expected.filter(isPresent).length,
    eligible: voting.length,
    presentVoting: voting.filter(isPresent).length,
    presentVotingOnsite: voting.filter((row) => row.state === 'PRESENT_ONSITE').length,
  }
}

export type Heads = ReturnType<typeof heads>

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

/** Judges one resolution by the rule of its kind; elections count only those in the room. */
export function judge(
  input: z.output<typeof ResolutionInput>,
  { eligible, presentVoting, presentVotingOnsite }: Heads,
): z.output<typeof Resolution> {
  if (input.kind === 'ELECTION') {
    const quorum = electionQuorum({ eligible, present: presentVotingOnsite })
    const winner = electionWinner({ eligible, present: presentVotingOnsite, agree: input.agree })
    const decisive = quorum.met ? winner : quorum
    return finish(input, eligible, presentVotingOnsite, quorum.met && winner.met, decisive)
  }
  const agree = input.agree + (input.kind === 'ADMISSION' ? input.writtenOpinions : 0)
  const quorum = (input.kind === 'ADMISSION' ? admissionQuorum : meetingQuorum)({ eligible, present: presentVoting })
  const passed = resolution({ eligible, agree, kind: input.kind })
  const decisive = quorum.met ? passed : quorum
  return finish(input, eligible, presentVoting, quorum.met && passed.met, decisive)
}

interface Decisive {
  sentence: { zh: string; en: string }
  ruleId: string
  ruleVersion: string
}

function finish(input: z.output<typeof ResolutionInput>, eligible: number, present: number, passed: boolean, decisive: Decisive) {
  return { ...input, eligible, present, passed, sentence: decisive.sentence, ruleId: decisive.ruleId, ruleVersion: decisive.ruleVersion }
}
