/** The year of a branch: series on its fixed days, what the rules will ask in months not yet listed, and what was usual last year. */
import { type Arrangement, arrange, type Asked, type Habit } from './arrange.ts'
import { sittingOf } from './arrangeClash.ts'
import { type AskedDuty, dayIn, type KnownGathering, type MeetingKind, peopleAt, peopleOf, type Wish } from './arrangeNeeds.ts'
import type { CalendarDay } from './calendar.ts'
import { addMonths, endOfMonth } from './dates.ts'
import { isPer, periodsBetween } from './periods.ts'
import { rule, type Sentence, wording } from './rule.ts'

/** Which day of each month. */
export type SeriesDay =
  /** The last day where the month is shorter. */
  | { by: 'DATE'; day: number }
  /** The first … fourth, or with -1 the last. 1 Monday … 7 Sunday. */
  | { by: 'WEEKDAY'; nth: number; weekday: number }
  /** 农历初几: the first such day of the month. */
  | { by: 'LUNAR'; day: number }
  /** The first, second … market day of the month. */
  | { by: 'MARKET'; nth: number }

/** Gatherings that come again on a fixed day. */
export interface Series {
  kinds: readonly MeetingKind[]
  groupId: string | null
  /** 1 January … 12 December. */
  months: readonly number[]
  on: SeriesDay
  /** `19:30`. */
  start: string
  minutes: number
  mode: Habit['mode']
  place: string
  from: string
  until: string | null
}

/** Its days within this calendar, which holds whole months. */
export function daysOfSeries(series: Series, calendar: readonly CalendarDay[]): string[] {
  const months = Map.groupBy(calendar, ({ day }) => day.slice(0, 7))
  return [...months].flatMap(([month, days]) => {
    if (!series.months.includes(Number(month.slice(5)))) return []
    const day = dayInMonth(series.on, days)
    return day === undefined || day < series.from || (series.until !== null && day > series.until) ? [] : [day]
  })
}

function dayInMonth(on: SeriesDay, days: readonly CalendarDay[]): string | undefined {
  switch (on.by) {
    case 'DATE':
      return days[Math.min(on.day, days.length) - 1]?.day
    case 'WEEKDAY':
      return days.filter(({ weekday }) => weekday === on.weekday).at(on.nth > 0 ? on.nth - 1 : on.nth)?.day
    case 'LUNAR':
      return days.find(({ lunarDay }) => lunarDay === on.day)?.day
    case 'MARKET':
      return days.filter(({ market }) => market).at(on.nth - 1)?.day
  }
}

const weekdays = '一二三四五六日'
const weekdaysEn = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const tens = ['初', '十', '廿', '三']
const digits = '十一二三四五六七八九'

/** 每月第2个星期六. */
export function seriesDayInWords(on: SeriesDay): Sentence {
  switch (on.by) {
    case 'DATE':
      return { zh: `每月${on.day}日`, en: `on day ${on.day} of the month` }
    case 'WEEKDAY':
      return {
        zh: `每月${on.nth > 0 ? `第${on.nth}个` : '最后一个'}星期${weekdays[on.weekday - 1] ?? ''}`,
        en: `on ${on.nth > 0 ? `${weekdaysEn[on.weekday - 1] ?? ''} number ${on.nth}` : `the last ${weekdaysEn[on.weekday - 1] ?? ''}`} of the month`,
      }
    case 'LUNAR': {
      const ten = on.day % 10 === 0 ? on.day / 10 - 1 : Math.trunc(on.day / 10)
      const zh = on.day === 20 ? '二十' : on.day === 30 ? '三十' : `${tens[ten] ?? ''}${digits[on.day % 10] ?? ''}`
      return { zh: `每月农历${zh}`, en: `on lunar day ${on.day}` }
    }
    case 'MARKET':
      return { zh: `每月第${on.nth}个街天`, en: `on market day ${on.nth} of the month` }
  }
}

/** The usual days, hour and place: what is fixed by series, otherwise what was seen in the gatherings held. */
export function habitsOf(series: readonly Series[], held: readonly KnownGathering[], calendar: readonly CalendarDay[]): Habit[] {
  const fixed = series.map((each): Habit => ({
    people: peopleAt(each.kinds[0] ?? '', each.groupId),
    days: daysOfSeries(each, calendar),
    start: each.start,
    minutes: each.minutes,
    mode: each.mode,
    place: each.place,
    fixed: true,
  }))
  const seen = [...Map.groupBy(held, peopleOf)].flatMap(([people, of]): Habit[] => {
    const rows = of.filter(({ state }) => state !== 'CANCELLED')
    if (rows.length === 0 || fixed.some((habit) => habit.people === people)) return []
    const date = median(rows.map(({ plannedStart }) => Number(dayIn(plannedStart).slice(8))))
    const start = mostFrequent(rows.map((row) => sittingOf(row).start)) ?? wording('PLAN-DAY', 'start')
    const place = mostFrequent(rows.map((row) => row.place ?? '')) ?? ''
    const mode = mostFrequent(rows.map((row) => row.mode ?? 'ONSITE')) ?? 'ONSITE'
    // Only the day of all is a habit worth keeping; the others rather join them.
    const days = people === 'ALL' ? monthsOf(calendar).map((month) => dateIn(month, date)) : []
    return [{ people, days, start, minutes: null, mode, place, fixed: false }]
  })
  return [...fixed, ...seen]
}

const monthsOf = (calendar: readonly CalendarDay[]) => [...new Set(calendar.map(({ day }) => day.slice(0, 7)))]

function dateIn(month: string, date: number): string {
  const last = endOfMonth(`${month}-01`)
  const day = `${month}-${String(date).padStart(2, '0')}`
  return day > last ? last : day
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.trunc(numbers.length / 2)] ?? 1

function mostFrequent<T extends string>(values: readonly T[]): T | undefined {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, of]) => ({ value, count: of.length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.value
}

/**
 * The duties of a whole year: those already listed, and for periods not listed yet what the latest listed one asked, because the
 * circumstances of today (a committee, groups) are all that is known of them.
 */
export function dutiesOfYear(duties: readonly AskedDuty[], year: string): AskedDuty[] {
  const byRule = Map.groupBy(
    duties.filter(({ kind, period }) => kind !== null && period !== '-'),
    ({ ruleId }) => ruleId,
  )
  return [...byRule].flatMap(([ruleId, listed]) => {
    const { per } = rule(ruleId).params
    const latest = listed.toSorted((a, b) => (a.periodEnd < b.periodEnd ? 1 : -1))[0]
    if (!isPer(per) || latest === undefined) return []
    return periodsBetween(per, `${year}-01-01`, `${year}-12-31`).flatMap(({ id, start, end }): AskedDuty[] => {
      const known = listed.find(({ period }) => period === id)
      if (known !== undefined) return [known]
      if (latest.required === 0 || end < latest.periodEnd) return []
      return [{ ...latest, period: id, periodStart: start, periodEnd: end, state: 'UPCOMING', done: 0 }]
    })
  })
}

/** What is held beyond the duties: every month of a series, and lectures in the months in which there was one a year before. */
export function wishesOf(series: readonly Series[], held: readonly KnownGathering[], calendar: readonly CalendarDay[]): Wish[] {
  const inMonth = (month: string) => ({ from: `${month}-01`, until: endOfMonth(`${month}-01`) })
  const fixed = series.flatMap((each) =>
    daysOfSeries(each, calendar).flatMap((day) =>
      each.kinds.map((kind): Wish => ({ kind, groupId: each.groupId, ...inMonth(day.slice(0, 7)) })),
    ),
  )
  const months = monthsOf(calendar)
  const again = held.flatMap(({ kinds, state, plannedStart }): Wish[] => {
    const month = addMonths(dayIn(plannedStart), 12).slice(0, 7)
    const lecture = kinds.includes('PARTY_LECTURE') && (state === 'CONFIRMED' || state === 'ARCHIVED')
    return lecture && months.includes(month) ? [{ kind: 'PARTY_LECTURE', groupId: null, ...inMonth(month) }] : []
  })
  const key = ({ kind, groupId, from }: Wish) => `${kind} ${groupId ?? ''} ${from}`
  return [...new Map([...again, ...fixed].map((wish) => [key(wish), wish])).values()]
}

export interface AskedYear extends Omit<Asked, 'until' | 'habits' | 'wishes'> {
  /** `2027`. */
  year: string
  series: readonly Series[]
}

/** The plan of a year, from the rules, the series and the year before: everything not yet planned. The calendar holds the whole year. */
export function proposeYear({ year, series, ...asked }: AskedYear): Arrangement {
  const before = asked.gatherings.filter(({ plannedStart }) => dayIn(plannedStart) < `${year}-01-01`)
  const calendar = asked.calendar.filter(({ day }) => day.startsWith(year))
  const habits = habitsOf(series, before.length > 0 ? before : asked.gatherings, calendar)
  const wishes = wishesOf(series, before, calendar)
  const duties = dutiesOfYear(asked.duties, year)
  return arrange({ ...asked, duties, habits, wishes, calendar, until: `${year}-12-31` })
}
