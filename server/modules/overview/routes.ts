import * as contract from '#contract/overview'
import { handle, type Handled, handleStream, type Services } from '#platform'
import { Followers } from './followers.ts'
import { listHappenings } from './happenings.ts'
import { get } from './read.ts'

export function routes(services: Services): Handled[] {
  const followers = new Followers(services.pool)
  return [
    handle(contract.getOverview, (ctx, { node, query }) => get(ctx, node, query.month)),
    handle(contract.listHappenings, async (ctx, { node, query }) => ({ items: await listHappenings(ctx, node.id, query.limit) })),
    handleStream(contract.followHappenings, ({ node }, channel) => followers.follow(node.id, channel)),
  ]
}
