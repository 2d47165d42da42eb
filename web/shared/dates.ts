/** Days and times as people read them, always in Asia/Shanghai, whatever the device says. */
import type { Language } from './i18n.ts'

const zone = { timeZone: 'Asia/Shanghai' } as const
const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }
const made = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`
  const known = made.get(key) ?? new Intl.DateTimeFormat(locales[language], { ...zone, ...options })
  made.set(key, known)
  return known
}

/** 12月5日周六 19:30 — with the year when it is not this one. @param moment ISO 8601 */
export function showMoment(moment: string, language: Language): string {
  const date = new Date(moment)
  const year = dayOf(date).slice(0, 4) === dayOf(new Date()).slice(0, 4) ? {} : { year: 'numeric' as const }
  return format(language, `moment${Object.keys(year).length}`, {
    ...year,
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date)
}

/** 19:30. */
export const showTime = (moment: string, language: Language): string =>
  format(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(moment))

/** 2026年12月5日. @param day `YYYY-MM-DD` or a moment */
export const showDay = (day: string, language: Language): string =>
  format(language, 'day', { year: 'numeric', month: language === 'zh' ? 'long' : 'short', day: 'numeric' }).format(
    new Date(day.length === 10 ? `${day}T00:00:00+08:00` : day),
  )

/** The legal date of a moment, `YYYY-MM-DD` in Asia/Shanghai. */
export const dayOf = (moment: Date): string => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** A day and a clock time of Asia/Shanghai as a moment: `2026-12-05`, `19:30` → `2026-12-05T19:30:00+08:00`. */
export const momentAt = (day: string, time: string): string => `${day}T${time}:00+08:00`

/** The clock time of a moment in Asia/Shanghai for a field, `19:30`. */
export const timeOf = (moment: string): string => new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(11, 16)
