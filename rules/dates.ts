/**
 * Legal dates: `YYYY-MM-DD` in Asia/Shanghai, without a time. Months and years are calendar months and years; where the month is
 * shorter the day is its last (31 January and one month: 28 or 29 February). Days compare as text.
 */

/** The day it is in Asia/Shanghai at this moment. */
export function dayOf(moment: Date): string {
  return shanghai.format(moment)
}

// sv-SE writes dates as ISO 8601 does.
const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' })

const shape = /^\d{4}-\d{2}-\d{2}$/

/** @throws RangeError on anything but a real day written `YYYY-MM-DD` */
function parts(day: string): { year: number; month: number; date: number } {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`)
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8)) }
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)
const write = (year: number, month: number, date: number) =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`

/** Is this a day of the calendar? */
export function isDay(day: string): boolean {
  if (!shape.test(day)) return false
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8))]
  return month >= 1 && month <= 12 && date >= 1 && date <= daysIn(Number(day.slice(0, 4)), month)
}

/** `n` natural days later, or earlier when negative. */
export function addDays(day: string, n: number): string {
  const { year, month, date } = parts(day)
  const within = date + n
  if (within >= 1 && within <= daysIn(year, month)) return write(year, month, within)
  return new Date(Date.UTC(year, month - 1, within)).toISOString().slice(0, 10)
}

/** `n` calendar months later; the last day of a shorter month. */
export function addMonths(day: string, n: number): string {
  const { year, month, date } = parts(day)
  const months = year * 12 + month - 1 + n
  const [toYear, toMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
  return write(toYear, toMonth, Math.min(date, daysIn(toYear, toMonth)))
}

/** The last day of the month this day is in. */
export function endOfMonth(day: string): string {
  const { year, month } = parts(day)
  return write(year, month, daysIn(year, month))
}

/** `n` calendar years later; 29 February becomes 28 in a common year. */
export const addYears = (day: string, n: number): string => addMonths(day, n * 12)

/** Days from the first to the second, both counted: 2026-03-01 to 2026-03-31 are 31. */
export function daysFrom(first: string, last: string): number {
  const [a, b] = [parts(first), parts(last)]
  return (Date.UTC(b.year, b.month - 1, b.date) - Date.UTC(a.year, a.month - 1, a.date)) / 86_400_000 + 1
}

/** 12月5日. */
export const shortDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
