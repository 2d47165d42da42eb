/** The figures of the screen: how each is computed from the measures of an organisation, so that every number can say where it comes from. */
import type { z } from 'zod'
import type { Measures as MeasuresShape, Overview as OverviewShape } from '#contract/overview'

export type Measures = z.output<typeof MeasuresShape>
export type Overview = z.output<typeof OverviewShape>

/** 活动场次, 到会 and 应办事项: the three counters, also the three ways to shade the map. */
export const figures = ['duties', 'gatherings', 'attendance'] as const
export type Figure = (typeof figures)[number]

/** Share 0–1 of the duties of the month that are met; null when none was due. Source: domain §2.4, MET and MET_LATE_ENTRY count as met. */
export function dutyShare({
  dutiesMet,
  dutiesDue,
  dutiesMissed,
}: Pick<Measures, 'dutiesMet' | 'dutiesDue' | 'dutiesMissed'>): number | null {
  const all = dutiesMet + dutiesDue + dutiesMissed
  return all === 0 ? null : dutiesMet / all
}

/** Share 0–1 of 实到 in 应到 over the confirmed gatherings of the month; null when nobody was expected. */
export function attendanceShare({ expected, present }: Pick<Measures, 'expected' | 'present'>): number | null {
  return expected === 0 ? null : present / expected
}

/** Confirmed gatherings per branch in the month; null when there is no branch. */
export function gatheringsPerBranch({ gatherings, branches }: Measures): number | null {
  return branches === 0 ? null : gatherings / branches
}

/** Where the next shade begins: what is nearly complete is told apart most finely, and complete has a shade of its own. */
const shareSteps = [0.5, 0.75, 0.9, 1]

/** Shade of a tile, 0 (least) to 4 (most), null where there is nothing to shade. Gatherings: 0, 1, 2, 3, 4 and more per branch. */
export function shadeOf(figure: Figure, measures: Measures): number | null {
  if (figure === 'gatherings') {
    const each = gatheringsPerBranch(measures)
    return each === null ? null : Math.min(4, Math.floor(each))
  }
  const share = figure === 'duties' ? dutyShare(measures) : attendanceShare(measures)
  return share === null ? null : shareSteps.filter((step) => share >= step).length
}

/**
 * Twelve months of a figure, oldest first: gatherings and people present as counts, duties as the share that is met (null where none was due).
 * In the month of the overview itself what is still to do counts as due, as it does in the figure.
 */
export function seriesOf(
  figure: Figure,
  { series, month: shown, measures }: Pick<Overview, 'series' | 'month' | 'measures'>,
): (number | null)[] {
  if (figure === 'gatherings') return series.map(({ gatherings }) => gatherings)
  if (figure === 'attendance') return series.map(({ present }) => present)
  return series.map(({ month, dutiesMet, dutiesMissed }) =>
    dutyShare({ dutiesMet, dutiesMissed, dutiesDue: month === shown ? measures.dutiesDue : 0 }),
  )
}

const whole = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 })

/** A count with thousands separators: 1284 → `1,284`. */
export function count(value: number): string {
  return whole.format(value)
}

/** A share as per cent with one decimal, never rounded up to 100 while one is missing: 0.9996 → `99.9`. */
export function percent(share: number): string {
  const tenths = share >= 1 ? 1000 : Math.min(999, Math.round(share * 1000))
  return (tenths / 10).toFixed(1)
}

/** Ids of the children whose gatherings, attendance or duties changed between two readings of the same organisation and month. */
export function movedChildren(before: Overview, now: Overview): string[] {
  if (before.organisationId !== now.organisationId || before.month !== now.month) return []
  const earlier = new Map(before.children.map((child) => [child.organisationId, child.measures]))
  return now.children
    .filter(({ organisationId, measures }) => {
      const old = earlier.get(organisationId)
      return old !== undefined && moved(old, measures)
    })
    .map(({ organisationId }) => organisationId)
}

function moved(old: Measures, now: Measures): boolean {
  return (
    old.gatherings !== now.gatherings ||
    old.present !== now.present ||
    old.dutiesMet !== now.dutiesMet ||
    old.dutiesMissed !== now.dutiesMissed
  )
}
