/** Whom to ring: people expected at a gathering soon whom neither the app nor a text message reaches. A list; nobody ticks anything. */
import type { listToRing as contract } from '#contract/duties'
import type { ReturnsOf } from '#contract/operation'
import { awaitedAt } from '#meetings'
import { type Context, type Node, reachedByPhone } from '#platform'

/** Gatherings everybody can be told of otherwise are left out. */
export async function listToRing(ctx: Context, node: Node): Promise<ReturnsOf<typeof contract>> {
  const awaited = await awaitedAt(ctx, node.county, node.id)
  const reached = await reachedByPhone(ctx, [...new Set(awaited.map(({ memberId }) => memberId))])
  const toRing = awaited.filter(({ memberId }) => !reached.has(memberId))
  ctx.audit({ operation: 'duties.listToRing', county: node.county, subjectId: null, rows: toRing.length })
  const gatherings = Map.groupBy(toRing, ({ gatheringId }) => gatheringId)
  return {
    items: [...gatherings].flatMap(([gatheringId, people]) =>
      people.slice(0, 1).map(({ title, plannedStart, place }) => ({
        gatheringId,
        title,
        plannedStart,
        place,
        people: people.map(({ memberId, name }) => ({ memberId, name })),
      })),
    ),
  }
}
