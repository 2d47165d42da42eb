/** 谈心谈话: that two people talked, and on which day. What was said is asked by nobody and kept nowhere. */
import type { z } from 'zod'
import type { Talk } from '#contract/talks'
import { rosterOf } from '#members'
import { seatsOf } from '#organisations'
import { type Context, DomainError, type Node, sql, wrong } from '#platform'
import { dayOf, talksAsked } from '#rules'
import { happened, notOnRoster } from './steps.ts'

type Held = z.output<typeof Talk>

const columns = sql`id, day, member_id as "memberId", name, other_member_id as "otherMemberId", other_name as "otherName"`
const inYear = (year: string) => sql`day between ${`${year}-01-01`} and ${`${year}-12-31`}`

/** The talks of a year, and what the rule still asks, in words. */
export async function listTalks(ctx: Context, branch: Node, year: string) {
  const [items, members, seats] = await Promise.all([
    ctx.query(sql<Held>`
      select ${columns} from reviews.talk where county = ${branch.county} and organisation_id = ${branch.id} and ${inYear(year)} order by day desc, id`),
    rosterOf(ctx, branch),
    seatsOf(ctx, [branch.id]),
  ])
  const committee = new Set(seats.flatMap(({ memberId }) => (memberId === null ? [] : [memberId])))
  const pairs = items.map(({ memberId, otherMemberId }) => [memberId, otherMemberId] as const)
  return {
    items,
    asked: talksAsked(members, committee, pairs).map(({ between, met, sentence, ruleId }) => ({ between, met, sentence, ruleId })),
  }
}

/** My talks of this year. */
export async function myTalks(ctx: Context, branch: Node, memberId: string): Promise<Held[]> {
  return ctx.query(sql<Held>`
    select ${columns} from reviews.talk
    where county = ${branch.county} and organisation_id = ${branch.id} and ${inYear(dayOf(ctx.now).slice(0, 4))} and ${memberId}::uuid in (member_id, other_member_id)
    order by day desc, id`)
}

/** Notes a talk; sent twice it is one. @throws DomainError SAME_PERSON, NOT_ON_ROSTER, TIMES_IMPOSSIBLE, ID_TAKEN */
export async function putTalk(
  ctx: Context,
  branch: Node,
  id: string,
  talk: { day: string; memberId: string; otherMemberId: string },
): Promise<Held> {
  const [one, other] = talk.memberId < talk.otherMemberId ? [talk.memberId, talk.otherMemberId] : [talk.otherMemberId, talk.memberId]
  const known = await ctx.find(sql<Held>`select ${columns} from reviews.talk where county = ${branch.county} and id = ${id}`)
  if (known !== undefined) {
    if (known.day === talk.day && known.memberId === one && known.otherMemberId === other) return known
    throw new DomainError('ID_TAKEN')
  }
  if (one === other) throw wrong('SAME_PERSON', 'body.otherMemberId', '请选另一个人。', 'Choose another person.')
  if (talk.day > dayOf(ctx.now))
    throw wrong('TIMES_IMPOSSIBLE', 'body.day', '日期在将来，谈过再记。', 'That day lies ahead; note a talk when it has taken place.')
  const members = await rosterOf(ctx, branch)
  const nameOf = (memberId: string) => members.find((member) => member.memberId === memberId)?.name
  const [name, otherName] = [nameOf(one), nameOf(other)]
  if (name === undefined || otherName === undefined)
    throw notOnRoster(nameOf(talk.otherMemberId) === undefined ? 'body.otherMemberId' : 'body.memberId')
  await ctx.query(sql`
    insert into reviews.talk (county, id, organisation_id, path, day, member_id, name, other_member_id, other_name)
    values (${branch.county}, ${id}, ${branch.id}, ${branch.path}, ${talk.day}, ${one}, ${name}, ${other}, ${otherName})`)
  happened(ctx, branch, id, 'talk.noted')
  return { id, day: talk.day, memberId: one, name, otherMemberId: other, otherName }
}

/** Takes a talk away that was noted by mistake; one that is not there is gone already. */
export async function removeTalk(ctx: Context, branch: Node, id: string): Promise<void> {
  const rows = await ctx.query(sql`
    delete from reviews.talk where county = ${branch.county} and organisation_id = ${branch.id} and id = ${id} returning id`)
  if (rows.length > 0) happened(ctx, branch, id, 'talk.removed')
}
