/** A branch's year as it is on record: read gathering by gathering through the doors, never all at once. */
import type { ReturnsOf } from '#contract/operation'
import type { listDuties } from '#contract/duties'
import { listFloating } from '#floating'
import { getGathering, hallOf, listGatherings } from '#meetings'
import { listDuties as readDuties } from '#duties'
import { type Context, DomainError, type Node } from '#platform'
import { addDays } from '#rules'
import { dayOf, type Gathering } from './words.ts'

/** No branch holds more in a year; beyond, somebody has named a superior, or something is wrong. */
const mostRecords = 600
const pageSize = 200

export interface Held {
  id: string
  title: string
  day: string
  state: Gathering['state']
}

const tooMany = (most: number) =>
  new DomainError('TOO_MANY_RECORDS', {
    sentence: {
      zh: `超过 ${most} 条记录，无法编成一份。请选择一个下级党组织。`,
      en: `More than ${most} records; choose an organisation below.`,
    },
  })

/** Every row of a list that counts, page by page. @throws DomainError TOO_MANY_RECORDS */
async function all<Row>(
  pageAt: (cursor: { cursor?: string }) => Promise<{ items: readonly Row[]; next: string | null }>,
  counts: (row: Row) => boolean,
  most = mostRecords,
): Promise<Row[]> {
  const found: Row[] = []
  let next: string | null = null
  do {
    const page = await pageAt(next === null ? {} : { cursor: next })
    found.push(...page.items.filter(counts))
    if (found.length > most) throw tooMany(most)
    next = page.next
  } while (next !== null)
  return found
}

/** Gatherings of exactly this organisation (at a group: of the group) that count for the year, the first one first. @throws DomainError TOO_MANY_RECORDS */
export async function gatheringsOf(ctx: Context, node: Node, year: number): Promise<Held[]> {
  const hall = await hallOf(ctx, node)
  // One planned for the last days of a year may have been held in the next, and count there.
  const span = { from: addDays(`${year}-01-01`, -45), until: addDays(`${year}-12-31`, 45), limit: pageSize, q: '' }
  const rows = await all(
    (cursor) => listGatherings(ctx, node, { ...span, ...cursor }),
    (row) => row.organisationId === hall.id && dayOf(row).startsWith(`${year}-`),
  )
  return rows
    .map((row) => ({ id: row.id, title: row.title, day: dayOf(row), state: row.state }))
    .sort((a, b) => (a.day < b.day || (a.day === b.day && a.id < b.id) ? -1 : 1))
}

/** One whole record. @throws DomainError NOT_FOUND */
export const gatheringAt = async (ctx: Context, node: Node, id: string): Promise<Gathering> =>
  getGathering(ctx, await hallOf(ctx, node), id)

export type Duty = ReturnsOf<typeof listDuties>['items'][number]

/** Duties of exactly this organisation whose period ends in the year, the first period first. @throws DomainError TOO_MANY_RECORDS */
export async function dutiesOf(ctx: Context, node: Node, year: number): Promise<Duty[]> {
  const span = { from: `${year}-01-01`, until: `${year}-12-31`, limit: pageSize, reach: 'own' as const }
  const found = await all(
    (cursor) => readDuties(ctx, node, { ...span, ...cursor }),
    ({ periodEnd }) => periodEnd.startsWith(`${year}-`),
  )
  return found.sort((a, b) => (a.periodEnd < b.periodEnd || (a.periodEnd === b.periodEnd && a.ruleId < b.ruleId) ? -1 : 1))
}

export type FloatingRow = Awaited<ReturnType<typeof listFloating>>['items'][number]

/** Rows of a list of floating members at most: a prefecture has 16,000. */
const mostFloating = 40_000

/** Floating members of an organisation and those below, who are out or who are guests. @throws DomainError TOO_MANY_RECORDS */
export const floatingOf = (ctx: Context, node: Node, side: 'OUT' | 'IN'): Promise<FloatingRow[]> =>
  all(
    (cursor) => listFloating(ctx, node, { side, q: '', all: 'false', limit: pageSize, ...cursor }),
    () => true,
    mostFloating,
  )
