/** Days and clock times as people type them. Legal dates, so plain arithmetic in UTC; no zone is involved. */

const two = (text: string) => text.padStart(2, '0')

/** The day after so many days. @param day `YYYY-MM-DD` */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

const isDay = (text: string) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** `2026-12-5`, `2026/12/05`, `20261205`, `12-5`, `1205`, `12月5日` → `2026-12-05`; undefined when it is no day. @param today gives the year */
export function readDay(typed: string, today: string): string | undefined {
  const parts = typed.trim().split(/\D+/).filter(Boolean)
  const digits = parts.join('')
  const [year, month, day] =
    parts.length === 3
      ? parts
      : parts.length === 2
        ? [today.slice(0, 4), ...parts]
        : digits.length === 8
          ? [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
          : digits.length === 4
            ? [today.slice(0, 4), digits.slice(0, 2), digits.slice(2)]
            : []
  const found = `${year ?? ''}-${two(month ?? '')}-${two(day ?? '')}`
  return year?.length === 4 && isDay(found) ? found : undefined
}

/** `19:30`, `1930`, `19点30`, `930`, `9` → `19:30`, `09:00`; undefined when it is no time. */
export function readTime(typed: string): string | undefined {
  const parts = typed.trim().split(/\D+/).filter(Boolean)
  const digits = parts.join('')
  const [hour, minute] =
    parts.length > 1 ? parts : digits.length > 2 ? [digits.slice(0, -2), digits.slice(-2)] : digits.length > 0 ? [digits, '00'] : []
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59 || hour.length > 2) return undefined
  return `${two(hour)}:${two(minute)}`
}

/** A clock time so many minutes later, within the day. */
export function timeAfter(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const total = Math.min(Math.max(hour * 60 + minute + minutes, 0), 1439)
  return `${two(String(Math.floor(total / 60)))}:${two(String(total % 60))}`
}

/** Weeks of a month, Monday first, with the days of the neighbouring months that fill them. @param month `YYYY-MM` */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`
  const weekday = (new Date(first).getUTCDay() + 6) % 7
  const weeks: string[][] = []
  for (let day = dayAfter(first, -weekday); weeks.length === 0 || day.slice(0, 7) === month; day = dayAfter(day, 7)) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((step) => dayAfter(day, step)))
  }
  return weeks
}

/** The month so many months later. @param month `YYYY-MM` */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}
