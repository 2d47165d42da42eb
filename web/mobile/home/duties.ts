/** Duties of a branch as its home shows them: which are open, which first, and what gathering meets them. */
import type { z } from 'zod'
import type { Duty as DutyShape } from '#contract/duties'
import { type GatheringRow, isOver, isPlanned, type Kind } from '../meeting/gathering.ts'
import { addDays, weekdayOf } from '../parts/days.ts'
import { dayOf } from '../../shared/dates.ts'

export type Duty = z.output<typeof DutyShape>

/** The kind of gathering that meets a rule; the article stands in the rule itself. */
const kinds: Record<string, Kind> = {
  'MEET-GENERAL': 'GENERAL_MEETING',
  'MEET-COMMITTEE': 'COMMITTEE_MEETING',
  'MEET-GROUP': 'GROUP_MEETING',
  'MEET-LECTURE': 'PARTY_LECTURE',
  'MEET-THEME': 'THEME_DAY',
  'LIFE-ORG-MEETING': 'ORG_LIFE_MEETING',
  'LIFE-REVIEW': 'DEMOCRATIC_REVIEW',
}

export const kindOf = ({ ruleId }: Pick<Duty, 'ruleId'>): Kind | undefined => kinds[ruleId]

const isOpen = (duty: Duty) => duty.state === 'DUE_SOON' || duty.state === 'MISSED'

/**
 * Open duties, most urgent first: what can still be done in time, nearest end first; then what was missed, latest first;
 * what is already under way comes last.
 */
export function urgent(duties: readonly Duty[], gatherings: readonly GatheringRow[]): Duty[] {
  const underWay = duties.filter((duty) => isOpen(duty) && coveredBy(duty, gatherings) !== undefined)
  const open = duties.filter((duty) => isOpen(duty) && !underWay.includes(duty))
  const soon = open.filter(({ state }) => state === 'DUE_SOON').sort((a, b) => a.periodEnd.localeCompare(b.periodEnd))
  const missed = open.filter(({ state }) => state === 'MISSED').sort((a, b) => b.periodEnd.localeCompare(a.periodEnd))
  return [...soon, ...missed, ...underWay]
}

/** Days that members need to hear of a gathering and arrange themselves; a suggestion, no rule. */
const noticeDays = 3
const saturday = 6

/** A sensible day: the first Saturday that leaves time for the notice, not after the end of the period. */
export function suggestDay(duty: Pick<Duty, 'periodEnd'>, now: string): string {
  const first = addDays(now, noticeDays)
  if (duty.periodEnd < now) return first
  const day = addDays(first, (saturday - weekdayOf(first) + 7) % 7)
  if (day <= duty.periodEnd) return day
  return first <= duty.periodEnd ? first : duty.periodEnd
}

/** The gathering under way that will meet the duty once its record is confirmed. */
export function coveredBy(duty: Duty, gatherings: readonly GatheringRow[]): GatheringRow | undefined {
  const kind = kindOf(duty)
  return gatherings.find((gathering) => {
    const day = dayOf(new Date(gathering.plannedStart))
    const within = day >= duty.periodStart && day <= duty.periodEnd
    return within && !isOver(gathering.state) && gathering.segments.some((segment) => segment.kind === kind)
  })
}

/** The gathering already planned in time that the duty could be held together with: the cheapest way. */
export function togetherWith(duty: Duty, planned: readonly GatheringRow[], now: string): GatheringRow | undefined {
  const kind = kindOf(duty)
  return planned
    .filter(({ state }) => isPlanned(state))
    .filter((gathering) => {
      const day = dayOf(new Date(gathering.plannedStart))
      return day >= now && day >= duty.periodStart && day <= duty.periodEnd
    })
    .sort((a, b) => a.plannedStart.localeCompare(b.plannedStart))
    .find(({ segments }) => !segments.some((segment) => segment.kind === kind))
}
