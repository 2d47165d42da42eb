/** What a year of a branch is planned by, read from duties, gatherings and plans, and the rules applied to it on this device. */
import { useMemo } from 'react'
import type { z } from 'zod'
import { listDuties, type Duty as DutyShape } from '#contract/duties'
import { listGatherings, type GatheringRow as RowShape } from '#contract/meetings'
import type { ReturnsOf } from '#contract/operation'
import { getPlanBasis } from '#contract/plans'
import {
  type Arrangement,
  arrange,
  betterDay,
  type CalendarDay,
  calendarOf,
  type Clash,
  clashesOf,
  daysOfSeries,
  habitsOf,
  type KnownGathering,
  type ProposedGathering,
  proposeYear,
  sittingOf,
  type Surroundings,
} from '#rules'
import type { Problem } from '../client.ts'
import { dayOf, momentAt } from '../dates.ts'
import { useOperation } from '../query.ts'

export type GatheringRow = z.output<typeof RowShape>
type Duty = z.output<typeof DutyShape>
export type Basis = ReturnsOf<typeof getPlanBasis>
export type Kit = Basis['kits'][number]

export interface YearOf {
  organisationId: string
  year: string
  today: string
  basis: Basis
  duties: Duty[]
  rows: GatheringRow[]
  /** The whole year. */
  calendar: CalendarDay[]
}

const todayIs = () => dayOf(new Date())

/** The year of a branch; undefined while something is missing, which `problem` explains. */
export function useYear(organisationId: string, year: string): { data: YearOf | undefined; problem: Problem | null; again: () => void } {
  const params = { organisationId }
  const [from, until] = [`${Number(year) - 1}-01-01`, `${year}-12-31`]
  const basis = useOperation(getPlanBasis, { params, query: { from: `${year}-01`, until: `${year}-12` } })
  const duties = useOperation(listDuties, { params, query: { from, limit: 200 } })
  const gatherings = useOperation(listGatherings, { params, query: { from, until, limit: 200 } })
  const asked = [basis, duties, gatherings]
  // A year of lunar dates takes a few milliseconds, so it is worked out once for each answer.
  const data = useMemo(() => {
    if (basis.data === undefined || duties.data === undefined || gatherings.data === undefined) return undefined
    const rows = gatherings.data.items.filter((row) => row.organisationId === organisationId)
    const calendar = calendarOf(`${year}-01-01`, `${year}-12-31`, basis.data)
    return { organisationId, year, today: todayIs(), basis: basis.data, duties: duties.data.items, rows, calendar }
  }, [basis.data, duties.data, gatherings.data, organisationId, year])
  return {
    data,
    problem: data === undefined ? (asked.find(({ error }) => error !== null)?.error ?? null) : null,
    again: () => void Promise.all(asked.map(({ refetch }) => refetch())),
  }
}

/** The day a gathering was held or is planned for. */
export const dayOfRow = (row: GatheringRow): string => row.heldOn ?? dayOf(new Date(row.plannedStart))

const known = (row: GatheringRow): KnownGathering => ({
  ...row,
  plannedEnd: null,
  groupId: null,
  kinds: row.segments.map(({ kind }) => kind),
})

const open = ['UPCOMING', 'DUE_SOON']

/** The last day of the current quarter, as the duties name it. */
function endOfQuarter(today: string): string {
  const month = Math.ceil(Number(today.slice(5, 7)) / 3) * 3
  const next = new Date(Date.UTC(Number(today.slice(0, 4)), month, 0))
  return next.toISOString().slice(0, 10)
}

/** 本季度还缺的: everything still missing until the end of this quarter, with as few gatherings as possible. */
export function arrangeQuarter({ basis, duties, rows, calendar, today }: YearOf): Arrangement {
  const gatherings = rows.map(known)
  const until = endOfQuarter(today)
  const ahead = calendar.filter(({ day }) => day.slice(0, 7) >= today.slice(0, 7) && day <= until)
  const habits = habitsOf(seriesOn(basis, today), gatherings, ahead)
  return arrange({
    today,
    until,
    duties,
    gatherings,
    groups: basis.groups,
    calendar: ahead,
    habits,
    marketWish: basis.marketWish,
    wishes: [],
  })
}

/** The rest of the year, from the rules, the fixed days and last year. */
export function arrangeYear({ basis, duties, rows, calendar, today, year }: YearOf): Arrangement {
  const { groups, marketWish } = basis
  const series = seriesOn(basis, today)
  return proposeYear({ year, today, duties, gatherings: rows.map(known), groups, calendar, marketWish, series })
}

const seriesOn = ({ series }: Basis, today: string) => series.filter(({ until }) => until === null || until >= today)

/** The days on which this year's fixed gatherings fall. */
export const fixedDays = ({ basis, calendar }: YearOf): string[] => basis.series.flatMap((series) => daysOfSeries(series, calendar))

const around = ({ basis, rows, calendar, today }: YearOf, proposed: readonly ProposedGathering[]): Surroundings => ({
  today,
  calendar: new Map(calendar.map((each) => [each.day, each])),
  gatherings: rows.map(known),
  proposed,
  marketWish: basis.marketWish,
})

interface Judged {
  clashes: Clash[]
  /** A day that suits clearly better, in the same month. */
  better: string | undefined
}

const monthOf = (day: string) => ({ from: `${day.slice(0, 7)}-01`, until: `${day.slice(0, 7)}-31` })

/** What speaks against a proposal on the day the person chose, beside the other proposals. */
export function judge(of: YearOf, proposal: ProposedGathering, others: readonly ProposedGathering[]): Judged {
  const surroundings = around(of, others)
  return {
    clashes: clashesOf(proposal, surroundings),
    better: betterDay(proposal, monthOf(proposal.day), surroundings, fixedDays(of)),
  }
}

/** The same for a gathering already planned. */
export function judgeRow(of: YearOf, row: GatheringRow): Judged {
  const ahead = row.state === 'PLANNED' || row.state === 'NOTIFIED' || row.state === 'POSTPONED'
  if (!ahead || dayOfRow(row) < of.today) return { clashes: [], better: undefined }
  const surroundings = around(of, [])
  const sitting = sittingOf(known(row))
  // That it is soon is no news for something that is planned.
  const clashes = clashesOf(sitting, surroundings, row.id).filter(({ what }) => what !== 'NO_NOTICE')
  const better = clashes.length === 0 ? undefined : betterDay(sitting, monthOf(sitting.day), surroundings, fixedDays(of), row.id)
  return { clashes, better }
}

/** Open duties whose time ends in this month and which nothing planned will meet. */
export function missingIn({ duties, rows, today }: YearOf, month: string): Duty[] {
  const waiting = rows.filter(({ state }) => !['CONFIRMED', 'ARCHIVED', 'CANCELLED'].includes(state))
  return duties.filter(({ kind, state, periodStart, periodEnd, required, done }) => {
    if (kind === null || !open.includes(state) || !periodEnd.startsWith(month) || periodEnd < today) return false
    const planned = waiting.filter((row) => {
      const day = dayOfRow(row)
      return row.segments.some((segment) => segment.kind === kind) && day >= periodStart && day <= periodEnd
    })
    return required > done + planned.length
  })
}

/** 2026-12-05T19:30:00+08:00 and so many minutes later. */
export function momentsOf({ day, start, minutes }: Pick<ProposedGathering, 'day' | 'start' | 'minutes'>) {
  const plannedStart = momentAt(day, start)
  return { plannedStart, plannedEnd: new Date(Date.parse(plannedStart) + minutes * 60_000).toISOString() }
}
