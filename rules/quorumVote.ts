/** A vote as it is taken in the room: does the count add up, and what does the rule of its kind say of it? Asked while the numbers are typed. */
import { cite } from './cite.ts'
import { admissionQuorum, committeeQuorum, electionQuorum, electionWinner, meetingQuorum, resolution } from './quorum.ts'
import { type Ruled, ruled, type Sentence } from './rule.ts'

/** Heads of a roster: who is expected, who came, and the same among those with a vote. */
export interface Heads {
  expected: number
  present: number
  eligible: number
  presentVoting: number
  /** In the room: those who take part from afar cast no paper. */
  presentVotingOnsite: number
}

const isPresent = ({ state }: { state: string }) => state === 'PRESENT_ONSITE' || state === 'PRESENT_ONLINE'

export function headsOf(roster: readonly { state: string; expected: boolean; hasVote: boolean }[]): Heads {
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

/** What became of the papers of a secret ballot. */
export interface Papers {
  given: number
  returned: number
  invalid: number
}

export interface Cast {
  kind: 'ORDINARY' | 'ADMISSION' | 'ELECTION'
  ballot: 'VOICE' | 'HANDS' | 'SECRET_PAPER'
  agree: number
  against: number
  abstain: number
  /** Of absent full members, handed in before an admission (trap 2). */
  writtenOpinions: number
  papers: Papers | null
}

export interface Judged extends Ruled {
  eligible: number
  present: number
  passed: boolean
}

/** Judges one vote by the rule of its kind; elections count only those in the room. @param committee is it a meeting of the committee? */
export function judgeVote(cast: Cast, { eligible, presentVoting, presentVotingOnsite }: Heads, committee = false): Judged {
  if (cast.kind === 'ELECTION') {
    const quorum = electionQuorum({ eligible, present: presentVotingOnsite })
    const winner = electionWinner({ eligible, present: presentVotingOnsite, agree: cast.agree })
    return judged(eligible, presentVotingOnsite, quorum, winner)
  }
  const admission = cast.kind === 'ADMISSION'
  const agree = cast.agree + (admission ? cast.writtenOpinions : 0)
  const quorum = (admission ? admissionQuorum : committee ? committeeQuorum : meetingQuorum)({ eligible, present: presentVoting })
  return judged(
    eligible,
    presentVoting,
    quorum,
    resolution({ eligible, agree, kind: admission ? 'ADMISSION' : committee ? 'COMMITTEE' : 'ORDINARY' }),
  )
}

type Test = Ruled & { met: boolean }

/** Without enough people there is nothing to pass: then the quorum is what is said. */
function judged(eligible: number, present: number, quorum: Test, passing: Test): Judged {
  const { sentence, ruleId, ruleVersion } = quorum.met ? passing : quorum
  return { eligible, present, passed: quorum.met && passing.met, sentence, ruleId, ruleVersion }
}

/** What does not add up, at which number; undefined when all does. */
export interface Amiss {
  field: 'agree' | 'writtenOpinions' | 'papers'
  sentence: Sentence
}

/** More votes than people, opinions of people who were there, papers that came from nowhere. */
export function votesAmiss(cast: Cast, heads: Heads): Amiss | undefined {
  const present = cast.kind === 'ELECTION' ? heads.presentVotingOnsite : heads.presentVoting
  const votes = cast.agree + cast.against + cast.abstain
  if (votes > present) {
    return {
      field: 'agree',
      sentence: {
        zh: `票数合计 ${votes}，多于实到有表决权的 ${present} 人，请核对。`,
        en: `${votes} votes were cast by ${present} present with a vote.`,
      },
    }
  }
  return opinionsAmiss(cast, heads) ?? papersAmiss(cast, votes, present)
}

function opinionsAmiss({ kind, writtenOpinions }: Cast, { eligible, presentVoting }: Heads): Amiss | undefined {
  const absent = eligible - presentVoting
  if (writtenOpinions > 0 && kind !== 'ADMISSION') {
    return {
      field: 'writtenOpinions',
      sentence: {
        zh: '书面意见只在讨论接收和转正时计入，这里请填 0。',
        en: 'Written opinions count for admissions only; enter 0.',
      },
    }
  }
  if (writtenOpinions <= absent) return undefined
  return {
    field: 'writtenOpinions',
    sentence: {
      zh: `书面意见 ${writtenOpinions} 份，多于没有到会的有表决权党员 ${absent} 人，请核对。`,
      en: `${writtenOpinions} written opinions, but ${absent} members with a vote were absent.`,
    },
  }
}

/** Papers given out, come back, and what stands on them (ELEC-BALLOT-VALID). */
function papersAmiss({ ballot, papers }: Cast, votes: number, present: number): Amiss | undefined {
  if (papers === null) return undefined
  const { given, returned, invalid } = papers
  const says = (zh: string, en: string): Amiss => ({ field: 'papers', sentence: { zh, en } })
  if (ballot !== 'SECRET_PAPER') return says('只有无记名投票才有票数清点。', 'Papers are counted in a secret ballot only.')
  if (given > present) {
    return says(
      `发出 ${given} 张票，多于有表决权的 ${present} 人，请核对。`,
      `${given} papers were given to ${present} people with a vote; count again.`,
    )
  }
  if (returned > given) {
    return says(
      `收回 ${returned} 张，多于发出的 ${given} 张：投票无效，应当重新投票。${cite('ELEC-BALLOT-VALID').zh}`,
      `${returned} papers came back of ${given} given: the vote is void, take it again. ${cite('ELEC-BALLOT-VALID').en}`,
    )
  }
  if (votes + invalid !== returned) {
    return says(
      `收回 ${returned} 张，赞成、反对、弃权和废票合计 ${votes + invalid} 张，对不上，请核对。`,
      `${returned} papers came back, but agree, against, abstain and void make ${votes + invalid}; count again.`,
    )
  }
  return undefined
}

/** How the papers of a secret ballot went, with the rule that makes it a valid one. */
export function papersSentence({ given, returned, invalid }: Papers): Ruled {
  const source = cite('ELEC-BALLOT-VALID')
  return ruled('ELEC-BALLOT-VALID', {
    zh: `发出${given}张，收回${returned}张，其中废票${invalid}张：收回不多于发出，投票有效。${source.zh}`,
    en: `${given} papers given, ${returned} returned, ${invalid} of them void: not more than given, the vote is valid. ${source.en}`,
  })
}
