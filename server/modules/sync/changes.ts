/** Remembers when each gathering last changed, so that a phone that comes back after weeks is sent only what it has not seen. */
import { type Context, type Event, type Projection, sql } from '#platform'

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
    const changed = new Map(
      events.flatMap((event): [string, { county: string; gatheringId: string }][] => {
        const gatheringId = gatheringOf(event)
        return gatheringId === undefined ? [] : [[`${event.county}${gatheringId}`, { county: event.county, gatheringId }]]
      }),
    )
    if (changed.size === 0) return
    const rows = [...changed.values()]
    const { number } = await ctx.get(sql<{ number: number }>`update sync.revision set number = number + 1 returning number`)
    await ctx.query(sql`
      insert into sync.change (county, gathering_id, revision)
      select county, gathering_id, ${number}
      from unnest(${rows.map((row) => row.county)}::text[], ${rows.map((row) => row.gatheringId)}::uuid[]) as r(county, gathering_id)
      on conflict (county, gathering_id) do update set revision = excluded.revision`)
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

/** Those of these gatherings of a county that changed after a revision. */
export async function changedSince(ctx: Context, county: string, gatheringIds: readonly string[], revision: number): Promise<Set<string>> {
  const rows = await ctx.query(sql<{ id: string }>`
    select gathering_id as id from sync.change
    where county = ${county} and gathering_id = any(${gatheringIds}::uuid[]) and revision > ${revision}`)
  return new Set(rows.map(({ id }) => id))
}
