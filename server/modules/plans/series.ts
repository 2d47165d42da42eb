/** Fixed days of a branch and the market days of its town. */
import type { z } from 'zod'
import type { BodyOf, ReturnsOf } from '#contract/operation'
import type * as contract from '#contract/plans'
import { findNode } from '#organisations'
import { type Context, DomainError, hashOf, type Node, sql, wrong } from '#platform'
import { peopleOf } from '#rules'
import { changed, isRepeated } from './changed.ts'

type Series = z.output<typeof contract.Series>

const columns = sql`id, title, kinds, group_id as "groupId", months, day_rule as "on", start_time as start, minutes, mode, place, from_day as "from",
  until_day as until, version`

/** Those that go on or were ended lately; the oldest first. */
export const listSeries = (ctx: Context, { county, id }: Node): Promise<Series[]> =>
  ctx.query(sql<Series>`select ${columns} from plans.series where county = ${county} and organisation_id = ${id} order by from_day, id`)

/** Sets a fixed day, changes or ends it. @throws DomainError INVALID, NOT_FOUND, ID_TAKEN, STALE_VERSION */
export async function putSeries(ctx: Context, organisation: Node, id: string, input: BodyOf<typeof contract.putSeries>): Promise<Series> {
  const { county } = organisation
  const { version, ...content } = input
  const hash = hashOf(content)
  const before = await ctx.find(sql<{ organisationId: string; version: number; contentHash: Buffer }>`
    select organisation_id as "organisationId", version, content_hash as "contentHash" from plans.series
    where county = ${county} and id = ${id} for update`)
  if (!isRepeated(before, organisation.id, hash, version)) {
    await check(ctx, organisation, input)
    await ctx.query(sql`
      insert into plans.series (county, id, organisation_id, title, kinds, group_id, months, day_rule, start_time, minutes, mode, place, from_day, until_day,
        content_hash)
      values (${county}, ${id}, ${organisation.id}, ${input.title}, ${input.kinds}::text[], ${input.groupId}, ${input.months}::int[],
        ${JSON.stringify(input.on)}::jsonb, ${input.start}, ${input.minutes}, ${input.mode}, ${input.place}, ${input.from}, ${input.until}, ${hash})
      ${
        before === undefined
          ? sql``
          : sql`on conflict (county, id) do update set title = excluded.title, kinds = excluded.kinds, group_id = excluded.group_id,
              months = excluded.months, day_rule = excluded.day_rule, start_time = excluded.start_time, minutes = excluded.minutes, mode = excluded.mode,
              place = excluded.place, from_day = excluded.from_day, until_day = excluded.until_day, content_hash = excluded.content_hash,
              version = plans.series.version + 1`
      }`)
    changed(ctx, organisation, 'series.set', id)
  }
  return ctx.get(sql<Series>`select ${columns} from plans.series where county = ${county} and id = ${id}`)
}

async function check(ctx: Context, organisation: Node, input: BodyOf<typeof contract.putSeries>): Promise<void> {
  const { kinds, groupId, months, from, until } = input
  if (new Set(kinds).size !== kinds.length) throw wrong('INVALID', 'body.kinds', '同一种活动不能选两次。', 'The same kind is chosen twice.')
  if (new Set(months).size !== months.length)
    throw wrong('INVALID', 'body.months', '同一个月不能选两次。', 'The same month is chosen twice.')
  if (new Set(kinds.map((kind) => peopleOf({ kinds: [kind], groupId }))).size > 1) {
    const en = 'A committee or group meeting has another roster than a meeting of all; make them a series of their own.'
    throw wrong('INVALID', 'body.kinds', '支委会、党小组会与党员大会、主题党日的应到人员不同，请分别设置。', en)
  }
  if (until !== null && until < from)
    throw wrong('INVALID', 'body.until', '结束日期不能早于开始日期。', 'The last day must not be before the first.')
  if (kinds.includes('GROUP_MEETING') && groupId === null)
    throw wrong('INVALID', 'body.groupId', '请选择开会的党小组。', 'Choose the group that meets.')
  if (groupId === null) return
  const group = await findNode(ctx, groupId)
  if (group?.kind === 'GROUP' && group.parentId === organisation.id) return
  const en = 'This is not a group of the branch; choose one from the list.'
  throw wrong('INVALID', 'body.groupId', '这不是本支部的党小组，请从列表中选择。', en)
}

export type MarketDays = ReturnsOf<typeof contract.putMarketDays>

/** As they were set; none while nobody did. */
export async function getMarketDays(ctx: Context, { county, id }: Node): Promise<MarketDays> {
  const found = await ctx.find(sql<MarketDays>`
    select market, market_wish as "marketWish", version from plans.market_days where county = ${county} and organisation_id = ${id} for share`)
  return found ?? { market: null, marketWish: 'NONE', version: 0 }
}

/** @throws DomainError STALE_VERSION */
export async function putMarketDays(
  ctx: Context,
  organisation: Node,
  { version, ...days }: BodyOf<typeof contract.putMarketDays>,
): Promise<MarketDays> {
  const before = await getMarketDays(ctx, organisation)
  if (JSON.stringify(days) === JSON.stringify({ market: before.market, marketWish: before.marketWish })) return before
  if (version !== before.version) throw new DomainError('STALE_VERSION')
  const after = await ctx.get(sql<MarketDays>`
    insert into plans.market_days (county, organisation_id, market, market_wish)
    values (${organisation.county}, ${organisation.id}, ${days.market === null ? null : JSON.stringify(days.market)}::jsonb, ${days.marketWish})
    ${version === 0 ? sql`` : sql`on conflict (county, organisation_id) do update set market = excluded.market, market_wish = excluded.market_wish, version = plans.market_days.version + 1`}
    returning market, market_wish as "marketWish", version`)
  changed(ctx, organisation, 'marketDays.set', organisation.id)
  return after
}
