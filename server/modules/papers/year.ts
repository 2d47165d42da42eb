/** A branch's year as it is on record: read gathering by gathering through the doors, never all at once. */
import type { ReturnsOf } from '#contract/operation'
import type { listDuties } from '#contract/duties'
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

const tooMany = () =>
  new DomainError('TOO_MANY_RECORDS', {
    sentence: {
      zh: `一年超过 ${mostRecords} 条记录，无法编成一份。请选择一个党支部。`,
      en: `More than ${mostRecords} records in the year; choose a single branch.`,
    },
  })

/** Gatherings of exactly this organisation (at a group: of the group) that count for the year, the first one first. @throws DomainError TOO_MANY_RECORDS */
export async function gatheringsOf(ctx: Context, node: Node, year: number): Promise<Held[]> {
  const found: Held[] = []
  const hall = await hallOf(ctx, node)
  let cursor: string | undefined
  // One planned for the last days of a year may have been held in the next, and count there.
  const span = { from: addDays(`${year}-01-01`, -45), until: addDays(`${year}-12-31`, 45), limit: pageSize, q: '' }
  do {
    const page = await listGatherings(ctx, node, cursor === undefined ? span : { ...span, cursor })
    for (const row of page.items) {
      const day = dayOf(row)
      if (row.organisationId !== hall.id || !day.startsWith(`${year}-`)) continue
      found.push({ id: row.id, title: row.title, day, state: row.state })
    }
    if (found.length > mostRecords) throw tooMany()
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found.sort((a, b) => (a.day < b.day || (a.day === b.day && a.id < b.id) ? -1 : 1))
}

/** One whole record. @throws DomainError NOT_FOUND */
export const gatheringAt = async (ctx: Context, node: Node, id: string): Promise<Gathering> =>
  getGathering(ctx, await hallOf(ctx, node), id)

export type Duty = ReturnsOf<typeof listDuties>['items'][number]

/** Duties of exactly this organisation whose period ends in the year, the first period first. @throws DomainError TOO_MANY_RECORDS */
export async function dutiesOf(ctx: Context, node: Node, year: number): Promise<Duty[]> {
  const found: Duty[] = []
  let cursor: string | undefined
  const span = { from: `${year}-01-01`, until: `${year}-12-31`, limit: pageSize, reach: 'own' as const }
  do {
    const page = await readDuties(ctx, node, cursor === undefined ? span : { ...span, cursor })
    found.push(...page.items.filter(({ periodEnd }) => periodEnd.startsWith(`${year}-`)))
    if (found.length > mostRecords) throw tooMany()
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found.sort((a, b) => (a.periodEnd < b.periodEnd || (a.periodEnd === b.periodEnd && a.ruleId < b.ruleId) ? -1 : 1))
}
