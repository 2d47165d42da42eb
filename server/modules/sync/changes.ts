/** Remembers when each gathering last changed, so that a phone that comes back after weeks is sent only what it has not seen. */
import { type Context, type Event, type Node, type Projection, sql } from '#platform'

/** The gathering an event is about: it names one, or it happened to one. */
function gatheringOf({ type, subjectId, data }: Event): string | undefined {
  const { gatheringId } = data
  if (typeof gatheringId === 'string') return gatheringId
  return type.startsWith('meetings.gathering.') ? subjectId : undefined
}

export const changes: Projection = {
  name: 'sync.changes',
  listens: ['meetings.', 'sync.conflict.settled'],
  async apply(ctx, events) {
    const last = new Map(
      events.flatMap((event): [string, Event & { gatheringId: string }][] => {
        const gatheringId = gatheringOf(event)
        return gatheringId === undefined ? [] : [[`${event.county}${gatheringId}`, { ...event, gatheringId }]]
      }),
    )
    if (last.size === 0) return
    const rows = [...last.values()]
    const { number } = await ctx.get(sql<{ number: number }>`update sync.revision set number = number + 1 returning number`)
    await ctx.query(sql`
      insert into sync.change (county, gathering_id, organisation_id, revision)
      select county, gathering_id, organisation_id, ${number}
      from unnest(${rows.map((row) => row.county)}::text[], ${rows.map((row) => row.gatheringId)}::uuid[], ${rows.map((row) => row.nodeId)}::uuid[])
        as r(county, gathering_id, organisation_id)
      on conflict (county, gathering_id) do update set organisation_id = excluded.organisation_id, revision = excluded.revision`)
  },
  // The count of revisions goes on, so that every phone sees everything once more.
  async reset(ctx) {
    await ctx.query(sql`delete from sync.change`)
  },
}

/** How far the changes have been counted. */
export async function revisionNow(ctx: Context): Promise<number> {
  return (await ctx.get(sql<{ number: number }>`select number from sync.revision`)).number
}

/** Gatherings of this organisation that changed after a revision; those of its groups count as its own. */
export async function changedSince(ctx: Context, hall: Node, revision: number): Promise<Set<string>> {
  const rows = await ctx.query(sql<{ id: string }>`
    select gathering_id as id from sync.change
    where county = ${hall.county} and organisation_id = ${hall.id} and revision > ${revision}`)
  return new Set(rows.map(({ id }) => id))
}
