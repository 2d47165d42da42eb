/** Days the rules compute from a day: development of members, their status, terms of office, licences. Each says how it came about. */
import { cite } from './cite.ts'
import { addMonths, addYears } from './dates.ts'
import { count, type Ruled, ruled, type Sentence } from './rule.ts'

export interface Deadline extends Ruled {
  day: string
}

/** A deadline with its source added to what is said. */
export function deadline(ruleId: string, day: string, said: Sentence): Deadline {
  const source = cite(ruleId)
  return { day, ...ruled(ruleId, { zh: `${said.zh}。${source.zh}`, en: `${said.en}. ${source.en}` }) }
}

/** Last day for the talk with somebody who applied. */
export function talkBy(appliedOn: string): Deadline {
  const months = count('DEV-02', 'withinMonths')
  const day = addMonths(appliedOn, months)
  return deadline('DEV-02', day, {
    zh: `${appliedOn}递交入党申请书，${months}个月内派人谈话，最迟${day}`,
    en: `Applied on ${appliedOn}: the talk follows within ${months} month, by ${day}`,
  })
}

/** First day on which an activist may become a development target. */
export function targetFrom(activistOn: string): Deadline {
  const years = count('DEV-06', 'minYears')
  const day = addYears(activistOn, years)
  return deadline('DEV-06', day, {
    zh: `${activistOn}确定为入党积极分子，培养教育考察至少${years}年，最早${day}可以列为发展对象`,
    en: `Activist since ${activistOn}: trained at least ${years} year, development target from ${day} at the earliest`,
  })
}

/** Last day of the probation, which runs from the admission meeting even when the approval comes months later (trap 5). */
export function probationEnds(admittedOn: string): Deadline {
  const years = count('DEV-21', 'years')
  const day = addYears(admittedOn, years)
  return deadline('DEV-21', day, {
    zh: `预备期${years}年，从${admittedOn}支部大会通过之日算起，到${day}止`,
    en: `Probation lasts ${years} year from the admission meeting of ${admittedOn}, until ${day}`,
  })
}

/** Between which days an extended probation ends. */
export function probationExtendedUntil(admittedOn: string): { earliest: string; latest: string } & Ruled {
  const ends = probationEnds(admittedOn).day
  const [least, most] = [count('DEV-23', 'minMonths'), count('DEV-23', 'maxMonths')]
  const [earliest, latest] = [addMonths(ends, least), addMonths(ends, most)]
  const { day: _day, ...said } = deadline('DEV-23', latest, {
    zh: `预备期到${ends}止，可以延长一次，不少于${least}个月、不超过${most}个月，即延长到${earliest}至${latest}之间`,
    en: `Probation ends on ${ends} and may be extended once by ${least} to ${most} months, until a day from ${earliest} to ${latest}`,
  })
  return { earliest, latest, ...said }
}

/** First day on which a lost member's membership may be stopped: a decision, never automatic (trap 4). */
export function suspensionFrom(lastContactOn: string): Deadline {
  const months = count('MEM-LOST-SUSPEND', 'months')
  const day = addMonths(lastContactOn, months)
  return deadline('MEM-LOST-SUSPEND', day, {
    zh: `最后一次联系在${lastContactOn}，失联满${months}个月、查找无果的，从${day}起可以停止党籍`,
    en: `Last contact on ${lastContactOn}: lost for ${months} months and not found, membership may be stopped from ${day}`,
  })
}

/** First day on which a stopped membership may end by removal. */
export function removalFrom(suspendedOn: string): Deadline {
  const years = count('MEM-SUSPEND-REMOVE', 'years')
  const day = addYears(suspendedOn, years)
  return deadline('MEM-SUSPEND-REMOVE', day, {
    zh: `${suspendedOn}停止党籍，满${years}年仍无法联系的，从${day}起可以按自行脱党除名`,
    en: `Membership stopped on ${suspendedOn}: still unreachable after ${years} years, removal is possible from ${day}`,
  })
}

/** The day from which the superior reminds of an election. */
export function remindOn(termEndsOn: string): Deadline {
  const months = count('ORG-TERM-REMIND', 'monthsBefore')
  const day = addMonths(termEndsOn, -months)
  return deadline('ORG-TERM-REMIND', day, {
    zh: `任期至${termEndsOn}届满，提前${months}个月、从${day}起提醒换届`,
    en: `The term ends on ${termEndsOn}: the election is called to mind ${months} months before, from ${day}`,
  })
}
