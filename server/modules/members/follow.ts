/** Members follow their branch: when it moves, merges or splits, so do they. */
import { followMove } from '#organisations'
import { type Context, type Event, movePosts, type Projection, sql } from '#platform'
import { recount } from './tallies.ts'

const text = (event: Event, key: string) => (typeof event.data[key] === 'string' ? event.data[key] : '')

/** Moves members of one branch to another from the day of the event on, keeping the old affiliation as history. */
async function transfer(ctx: Context, event: Event, to: { id: string; path: string }, memberIds: string[] | null): Promise<void> {
  const day = text(event, 'effectiveOn') || event.at.slice(0, 10)
  const chosen = memberIds === null ? sql`` : sql`and id = any(${memberIds}::uuid[])`
  const rows = await ctx.query(sql<{ id: string }>`
    update members.member set organisation_id = ${to.id}, path = ${to.path}, group_id = null, version = version + 1
    where county = ${event.county} and organisation_id = ${event.nodeId} ${chosen} returning id`)
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) {
    // Whoever was registered after the day the change took effect begins on the day of the registration.
    await ctx.query(sql`
      with closed as (
        update members.affiliation set valid_to = greatest(valid_from, ${day}::date)
        where county = ${event.county} and member_id = any(${ids}::uuid[]) and valid_to is null returning county, member_id, valid_to)
      insert into members.affiliation (county, member_id, organisation_id, valid_from) select county, member_id, ${to.id}, valid_to from closed`)
    await movePosts(ctx, ids, 'MEMBER', event.nodeId, to.id)
  }
  await recount(ctx, event.county, event.nodeId, event.path)
  await recount(ctx, event.county, to.id, to.path)
  for (const id of ids)
    ctx.emit({
      type: 'members.member.transferred',
      county: event.county,
      nodeId: to.id,
      path: to.path,
      subjectId: id,
      data: { from: event.nodeId },
    })
}

export const followBranches: Projection = {
  name: 'members.followBranches',
  listens: ['organisations.organisation.moved', 'organisations.organisation.merged', 'organisations.organisation.split'],
  async apply(ctx, events) {
    for (const event of events) {
      if (event.type.endsWith('.moved')) await followMove(ctx, event, ['members.member', 'members.tally'])
      else if (event.type.endsWith('.merged')) await transfer(ctx, event, { id: text(event, 'into'), path: text(event, 'intoPath') }, null)
      else await transfer(ctx, event, { id: text(event, 'newId'), path: text(event, 'newPath') }, event.data.memberIds as string[])
    }
  },
  // What it keeps is a fact of the members, not a copy: reading the same events again moves nobody twice, so nothing is emptied.
  async reset() {},
}
