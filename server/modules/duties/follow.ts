/** Duties follow what happens: an event says whose duties to compute again, never what they are. */
import { type Context, type Event, type Projection, sql } from '#platform'
import { recompute, recomputeAll } from './recompute.ts'

const ids = (...values: unknown[]): string[] => values.filter((value): value is string => typeof value === 'string')

/** Organisations an event is about: where it happened, and the other party of a transfer or a change of the tree. */
const touchedBy = ({ nodeId, data }: Event): string[] =>
  ids(nodeId, data.from, data.into, data.newId, data.parentId, data.oldParentId, data.newParentId)

/** Duties below an organisation that moved keep being found in its new place. */
async function moved(ctx: Context, { data }: Event): Promise<void> {
  const [from, to] = [String(data.oldPath), String(data.newPath)]
  const below = sql`path >= ${from} and path < ${`${from.slice(0, -1)}0`}`
  await ctx.query(sql`update duties.duty set path = ${to} || substr(path, ${from.length + 1}) where ${below}`)
  await ctx.query(sql`update duties.outlook set path = ${to} || substr(path, ${from.length + 1}) where ${below}`)
}

export const followRecords: Projection = {
  name: 'duties.followRecords',
  listens: ['meetings.gathering.confirmed', 'meetings.gathering.amended', 'organisations.organisation.', 'members.member.'],
  async apply(ctx, events) {
    for (const event of events) if (event.type === 'organisations.organisation.moved') await moved(ctx, event)
    await recompute(ctx, [...new Set(events.flatMap(touchedBy))])
  },
  async reset(ctx) {
    await ctx.query(sql`delete from duties.duty`)
    await ctx.query(sql`delete from duties.outlook`)
    await recomputeAll(ctx)
  },
  refills: true,
}
