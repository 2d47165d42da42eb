/** Months, quarters and years of the calendar, as duties are counted by them (Asia/Shanghai). */
import { inChinese } from './cite.ts'
import { addMonths, daysFrom, endOfMonth } from './dates.ts'
import type { Sentence } from './rule.ts'

export type Per = 'MONTH' | 'QUARTER' | 'YEAR'

/** Is this, as a rule states it, such a length? */
export const isPer = (per: unknown): per is Per => per === 'MONTH' || per === 'QUARTER' || per === 'YEAR'

export interface Period {
  per: Per
  /** `2026-03`, `2026-Q1` or `2026`. */
  id: string
  start: string
  end: string
}

/** From the first day to the last, both counted; no last day means it goes on. */
export interface Span {
  from: string
  until: string | null
}

const monthsIn: Record<Per, number> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** The period of this length that holds the day. */
export function periodOf(per: Per, day: string): Period {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
  const first = month - ((month - 1) % monthsIn[per])
  const start = `${year}-${String(first).padStart(2, '0')}-01`
  const end = endOfMonth(addMonths(start, monthsIn[per] - 1))
  const id = per === 'MONTH' ? day.slice(0, 7) : per === 'YEAR' ? year : `${year}-Q${(first - 1) / monthsIn.QUARTER + 1}`
  return { per, id, start, end }
}

/** Periods one after another, from the one that holds the first day to the one that holds the last. */
export function periodsBetween(per: Per, from: string, until: string): Period[] {
  const found: Period[] = []
  for (let period = periodOf(per, from); period.start <= until; period = periodOf(per, addMonths(period.start, monthsIn[per])))
    found.push(period)
  return found
}

/** 2026年3月 · 2026年第一季度 · 2026年. */
export function nameOfPeriod({ per, id }: Period): Sentence {
  const [year = '', part = ''] = id.split('-')
  if (per === 'YEAR') return { zh: `${year}年`, en: year }
  if (per === 'MONTH') return { zh: `${year}年${Number(part)}月`, en: id }
  return { zh: `${year}年第${inChinese(Number(part.slice(1)))}季度`, en: `${part} of ${year}` }
}

/** Days of the period that these spans, which do not overlap, cover. */
export function daysCovered({ start, end }: Period, spans: readonly Span[]): number {
  return spans.reduce((sum, { from, until }) => {
    const first = from > start ? from : start
    const last = until !== null && until < end ? until : end
    return first > last ? sum : sum + daysFrom(first, last)
  }, 0)
}
