/** A calendar as iCalendar (RFC 5545): when and where, and what it is called. Nothing about persons: whoever has the address reads it. */
import { ICalCalendar, ICalEventStatus } from 'ical-generator'
import type { GatheringRow } from '#contract/meetings'
import type { z } from 'zod'

export type Dated = Pick<z.output<typeof GatheringRow>, 'id' | 'title' | 'place' | 'plannedStart' | 'state'> & {
  plannedEnd?: string | null
}

/** How long something lasts in a calendar that was planned without an end. */
const usualMilliseconds = 5_400_000

/** How often a program should look again. Source: RFC 7986, 5.7. */
const refreshSeconds = 3600

export function writeCalendar(name: string, rows: readonly Dated[]): string {
  const calendar = new ICalCalendar({ name, prodId: '//Yigongli//Yigongli//ZH', ttl: refreshSeconds, timezone: null })
  for (const { id, title, place, plannedStart, plannedEnd, state } of rows) {
    const start = new Date(plannedStart)
    calendar.createEvent({
      id: `${id}@yigongli`,
      start,
      end: new Date(plannedEnd ?? start.getTime() + usualMilliseconds),
      // The same record is the same text each time it is asked for.
      stamp: start,
      summary: title,
      ...(place === '' ? {} : { location: place }),
      status: state === 'CANCELLED' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}
