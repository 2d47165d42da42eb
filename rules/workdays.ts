/** Working days of the State Council's yearly notice, make-up Saturdays and Sundays included; years not yet published fall back to weekends. */
import calendar from 'chinese-days'
import { addDays } from './dates.ts'

/** The `n`th working day after this one; the day after the event is the first. */
export function addWorkingDays(day: string, n: number): string {
  let current = day
  for (let left = n; left > 0;) {
    current = addDays(current, 1)
    if (calendar.isWorkday(noonOf(current))) left -= 1
  }
  return current
}

/** The calendar reads the day of a moment in the zone of the device, so it is given noon there: the same day in every zone. */
export const noonOf = (day: string) => new Date(`${day}T12:00:00`)

/** Is the holiday notice of this day's year known? Without it a deadline is provisional and says so. */
export function isPublished(day: string): boolean {
  const year = day.slice(0, 4)
  return calendar.getHolidaysInRange(noonOf(`${year}-01-01`), noonOf(`${year}-12-31`), false).length > 0
}
