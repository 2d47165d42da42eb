/**
 * The cheapest way to meet a duty: a gathering that already has it, one already planned that can carry it, or a day for a new one.
 * The same function on the phone's home and in the reminder. It asks for nothing in `rules.json`, so that the phone need not carry that.
 */
import { addDays, shortDay } from './dates.ts'
import type { Sentence } from './rule.ts'

/** A gathering as far as this looks at it. */
export interface AboutPlan {
  title: string
  state: string
  /** The day it is planned for. */
  day: string
  kinds: readonly string[]
}

export type Way<G extends AboutPlan = AboutPlan> =
  /** Held, its record waits for the second person. */
  | { how: 'CONFIRM'; gathering: G }
  /** Planned or going on with this kind. */
  | { how: 'UNDER_WAY'; gathering: G }
  /** Can be held together with this one. */
  | { how: 'TOGETHER'; gathering: G }
  | { how: 'PLAN'; day: string }

interface Asked {
  kind: string
  periodStart: string
  periodEnd: string
}

/** Held or going on, and not confirmed yet. */
export const isOpenRecord = (state: string): boolean => state === 'DRAFT_MINUTES' || state === 'IN_PROGRESS'

const over = ['CONFIRMED', 'ARCHIVED', 'CANCELLED']
const planned = ['PLANNED', 'NOTIFIED', 'POSTPONED']

/** Kinds to which only some are expected: they are a gathering of their own. */
const ofSome = ['COMMITTEE_MEETING', 'GROUP_MEETING']

/** Can a gathering of these kinds take one more of this kind, with the same people? */
const canCarry = (kinds: readonly string[], kind: string) =>
  ![...kinds, kind].some((each) => ofSome.includes(each)) && !kinds.includes(kind)

/** @param today Asia/Shanghai */
export function cheapestWay<G extends AboutPlan>(duty: Asked, gatherings: readonly G[], today: string): Way<G> {
  const inTime = gatherings
    .filter(({ day, state }) => day >= duty.periodStart && day <= duty.periodEnd && !over.includes(state))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const own = inTime.find(({ kinds }) => kinds.includes(duty.kind))
  if (own !== undefined) return { how: own.state === 'DRAFT_MINUTES' ? 'CONFIRM' : 'UNDER_WAY', gathering: own }
  const carrier = inTime.find(({ day, state, kinds }) => day >= today && planned.includes(state) && canCarry(kinds, duty.kind))
  if (carrier !== undefined) return { how: 'TOGETHER', gathering: carrier }
  return { how: 'PLAN', day: suggestedDay(duty.periodEnd, today) }
}

/** Days that members need to hear of a gathering and arrange themselves; a suggestion, no rule. */
const noticeDays = 3
const saturday = 6
const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()

/** A sensible day: the first Saturday that leaves time for the notice, not after the end of the period while that can be kept. */
export function suggestedDay(periodEnd: string, today: string): string {
  const first = addDays(today, noticeDays)
  if (periodEnd < today) return first
  const day = addDays(first, (saturday - weekdayOf(first) + 7) % 7)
  if (day <= periodEnd) return day
  return first <= periodEnd ? first : periodEnd
}

/** The way in one sentence, as the reminder says it. */
export function wayInWords(way: Way, activity: Sentence): Sentence {
  if (way.how === 'PLAN') {
    return {
      zh: `没有可以合开的活动，建议安排在${shortDay(way.day)}${activity.zh}。`,
      en: `Nothing planned can carry it; a sensible day is ${way.day}.`,
    }
  }
  const { title, day } = way.gathering
  const at = { zh: `${shortDay(day)}“${title}”`, en: `“${title}” of ${day}` }
  if (way.how === 'CONFIRM') return { zh: `${at.zh}的记录确认后就完成了。`, en: `Done once the record of ${at.en} is confirmed.` }
  if (way.how === 'UNDER_WAY')
    return { zh: `已排在${at.zh}，开好、记录并确认就完成了。`, en: `Already part of ${at.en}: hold, record and confirm it.` }
  return { zh: `最省事：和${at.zh}合开，加上这一项就行。`, en: `Cheapest: hold it together with ${at.en}; add it there.` }
}
