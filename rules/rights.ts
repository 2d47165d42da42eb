/** Who attends, who counts in the denominator of a vote, who votes, who can be elected (domain: rights table). */
import { cite } from './cite.ts'
import { type Ruled, ruled, type Sentence } from './rule.ts'

export interface Standing {
  stage: 'APPLICANT' | 'ACTIVIST' | 'DEVELOPMENT_TARGET' | 'PROBATIONARY' | 'FULL' | 'FORMER'
  membership: 'NONE' | 'NORMAL' | 'SUSPENDED' | 'TERMINATED'
  /** Without a vote until this day, that day included; the reason is not known here. */
  rightsSuspendedUntil: string | null
  asOf: string
}

export interface Rights extends Ruled {
  /** Belongs at the meeting of all members. */
  attends: boolean
  /** In 应到会有表决权. */
  counts: boolean
  votes: boolean
  canBeElected: boolean
}

/** At the home branch, or as a guest of the branch that hosts a floating member, who counts only at home (trap 3). */
export function rightsOf(standing: Standing, where: 'HOME' | 'HOST'): Rights {
  const source = cite('ELEC-RIGHTS')
  const say = (attends: boolean, has: boolean, said: Sentence): Rights => ({
    attends,
    counts: has,
    votes: has,
    canBeElected: has,
    ...ruled('ELEC-RIGHTS', { zh: `${said.zh}。${source.zh}`, en: `${said.en}. ${source.en}` }),
  })
  const { stage, membership, rightsSuspendedUntil: until, asOf } = standing
  if (membership === 'SUSPENDED') {
    return say(false, false, { zh: '停止党籍期间不参加会议，不计入应到会', en: 'Membership is stopped: neither attends nor counts' })
  }
  if (membership !== 'NORMAL' || (stage !== 'FULL' && stage !== 'PROBATIONARY')) {
    return say(false, false, { zh: '不是党员，可以列席，不计入应到会', en: 'Not a member: may sit in, does not count' })
  }
  if (where === 'HOST') {
    return say(true, false, {
      zh: '流入党员在这里参加活动，表决权在组织关系所在支部',
      en: 'A guest takes part here and votes at the home branch',
    })
  }
  if (stage === 'PROBATIONARY') {
    return say(true, false, { zh: '预备党员参加会议，没有表决权、选举权和被选举权', en: 'On probation: attends, without a vote' })
  }
  if (until !== null && asOf <= until) {
    return say(true, false, { zh: `党员权利中止至${until}，不计入应到会有表决权人数`, en: `Without a vote until ${until}` })
  }
  return say(true, true, { zh: '正式党员，计入应到会有表决权人数', en: 'A full member with a vote' })
}
