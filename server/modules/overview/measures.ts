/** What is counted, by the span it is counted over. The names are the columns of `overview.own` and `overview.rollup`. */
import type { segmentKinds } from '#contract/meetings'
import { type RawBuilder, sql } from '#platform'

/** Columns for what a gathering counts as. */
export const kindColumns = {
  GENERAL_MEETING: 'general_meetings',
  COMMITTEE_MEETING: 'committee_meetings',
  GROUP_MEETING: 'group_meetings',
  PARTY_LECTURE: 'party_lectures',
  THEME_DAY: 'theme_days',
  ORG_LIFE_MEETING: 'org_life_meetings',
  DEMOCRATIC_REVIEW: 'democratic_reviews',
} as const satisfies Record<(typeof segmentKinds)[number], string>

/** `now`: as things stand · `month`: `2026-03` · `day`: `2026-03-31`, kept for today and yesterday only. */
export type Span = 'now' | 'month' | 'day'

const bySpan = {
  now: ['branches', 'members', 'full_members', 'floating'],
  month: ['gatherings', ...Object.values(kindColumns), 'expected', 'present', 'duties_met', 'duties_due', 'duties_missed'],
  day: ['gatherings', 'sign_ins'],
} as const

export type Measure = (typeof bySpan)[Span][number]

export const measures: readonly Measure[] = [...new Set<Measure>([...bySpan.now, ...bySpan.month, ...bySpan.day])]

export type Counts = Record<Measure, number>

/** The same piece of SQL for every measure, with its column, joined by commas. */
export const each = (piece: (column: RawBuilder<unknown>, name: Measure) => RawBuilder<unknown>): RawBuilder<unknown> =>
  sql.join(measures.map((name) => piece(sql.ref(name), name)))

/** SQL: all measures. */
export const columns = each((column) => column)

/** SQL: all measures with their types, for rows that travel as JSON. */
export const typed = each((column) => sql`${column} int`)
