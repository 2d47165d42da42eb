/**
 * 流动党员: the life of a registration, what is advised at departure, which clocks run and what they ask (domain.md §3). The home keeps
 * membership, dues, votes and disposal; the host the daily life.
 *
 * REGISTERED_OUT 已登记    the branch knows where the member goes and who keeps contact; no pass yet.
 * PASS_ISSUED    已发证    the home committee has issued the pass; the member has not reported at a host.
 * REPORTED_IN    已报到    a host has taken the member in and so co-signed the pass.
 * ASSIGNED       已编入    belongs to a branch or group of the host for daily life.
 * PARTICIPATING  参加活动  has taken part there at least once.
 * MOVED          已变更地点 left that host for another place; the pass stays, the next host is to be reported at.
 * LOST_CONTACT   失联      followed up in vain; the pass rests. Found again, the member goes on as after a move.
 * RETURNED       已返回    back home, the pass inspected and ended.
 * TRANSFERRED    已转接    membership is on its way to the place of work; the pass has ended.
 * CLOSED         已办结    nothing is left to do.
 */
import { cite } from './cite.ts'
import { addMonths, addDays } from './dates.ts'
import { count, type Ruled, ruled, type Sentence } from './rule.ts'

export const floatStates = [
  'REGISTERED_OUT',
  'PASS_ISSUED',
  'REPORTED_IN',
  'ASSIGNED',
  'PARTICIPATING',
  'MOVED',
  'LOST_CONTACT',
  'RETURNED',
  'TRANSFERRED',
  'CLOSED',
] as const
export type FloatState = (typeof floatStates)[number]

/** Who may take a step: 流出地党支部、流出地基层党委、流入地、本人; `RECORD` is the record of the host itself. */
export type FloatSide = 'HOME' | 'HOME_COMMITTEE' | 'HOST' | 'MEMBER' | 'RECORD'

interface Step extends Sentence {
  from: readonly FloatState[]
  /** The state it leads to; without one the state stays. */
  to?: FloatState
  by: readonly FloatSide[]
  /** What becomes of the pass. */
  pass?: 'ACTIVE' | 'SUSPENDED' | 'ENDED'
  /** The host's part ends with it. */
  leavesHost?: true
}

const away: readonly FloatState[] = ['REGISTERED_OUT', 'PASS_ISSUED', 'REPORTED_IN', 'ASSIGNED', 'PARTICIPATING', 'MOVED']
const open: readonly FloatState[] = [...away, 'LOST_CONTACT']
const hosted: readonly FloatState[] = ['REPORTED_IN', 'ASSIGNED', 'PARTICIPATING']

export const floatSteps = {
  ISSUE: { from: ['REGISTERED_OUT'], to: 'PASS_ISSUED', by: ['HOME_COMMITTEE'], pass: 'ACTIVE', zh: '发证', en: 'issue the pass' },
  REPORT_IN: { from: ['PASS_ISSUED', 'MOVED'], to: 'REPORTED_IN', by: ['HOST', 'MEMBER'], zh: '报到', en: 'report in' },
  ASSIGN: { from: hosted, to: 'ASSIGNED', by: ['HOST'], zh: '编入支部', en: 'assign to a branch' },
  TAKE_PART: { from: ['ASSIGNED'], to: 'PARTICIPATING', by: ['RECORD'], zh: '参加活动', en: 'take part' },
  MOVE: {
    from: ['PASS_ISSUED', ...hosted],
    to: 'MOVED',
    by: ['HOME', 'HOST', 'MEMBER'],
    leavesHost: true,
    zh: '变更地点',
    en: 'move to another place',
  },
  RETURN: { from: open, to: 'RETURNED', by: ['HOME'], pass: 'ENDED', leavesHost: true, zh: '返回查验', en: 'inspect on return' },
  TRANSFER: { from: open, to: 'TRANSFERRED', by: ['HOME'], pass: 'ENDED', leavesHost: true, zh: '转接组织关系', en: 'transfer membership' },
  LOSE: { from: away, to: 'LOST_CONTACT', by: ['HOME'], pass: 'SUSPENDED', leavesHost: true, zh: '认定失联', en: 'declare contact lost' },
  FIND: { from: ['LOST_CONTACT'], to: 'MOVED', by: ['HOME', 'HOST'], pass: 'ACTIVE', zh: '恢复联系', en: 'find again' },
  CLOSE: { from: ['RETURNED', 'TRANSFERRED', 'LOST_CONTACT'], to: 'CLOSED', by: ['HOME'], pass: 'ENDED', zh: '办结', en: 'close' },
  CONTACT: { from: open, by: ['HOME', 'HOST'], zh: '联系', en: 'keep contact' },
  REPORT_BACK: { from: open, by: ['HOME', 'MEMBER'], zh: '汇报', en: 'report back' },
} as const satisfies Record<string, Step>

export type FloatAction = keyof typeof floatSteps
export const floatActions = Object.keys(floatSteps) as [FloatAction, ...FloatAction[]]

export const floatStateWords: Record<FloatState, Sentence> = {
  REGISTERED_OUT: { zh: '已登记外出', en: 'registered' },
  PASS_ISSUED: { zh: '已发证，待报到', en: 'pass issued, to report in' },
  REPORTED_IN: { zh: '已报到', en: 'reported in' },
  ASSIGNED: { zh: '已编入支部', en: 'assigned' },
  PARTICIPATING: { zh: '参加流入地活动', en: 'takes part at the host' },
  MOVED: { zh: '已变更地点，待报到', en: 'moved, to report in' },
  LOST_CONTACT: { zh: '失去联系', en: 'contact lost' },
  RETURNED: { zh: '已返回', en: 'returned' },
  TRANSFERRED: { zh: '已转接组织关系', en: 'transferred' },
  CLOSED: { zh: '已办结', en: 'closed' },
}

/** The steps this side may take now, in the order of the table. */
export const floatStepsOf = (state: FloatState, sides: readonly FloatSide[]): FloatAction[] =>
  floatActions.filter((action) => isFrom(action, state) && sides.some((side) => isBy(action, side)))

const isFrom = (action: FloatAction, state: FloatState) => (floatSteps[action].from as readonly FloatState[]).includes(state)
const isBy = (action: FloatAction, side: FloatSide) => (floatSteps[action].by as readonly FloatSide[]).includes(side)

export interface FloatMove {
  state: FloatState
  pass: 'ACTIVE' | 'SUSPENDED' | 'ENDED' | null
  leavesHost: boolean
}

/** Where a step leads, or the sentence why it cannot be taken. Without a pass, whoever is found again is registered still. */
export function floatStep(state: FloatState, action: FloatAction, side: FloatSide, hasPass: boolean): FloatMove | Sentence {
  const step: Step = floatSteps[action]
  if (!isBy(action, side)) {
    return { zh: `${step.zh}不由您这一方办理。`, en: `Another side takes the step “${step.en}”.` }
  }
  if (!isFrom(action, state)) {
    const when = step.from.map((each) => `“${floatStateWords[each].zh}”`).join('、')
    return {
      zh: `现在是“${floatStateWords[state].zh}”，不能办理${step.zh}；只有${when}时可以。`,
      en: `Now: ${floatStateWords[state].en}. One can ${step.en} only when ${step.from.map((each) => floatStateWords[each].en).join(', ')}.`,
    }
  }
  const to = step.to ?? state
  return {
    state: action === 'FIND' && !hasPass ? 'REGISTERED_OUT' : to,
    pass: hasPass || action === 'ISSUE' ? (step.pass ?? null) : null,
    leavesHost: step.leavesHost === true,
  }
}

export interface Departure {
  outOn: string
  expectedBackOn: string | null
  /** A fixed place of work or residence. */
  fixed: boolean
}

/** 党员证明信, 活动证, or rather a transfer? Advice at departure, with the article. */
export function departureAdvice({ outOn, expectedBackOn, fixed }: Departure): Ruled & { advice: 'CERTIFICATE' | 'TRANSFER' | 'PASS' } {
  const under = count('FLOW-CERTIFICATE', 'underMonths')
  if (expectedBackOn !== null && expectedBackOn < addMonths(outOn, under)) {
    const { zh, en } = cite('FLOW-CERTIFICATE')
    return {
      advice: 'CERTIFICATE',
      ...ruled('FLOW-CERTIFICATE', {
        zh: `外出不满${under}个月：开具党员证明信，不发活动证。${zh}`,
        en: `Away for less than ${under} months: a letter of membership, not a pass. ${en}`,
      }),
    }
  }
  if (fixed) {
    const { zh, en } = cite('FLOW-TRANSFER')
    return {
      advice: 'TRANSFER',
      ...ruled('FLOW-TRANSFER', {
        zh: `外出${count('FLOW-TRANSFER', 'months')}个月以上、地点固定：建议转移组织关系（应转尽转）；暂不转的，可以先发活动证。${zh}`,
        en: `Away for ${count('FLOW-TRANSFER', 'months')} months or more at a fixed place: a transfer is advised; a pass may come first. ${en}`,
      }),
    }
  }
  const { zh, en } = cite('FLOW-PASS')
  return {
    advice: 'PASS',
    ...ruled('FLOW-PASS', {
      zh: `地点不固定、经常往返：组织关系留在支部，发给流动党员活动证。${zh}`,
      en: `Without a fixed place: membership stays, an activity pass is issued. ${en}`,
    }),
  }
}

/** Last day on which a pass issued on this day is valid. Source: FLOW-PASS-VALID. */
export const passValidUntil = (issuedOn: string): string => addDays(addMonths(issuedOn, count('FLOW-PASS-VALID', 'months')), -1)

/** 成批外出: so many full members who go to the same place make a (temporary) branch or a group. Source: FLOW-GROUP. */
export function groupDeparture(people: number): Ruled | undefined {
  const min = count('FLOW-GROUP', 'min')
  if (people < min) return undefined
  const { zh, en } = cite('FLOW-GROUP')
  return ruled('FLOW-GROUP', {
    zh: `已有${people}名党员到同一个地方（满${min}名）：建议成立临时党支部或党小组。${zh}`,
    en: `${people} members have gone to the same place (${min} are enough): a temporary branch or a group is advised. ${en}`,
  })
}

/** What is known of a registration when its clocks are read. Days in Asia/Shanghai, null where it has not happened. */
export interface FloatFacts {
  state: FloatState
  outOn: string
  fixed: boolean
  issuedOn: string | null
  validUntil: string | null
  movedOn: string | null
  /** Since when at the present host. */
  reportedOn: string | null
  lastContactOn: string | null
  lastReportOn: string | null
  /** Last participation on record, at home or at the host. */
  lastTookPartOn: string | null
  lostSince: string | null
}

export interface FloatClock extends Ruled {
  dueOn: string
  late: boolean
}

/** Clocks that run today, the nearest first. Each says whom it asks for what; none of them does anything by itself to a member. */
export function floatClocks(facts: FloatFacts, today: string): FloatClock[] {
  const { state } = facts
  if (!open.includes(state)) return []
  const clock = (id: string, dueOn: string, zh: string, en: string): FloatClock => {
    const source = cite(id)
    return { dueOn, late: today > dueOn, ...ruled(id, { zh: `${zh}${source.zh}`, en: `${en} ${source.en}` }) }
  }
  const clocks: FloatClock[] = []
  const sent = state === 'MOVED' ? (facts.movedOn ?? facts.issuedOn) : state === 'PASS_ISSUED' ? facts.issuedOn : null
  if (sent !== null) {
    const due = addDays(sent, count('FLOW-ARRIVE', 'days'))
    clocks.push(
      clock(
        'FLOW-ARRIVE',
        due,
        `${due}前到流入地报到；逾期提醒本人和支部联系人。`,
        `Report in by ${due}; then member and contact are reminded.`,
      ),
    )
  }
  if (state === 'LOST_CONTACT' && facts.lostSince !== null) {
    const due = addMonths(facts.lostSince, count('MEM-LOST-SUSPEND', 'months'))
    clocks.push(
      clock(
        'MEM-LOST-SUSPEND',
        due,
        `自${facts.lostSince}失去联系；${due}仍查找无果的，才可以研究停止党籍，请继续查找。`,
        `Out of contact since ${facts.lostSince}; before ${due} nothing but looking further.`,
      ),
    )
  } else {
    const due = addMonths(facts.lastContactOn ?? facts.outOn, count('FLOW-CONTACT', 'months'))
    clocks.push(clock('FLOW-CONTACT', due, `${due}前支部联系一次，问问近况。`, `The branch gets in touch by ${due}.`))
    const year = today.slice(0, 4)
    if (facts.outOn < `${year}-07-01` && (facts.lastReportOn ?? '') < `${year}-01-01`) {
      clocks.push(
        clock(
          'FLOW-REPORT',
          `${year}-12-31`,
          `${year}年底前向支部汇报一次；已有的记录会先替您填好。`,
          `Report back once by the end of ${year}.`,
        ),
      )
    }
  }
  if (facts.fixed && facts.reportedOn !== null && hosted.includes(state)) {
    const due = addMonths(facts.reportedOn, count('FLOW-TRANSFER', 'months'))
    clocks.push(
      clock(
        'FLOW-TRANSFER',
        due,
        `到${due}在固定地点满${count('FLOW-TRANSFER', 'months')}个月，商量转移组织关系。`,
        `From ${due} on, talk about a transfer.`,
      ),
    )
  }
  if (facts.validUntil !== null && state !== 'LOST_CONTACT') {
    clocks.push(
      clock(
        'FLOW-PASS-VALID',
        facts.validUntil,
        `活动证${facts.validUntil}到期，请提前换发。`,
        `The pass ends on ${facts.validUntil}; renew it before.`,
      ),
    )
  }
  if (hosted.includes(state)) {
    const due = addMonths(facts.lastTookPartOn ?? facts.reportedOn ?? facts.outOn, count('FLOW-RADAR', 'months'))
    clocks.push(
      clock(
        'FLOW-RADAR',
        due,
        `到${due}若一直没有参加活动的记录，先打个电话：可能是倒班、生病或换了工作。`,
        `If nothing is on record until ${due}, ring first: shifts, illness or another job may be why.`,
      ),
    )
  }
  return clocks.toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0))
}

/** Ways to look for somebody, the gentlest first; each is written down with its day before contact is declared lost. */
export const lookingFor = [
  { kind: 'PHONE', zh: '给本人打电话、发信息', en: 'ring or write to the member' },
  { kind: 'FAMILY', zh: '问家人、支部联系人和同乡', en: 'ask family, the contact person and people from the village' },
  { kind: 'HOST', zh: '问流入地党组织和用工单位', en: 'ask the host organisation and the employer' },
  { kind: 'VISIT', zh: '上门走访或托人看望', en: 'visit, or have somebody visit' },
] as const

/** Which of the ways are still to be tried. */
export const stillToTry = (tried: readonly string[]): (typeof lookingFor)[number][] =>
  lookingFor.filter(({ kind }) => !tried.includes(kind))

/** A duty of the home branch in a period, as one of its members stands to it. */
export interface OwnDuty {
  ruleId: string
  ruleName: string
  kind: string
  period: string
  periodStart: string
  periodEnd: string
}
export interface TookPart {
  on: string
  kinds: readonly string[]
  where: 'HOME' | 'HOST'
  attendance: 'PRESENT' | 'LEAVE' | 'ABSENT'
  place: string
}
export type Credit = 'MET_AT_HOME' | 'MET_AT_HOST' | 'EXCUSED' | 'OPEN' | 'NOT_YET'

/** How a floating member stands to each duty: what was attended at the host is credited at home (FLOW-LIFE). */
export function creditOf(duty: OwnDuty, parts: readonly TookPart[], today: string): Ruled & { credit: Credit } {
  const { zh, en } = cite('FLOW-LIFE')
  const within = parts.filter(({ on, kinds }) => on >= duty.periodStart && on <= duty.periodEnd && kinds.includes(duty.kind))
  const at = (where: TookPart['where']) => within.find((part) => part.where === where && part.attendance === 'PRESENT')
  const home = at('HOME')
  const host = at('HOST')
  const said = (credit: Credit, says: Sentence) => ({ credit, ...ruled('FLOW-LIFE', { zh: `${says.zh}${zh}`, en: `${says.en} ${en}` }) })
  if (home !== undefined)
    return said('MET_AT_HOME', { zh: `${home.on}在${home.place}参加，已记。`, en: `Took part at ${home.place} on ${home.on}.` })
  if (host !== undefined) {
    return said('MET_AT_HOST', {
      zh: `${host.on}在流入地${host.place}参加，这里算已完成。`,
      en: `Met at the host: ${host.place}, ${host.on}.`,
    })
  }
  if (within.some(({ attendance }) => attendance === 'LEAVE')) return said('EXCUSED', { zh: '已请假。', en: 'Asked for leave.' })
  if (duty.periodStart > today) return said('NOT_YET', { zh: '还没有到时候。', en: 'Not due yet.' })
  if (duty.periodEnd < today)
    return said('OPEN', { zh: `到${duty.periodEnd}为止没有参加的记录。`, en: `Nothing was on record by ${duty.periodEnd}.` })
  return said('OPEN', {
    zh: `${duty.periodEnd}前在流入地参加一次即可，不用赶回来。`,
    en: `Take part once at the host by ${duty.periodEnd}; there is no need to travel home.`,
  })
}

/** Two gatherings of the two branches at the same time: here one takes part, there one is excused. Votes are cast at home. */
export function overlapSentence(home: { votes: boolean }): Ruled {
  const rights = cite(home.votes ? 'FLOW-PASS' : 'FLOW-LIFE')
  return home.votes
    ? ruled('FLOW-PASS', {
        zh: `与流入地活动同时：这次家乡要表决或选举，表决权在家乡支部，优先参加家乡的（可线上）。${rights.zh}`,
        en: `At the same time as the host's: a vote is taken at home, where your vote is; go there first, online if need be. ${rights.en}`,
      })
    : ruled('FLOW-LIFE', {
        zh: `与流入地活动同时：在流入地参加，家乡这次按外出记，不算缺席。${rights.zh}`,
        en: `At the same time as the host's: take part there; at home you are excused, not absent. ${rights.en}`,
      })
}

/** The days of 集中返乡 around the Spring Festival of a year. @param springFestival its first day @returns first and last day */
export const homeSeason = (springFestival: string): { from: string; until: string } => ({
  from: addDays(springFestival, -count('FLOW-HOME-SEASON', 'daysBefore')),
  until: addDays(springFestival, count('FLOW-HOME-SEASON', 'daysAfter')),
})
