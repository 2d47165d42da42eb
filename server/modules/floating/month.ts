/** One month of a floating member: what home and host do and what is open to guests, together; two at the same time are settled by rule. */
import type { z } from 'zod'
import type * as contract from '#contract/participations'
import { listMine } from '#meetings'
import { namesOf } from '#organisations'
import { type Context, sql } from '#platform'
import { addDays, addMonths, overlapSentence } from '#rules'
import { creditsBetween } from './ledger.ts'
import { listOf } from './participations.ts'
import type { Stored } from './rows.ts'

type Item = z.output<typeof contract.MonthItem>

const mostItems = 200
/** A gathering without a planned end is taken for so long. */
const usualMilliseconds = 2 * 3_600_000

const from = ({ plannedStart }: Item) => Date.parse(plannedStart)
const until = (item: Item) => (item.plannedEnd === null ? from(item) + usualMilliseconds : Date.parse(item.plannedEnd))
const meets = (one: Item, other: Item) => from(one) < until(other) && from(other) < until(one)

export async function monthOf(
  ctx: Context,
  stored: Stored | undefined,
  month: string,
): Promise<z.output<typeof contract.getMyMonth.returns>> {
  const counties = [
    ...new Set(ctx.account.posts.filter(({ role }) => role === 'MEMBER' || role === 'GUEST').map(({ node }) => node.county)),
  ]
  const { items: own } = await listMine(ctx, counties, { month, limit: mostItems })
  const homeId = stored?.homeId ?? ctx.account.posts.find(({ role }) => role === 'MEMBER')?.node.id
  const items = own
    .filter(({ state }) => state !== 'CANCELLED')
    .map((row): Item => ({
      side: row.organisationId === homeId ? 'HOME' : 'HOST',
      organisationId: row.organisationId,
      organisationName: row.organisationName,
      gatheringId: row.id,
      title: row.title,
      kinds: row.segments.map(({ kind }) => kind),
      plannedStart: row.plannedStart,
      plannedEnd: null,
      place: row.place,
      mode: row.mode,
      state: row.state,
      my: row.my?.state ?? null,
      overlap: null,
    }))
  const open = (await openItems(ctx, stored, month)).filter(({ gatheringId }) => !items.some((item) => item.gatheringId === gatheringId))
  const all = [...items, ...open].toSorted((one, other) => from(one) - from(other))
  const year = Number(month.slice(0, 4))
  const participations = stored === undefined ? [] : await listOf(ctx, stored.county, stored.memberId, year)
  const last = addDays(addMonths(`${month}-01`, 1), -1)
  return {
    items: all.map((item) => ({ ...item, overlap: overlapOf(item, all) })),
    credits: stored === undefined ? [] : await creditsBetween(ctx, stored, participations, `${month}-01`, last),
  }
}

/** A meeting of all members may take a vote, and votes are cast at home; anything else is taken part in where one is. */
function overlapOf(item: Item, all: readonly Item[]): Item['overlap'] {
  if (item.side === 'OPEN') return null
  const other = all.find((each) => each.side !== item.side && each.side !== 'OPEN' && meets(each, item))
  if (other === undefined) return null
  const home = item.side === 'HOME' ? item : other
  const votes = home.kinds.includes('GENERAL_MEETING')
  const { ruleId, sentence } = overlapSentence({ votes })
  return { gatheringId: other.gatheringId, rather: votes ? 'HOME' : 'HOST', ruleId, sentence }
}

/** Gatherings of the month open to guests, in the prefecture where the member is. */
async function openItems(ctx: Context, stored: Stored | undefined, month: string): Promise<Item[]> {
  const area = stored?.hostCounty ?? stored?.areaCode
  if (area === undefined) return []
  const first = `${month}-01T00:00:00+08:00`
  const rows = await ctx.query(sql<Omit<Item, 'side' | 'organisationName' | 'my' | 'overlap'>>`
    select g.organisation_id as "organisationId", g.id as "gatheringId", g.title,
      array(select s.kind from meetings.segment s where s.county = g.county and s.gathering_id = g.id order by s.place) as kinds,
      g.planned_start as "plannedStart", g.planned_end as "plannedEnd", g.place, g.mode, g.state
    from floating.open_gathering o join meetings.gathering g on g.county = o.county and g.id = o.gathering_id
    where starts_with(o.county, ${area.slice(0, 4)}) and g.planned_start >= ${first}::timestamptz
      and g.planned_start < ${first}::timestamptz + interval '1 month' and g.state in ('PLANNED', 'NOTIFIED', 'POSTPONED', 'IN_PROGRESS')
    order by g.planned_start limit 50`)
  const names = await namesOf(ctx, [...new Set(rows.map(({ organisationId }) => organisationId))])
  return rows.map((row) => ({ ...row, side: 'OPEN', organisationName: names.get(row.organisationId) ?? '', my: null, overlap: null }))
}
