/** Duties follow what happens: an event says whose duties to compute again, never what they are. */
import { followMove } from '#organisations'
import { type Event, type Projection, sql } from '#platform'
import { recompute, recomputeAll } from './recompute.ts'

const ids = (...values: unknown[]): string[] => values.filter((value): value is string => typeof value === 'string')

/** Organisations an event is about: where it happened, and the other party of a transfer or a change of the tree. */
const touchedBy = ({ nodeId, data }: Event): string[] =>
  ids(nodeId, data.from, data.into, data.newId, data.parentId, data.oldParentId, data.newParentId)

export const followRecords: Projection = {
  name: 'duties.followRecords',
  listens: ['meetings.gathering.confirmed', 'meetings.gathering.amended', 'organisations.organisation.', 'members.member.'],
  async apply(ctx, events) {
    for (const event of events) await followMove(ctx, event, ['duties.duty', 'duties.outlook'])
    await recompute(ctx, [...new Set(events.flatMap(touchedBy))])
  },
  async reset(ctx) {
    await ctx.query(sql`delete from duties.duty`)
    await ctx.query(sql`delete from duties.outlook`)
    await recomputeAll(ctx)
  },
  refills: true,
}
