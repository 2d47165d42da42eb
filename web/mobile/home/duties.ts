/** Duties of a branch as its home shows them: which are open, which first, and what gathering meets them. */
import type { z } from 'zod'
import type { Duty as DutyShape } from '#contract/duties'
import { cheapestWay, type Way } from '#rules'
import { dayOf } from '../../shared/dates.ts'
import type { GatheringRow } from '../meeting/gathering.ts'

export type Duty = z.output<typeof DutyShape>

/** A gathering as the rules look at it, and the row it was. */
interface Planned {
  title: string
  state: string
  day: string
  kinds: readonly string[]
  row: GatheringRow
}

/** The cheapest way to meet a duty that a gathering meets; undefined for the others. */
export function wayOf(duty: Duty, gatherings: readonly GatheringRow[], now: string): Way<Planned> | undefined {
  const { kind, period, periodStart, periodEnd } = duty
  if (kind === null || period === '-') return undefined
  const planned = gatherings.map((row): Planned => ({
    title: row.title,
    state: row.state,
    day: dayOf(new Date(row.plannedStart)),
    kinds: row.segments.map((segment) => segment.kind),
    row,
  }))
  return cheapestWay({ kind, periodStart, periodEnd }, planned, now)
}

const isOpen = (duty: Duty) => duty.state === 'DUE_SOON' || duty.state === 'MISSED'

/**
 * Open duties, most urgent first: what can still be done in time, nearest end first; then what was missed, latest first;
 * what is already under way comes last.
 */
export function urgent(duties: readonly Duty[], gatherings: readonly GatheringRow[], now: string): Duty[] {
  const goesOn = (duty: Duty) => ['CONFIRM', 'UNDER_WAY'].includes(wayOf(duty, gatherings, now)?.how ?? '')
  const underWay = duties.filter((duty) => isOpen(duty) && goesOn(duty))
  const open = duties.filter((duty) => isOpen(duty) && !underWay.includes(duty))
  const soon = open.filter(({ state }) => state === 'DUE_SOON').sort((a, b) => a.periodEnd.localeCompare(b.periodEnd))
  const missed = open.filter(({ state }) => state === 'MISSED').sort((a, b) => b.periodEnd.localeCompare(a.periodEnd))
  return [...soon, ...missed, ...underWay]
}
