/** 组织生活会, 民主评议党员, 谈心谈话 and 政治生日: what the rules ask, and the sum a person can do again. */
import { fractionOf, inSigns } from './arithmetic.ts'
import { cite } from './cite.ts'
import { addYears } from './dates.ts'
import { count, rule, type Ruled, ruled, type Sentence } from './rule.ts'

export interface Quota extends Ruled {
  /** Within the share the rule gives. */
  met: boolean
  /** The most who may be 优秀. */
  most: number
}

/** “优秀” generally for at most a third of the members of the branch. Source: LIFE-REVIEW. @param members everybody reviewed, on probation too */
export function excellentQuota(members: number, excellent: number): Quota {
  const fraction = fractionOf('LIFE-REVIEW', 'excellent')
  const product = members * fraction.per
  const most = (product - (product % fraction.share)) / fraction.share
  const met = excellent <= most
  const source = cite('LIFE-REVIEW')
  const sum = inSigns(members, excellent, fraction)
  const over = excellent - most
  return {
    met,
    most,
    ...ruled('LIFE-REVIEW', {
      zh: `参加评议${members}人，“优秀”一般不超过三分之一，即${most}人；现为${excellent}人（${sum}），${met ? '没有超过' : `多${over}人`}。${source.zh}`,
      en: `${members} are reviewed; “excellent” is generally for at most a third, that is ${most}; now ${excellent} (${sum}): ${met ? 'within it' : `${over} too many`}. ${source.en}`,
    }),
  }
}

/** A grade is an opinion, never a decision about 党籍: that has a procedure of its own. Source: MEM-DISPOSAL. */
export function gradeIsNoDecision(): Ruled {
  const source = cite('MEM-DISPOSAL')
  return ruled('MEM-DISPOSAL', {
    zh: `评定等次是组织的评议意见，不是对党籍的处理。评为不合格的，要不要处置、怎样处置，另按${source.zh}办理。`,
    en: `A grade is the organisation's opinion, not a decision about membership. Whether and how anybody is dealt with follows a procedure of its own: ${source.en}.`,
  })
}

/** What comes before the meeting, in the order of the rule. Source: LIFE-ORG-MEETING. */
export function preparationSteps(): string[] {
  const steps = rule('LIFE-ORG-MEETING').params['prepare']
  return Array.isArray(steps) ? steps.filter((step): step is string => typeof step === 'string') : []
}

/** Fewer ballots from phones than this are not counted, since the sum would tell who wrote what. Source: LIFE-BALLOT. */
export const ballotsToCount = (): number => count('LIFE-BALLOT', 'countFrom')
/** Fewer votes than this are not shown to the person they are about. Source: LIFE-BALLOT. */
export const votesToShow = (): number => count('LIFE-BALLOT', 'showFrom')

/** How many days before it is due the owner of an item is reminded, the longest first. Source: LIFE-RECTIFY. */
export function rectifyRemindDays(): number[] {
  const days = rule('LIFE-RECTIFY').params['daysBefore']
  return (Array.isArray(days) ? days.filter((n): n is number => typeof n === 'number') : []).toSorted((a, b) => b - a)
}

interface Named {
  memberId: string
  name: string
}

export interface TalkAsked extends Ruled {
  between: 'COMMITTEE' | 'COMMITTEE_MEMBER' | 'MEMBERS'
  met: boolean
}

/**
 * Who has talked with whom this year, against what the rule asks: 委员之间, 委员和党员之间, 党员和党员之间 at least so often. In words and by
 * name, in the order given; nobody is counted against anybody. Source: LIFE-TALK.
 * @param talks pairs of member ids, in any order
 */
export function talksAsked(
  members: readonly Named[],
  committee: ReadonlySet<string>,
  talks: readonly (readonly [string, string])[],
): TalkAsked[] {
  const least = count('LIFE-TALK', 'min')
  const held = new Map<string, number>()
  for (const pair of talks) held.set(keyOf(...pair), (held.get(keyOf(...pair)) ?? 0) + 1)
  const between = (a: string, b: string) => held.get(keyOf(a, b)) ?? 0
  const leaders = members.filter(({ memberId }) => committee.has(memberId))
  const others = members.filter(({ memberId }) => !committee.has(memberId))
  const sum = (one: Named, among: readonly Named[]) =>
    among.reduce((total, { memberId }) => total + (memberId === one.memberId ? 0 : between(one.memberId, memberId)), 0)
  const pairs = leaders.flatMap((one, i) =>
    leaders
      .slice(i + 1)
      .filter((other) => between(one.memberId, other.memberId) < least)
      .map((other) => `${one.name}和${other.name}`),
  )
  const withoutLeader = leaders.length === 0 ? [] : others.filter((one) => sum(one, leaders) < least).map(({ name }) => name)
  const withoutPeer = others.length < 2 ? [] : others.filter((one) => sum(one, others) < least).map(({ name }) => name)
  return [
    asked('COMMITTEE', least, { zh: '委员之间', en: 'members of the committee with each other' }, pairs),
    asked('COMMITTEE_MEMBER', least, { zh: '委员和党员之间', en: 'a member of the committee with each member' }, withoutLeader),
    asked('MEMBERS', least, { zh: '党员和党员之间', en: 'members with each other' }, withoutPeer),
  ]
}

const keyOf = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`)

function asked(between: TalkAsked['between'], least: number, who: Sentence, missing: readonly string[]): TalkAsked {
  const source = cite('LIFE-TALK')
  const met = missing.length === 0
  return {
    between,
    met,
    ...ruled('LIFE-TALK', {
      zh: `${who.zh}每年一般不少于${least}次：${met ? '都谈过了' : `${missing.join('、')}还没有谈`}。${source.zh}`,
      en: `${who.en}, generally at least ${least} a year: ${met ? 'all have talked' : `${missing.join(', ')} not yet`}. ${source.en}`,
    }),
  }
}

export interface PoliticalBirthday {
  day: string
  years: number
}

/** 政治生日: the anniversary of the day one joined, in the year of that month; undefined in any other month and in the year of joining itself. @param month `YYYY-MM` */
export function politicalBirthday(joinedOn: string, month: string): PoliticalBirthday | undefined {
  const years = Number(month.slice(0, 4)) - Number(joinedOn.slice(0, 4))
  if (joinedOn.slice(5, 7) !== month.slice(5) || years < 1) return undefined
  return { day: addYears(joinedOn, years), years }
}
