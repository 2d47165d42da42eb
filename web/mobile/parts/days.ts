/** Legal days (`YYYY-MM-DD`, Asia/Shanghai) and months (`YYYY-MM`) as a phone shows and counts them. */
import { dayOf } from '../../shared/dates.ts'
import type { Language } from '../../shared/i18n.ts'

const noon = (day: string) => new Date(`${day}T12:00:00+08:00`)
const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB')

export const today = (): string => dayOf(new Date())
/** `2026`. */
export const thisYear = (): string => today().slice(0, 4)

export const addDays = (day: string, days: number): string => dayOf(new Date(noon(day).getTime() + days * 86_400_000))

/** The month so many months later. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

export const firstOf = (month: string): string => `${month}-01`
export const lastOf = (month: string): string => addDays(firstOf(addMonths(month, 1)), -1)

/** 12月5日 周六; with the year when it is not this one. */
export function showShortDay(day: string, language: Language): string {
  const year = day.slice(0, 4) === thisYear() ? {} : { year: 'numeric' as const }
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: 'Asia/Shanghai',
    ...year,
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  })
    .format(noon(day))
    .replace(/(?<=\u65e5)(?=\u5468)/, ' ')
}

/** 周六. */
export const showWeekday = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { timeZone: 'Asia/Shanghai', weekday: 'short' }).format(noon(day))

/** 2026年12月. */
export const showMonth = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long' }).format(noon(firstOf(month)))

/** Hour of the day in Asia/Shanghai, 0–23. */
export const hourNow = (): number => new Date(Date.now() + 8 * 3_600_000).getUTCHours()
