/** What can be pressed open on the screen, and what each child of the organisation contributes to it. */
import { attendanceShare, count, dutyShare, percent } from './figures.ts'
import type { Measures } from './figures.ts'

/** A figure that opens into definition, source, freshness and rows. */
export type Opening = 'duties' | 'gatherings' | 'attendance' | 'branches' | 'members' | 'floating' | 'todayGatherings' | 'todaySignIns'

/** One row's contribution: the main value, and the arithmetic behind it where it is a share. Null when it is suppressed or there is nothing to count. */
export interface Contribution {
  value: string | null
  arithmetic: string | null
}

/** What one organisation (with all below it) contributes to an opening; today's figures are not kept per child. */
export function contributionOf(opening: Opening, measures: Measures): Contribution {
  switch (opening) {
    case 'duties':
      return shareOf(dutyShare(measures), measures.dutiesMet, measures.dutiesMet + measures.dutiesDue + measures.dutiesMissed)
    case 'attendance':
      return shareOf(attendanceShare(measures), measures.present, measures.expected)
    case 'floating':
      return { value: measures.floating === null ? null : count(measures.floating), arithmetic: null }
    case 'gatherings':
    case 'branches':
    case 'members':
      return { value: count(measures[opening]), arithmetic: null }
    case 'todayGatherings':
    case 'todaySignIns':
      return { value: null, arithmetic: null }
  }
}

/** Is this figure about today rather than the month? */
export const isToday = (opening: Opening): opening is 'todayGatherings' | 'todaySignIns' =>
  opening === 'todayGatherings' || opening === 'todaySignIns'

/** Is this figure one of the three of the month? */
export const isMonthly = (opening: Opening): opening is 'duties' | 'gatherings' | 'attendance' =>
  opening === 'duties' || opening === 'gatherings' || opening === 'attendance'

function shareOf(share: number | null, part: number, all: number): Contribution {
  return share === null ? { value: null, arithmetic: null } : { value: `${percent(share)} %`, arithmetic: `${count(part)} ÷ ${count(all)}` }
}
