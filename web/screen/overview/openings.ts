/** What can be pressed open on the screen, and what each child of the organisation contributes to it. */
import { attendanceShare, count, dutyShare, percent } from './figures.ts'
import type { Measures } from './figures.ts'

/** A figure that opens into definition, source, freshness and rows. */
export const openings = ['duties', 'gatherings', 'attendance', 'branches', 'members', 'floating', 'todayGatherings', 'todaySignIns'] as const
export type Opening = (typeof openings)[number]

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
    case 'gatherings':
      return { value: count(measures.gatherings), arithmetic: null }
    case 'branches':
      return { value: count(measures.branches), arithmetic: null }
    case 'members':
      return { value: count(measures.members), arithmetic: null }
    case 'floating':
      return { value: measures.floating === null ? null : count(measures.floating), arithmetic: null }
    case 'todayGatherings':
    case 'todaySignIns':
      return { value: null, arithmetic: null }
  }
}

/** Is this figure kept for every child, so that rows can be shown? */
export function hasRows(opening: Opening): boolean {
  return opening !== 'todayGatherings' && opening !== 'todaySignIns'
}

function shareOf(share: number | null, part: number, all: number): Contribution {
  return share === null ? { value: null, arithmetic: null } : { value: `${percent(share)} %`, arithmetic: `${count(part)} ÷ ${count(all)}` }
}
