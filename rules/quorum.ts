/**
 * Four different tests, never one (domain: modelling traps 1, 2 and 20). `eligible` is always 应到会有表决权: full members whose rights are
 * not suspended; never the roster, never those on probation. Whole numbers only.
 */
import { type Fraction, fractionOf, inSigns, inWords, leastOf } from './arithmetic.ts'
import { cite } from './cite.ts'
import { type Ruled, ruled, type Sentence, wording } from './rule.ts'

export interface Attendance {
  /** 应到会有表决权, or the members of a committee. */
  eligible: number
  /** Those of them who are present. */
  present: number
}

export interface Quorum extends Ruled, Attendance {
  met: boolean
  /** The fewest who make it valid. */
  need: number
  /** How many are still missing; 0 when met. */
  missing: number
}

/** Who is counted, and what cannot happen without them. */
interface Words {
  who: Sentence
  without: Sentence
}

const voters: Sentence = { zh: '应到会有表决权的党员', en: 'members with a vote' }

/** 支部党员大会: 半数以上 of those with a vote. */
export const meetingQuorum = (counted: Attendance): Quorum =>
  quorum(counted, 'MEET-GENERAL-Q', fractionOf('MEET-GENERAL-Q', 'present'), {
    who: voters,
    without: { zh: '会议无效，不能表决', en: 'the meeting is not valid and cannot vote' },
  })

/** 支部委员会会议: 半数以上 of the committee. */
export const committeeQuorum = (counted: Attendance): Quorum =>
  quorum(counted, 'MEET-COMMITTEE-Q', fractionOf('MEET-COMMITTEE-Q', 'present'), {
    who: committee,
    without: { zh: '会议无效，不能作出决定', en: 'the meeting is not valid and decides nothing' },
  })

/** A meeting on admission or 转正: stricter, 超过半数. */
export const admissionQuorum = (counted: Attendance): Quorum =>
  quorum(counted, 'DEV-15A', fractionOf('DEV-15A', 'present'), {
    who: voters,
    without: { zh: '会议无效，不能讨论接收和转正', en: 'the meeting is not valid and cannot decide on admissions' },
  })

/** An election: 五分之四以上, in the room and in person (ELEC-NO-PROXY). */
export const electionQuorum = (counted: Attendance): Quorum =>
  quorum(counted, 'ELEC-QUORUM', fractionOf('ELEC-QUORUM', 'test'), {
    who: { zh: '应到会有选举权的党员', en: 'electors' },
    without: { zh: '不能进行选举', en: 'no election can be held' },
  })

function quorum({ eligible, present }: Attendance, ruleId: string, fraction: Fraction, { who, without }: Words): Quorum {
  const need = leastOf(eligible, fraction)
  const met = eligible > 0 && present >= need
  const missing = Math.max(0, need - present)
  const [source, words, sum] = [cite(ruleId), inWords(fraction), inSigns(present, eligible, fraction)]
  const counted = {
    zh: `${who.zh}${eligible}人，实到${present}人，须有${need}人（${words.zh}：${sum}）`,
    en: `${present} of ${eligible} ${who.en} are present, ${need} are needed (${words.en}: ${sum})`,
  }
  const sentence = met
    ? { zh: `${counted.zh}，达到法定人数。${source.zh}`, en: `${counted.en}: valid. ${source.en}` }
    : eligible === 0
      ? { zh: `没有${who.zh}，${without.zh}。${source.zh}`, en: `There are no ${who.en}: ${without.en}. ${source.en}` }
      : {
          zh: `${counted.zh}，还差${missing}人：${without.zh}。${source.zh}`,
          en: `${counted.en}, ${missing} missing: ${without.en}. ${source.en}`,
        }
  return { met, eligible, present, need, missing, ...ruled(ruleId, sentence) }
}

export interface Vote extends Ruled {
  met: boolean
  need: number
  missing: number
}

const committee: Sentence = { zh: '应到会的委员', en: 'members of the committee' }

/** Which rule says how many must agree, and among whom. */
const passing = {
  ORDINARY: ['MEET-GENERAL-Q', voters],
  ADMISSION: ['DEV-15B', voters],
  COMMITTEE: ['MEET-COMMITTEE-PASS', committee],
} as const

/**
 * A resolution passes when more than half of 应到会有表决权 agree. For an admission `agree` includes the written opinions handed in
 * before the meeting by absent full members (DEV-15B); for anything else it never does.
 */
export function resolution({ eligible, agree, kind = 'ORDINARY' }: { eligible: number; agree: number; kind?: keyof typeof passing }): Vote {
  const [ruleId, who] = passing[kind]
  return vote(agree, eligible, ruleId, 'pass', who, {
    met: { zh: '决议通过', en: 'the resolution is passed' },
    unmet: { zh: '决议没有通过', en: 'the resolution is not passed' },
  })
}

/** Elected by more than half of the base: those expected, or those present where the province has set ELEC-WINNER so. */
export function electionWinner({ eligible, present, agree }: Attendance & { agree: number }): Vote {
  const byPresent = wording('ELEC-WINNER', 'winnerBase') === 'PRESENT'
  const who = byPresent ? { zh: '实到会有选举权的党员', en: 'electors present' } : { zh: '应到会有选举权的党员', en: 'electors' }
  return vote(agree, byPresent ? present : eligible, 'ELEC-WINNER', 'test', who, {
    met: { zh: '当选', en: 'elected' },
    unmet: { zh: '没有当选', en: 'not elected' },
  })
}

function vote(agree: number, base: number, ruleId: string, test: string, who: Sentence, said: { met: Sentence; unmet: Sentence }): Vote {
  const fraction = fractionOf(ruleId, test)
  const need = leastOf(base, fraction)
  const met = base > 0 && agree >= need
  const missing = Math.max(0, need - agree)
  const [source, words, sum] = [cite(ruleId), inWords(fraction), inSigns(agree, base, fraction)]
  const short = met ? { zh: '', en: '' } : { zh: `还差${missing}票，`, en: `short by ${missing}, ` }
  const verdict = met ? said.met : said.unmet
  const sentence = {
    zh: `${who.zh}${base}人，赞成${agree}票，须有${need}票（${words.zh}：${sum}），${short.zh}${verdict.zh}。${source.zh}`,
    en: `${agree} of ${base} ${who.en} agree, ${need} are needed (${words.en}: ${sum}): ${short.en}${verdict.en}. ${source.en}`,
  }
  return { met, need, missing, ...ruled(ruleId, sentence) }
}
