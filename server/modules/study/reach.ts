/** Whom a pack is offered to: how many branches and members stand below the publisher today. Never who opened it. */
import { talliesOf } from '#members'
import { branchesOf, livingWithin } from '#organisations'
import { type Context, type Node, sql } from '#platform'

export async function reachOf(ctx: Context, node: Node): Promise<{ branches: number; members: number }> {
  const below = livingWithin(node.path)
  return ctx.get(sql<{ branches: number; members: number }>`
    select (select count(*) from (${branchesOf(below)}) b)::int as branches,
      (select coalesce(sum(t.members), 0) from (${talliesOf()}) t where t.organisation_id in (${below}))::int as members`)
}
