/** Working days of the State Council's yearly notice, make-up Saturdays and Sundays included; years not yet published fall back to weekends. */
import calendar from 'chinese-days'
import { addDays } from './dates.ts'

/** The `n`th working day after this one; the day after the event is the first. */
export function addWorkingDays(day: string, n: number): string {
  let current = day
  for (let left = n; left > 0;) {
    current = addDays(current, 1)
    if (calendar.isWorkday(current)) left -= 1
  }
  return current
}

/** Is the holiday notice of this day's year known? Without it a deadline is provisional and says so. */
export function isPublished(day: string): boolean {
  const year = day.slice(0, 4)
  return calendar.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0
}
