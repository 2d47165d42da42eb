import * as contract from '#contract/members'
import { attempt, handle, type Handled, type Services } from '#platform'
import { list } from './list.ts'
import { findExactly, get, getOwn, reveal } from './read.ts'
import { write } from './write.ts'

/** Full numbers one person may open, and exact searches, in an hour. */
const revealsPerHour = 60

export function routes(services: Services): Handled[] {
  const perPerson = (accountId: string) => services.secrets.lookup('account', accountId)
  return [
    handle(contract.listMembers, (ctx, { node, query }) => list(ctx, node, query)),
    handle(contract.getMember, (ctx, { node, params }) => get(ctx, node, params.memberId)),
    handle(contract.putMember, async (ctx, { node, params, body }) => {
      await write(ctx, services, node, params.memberId, body)
      return get(ctx, node, params.memberId)
    }),
    handle(contract.revealIdentity, async (ctx, { node, params }) => {
      await attempt(ctx, 'reveal', perPerson(ctx.account.id), revealsPerHour, 3600)
      return reveal(ctx, services, node, params.memberId)
    }),
    handle(contract.findMember, async (ctx, { body }) => {
      await attempt(ctx, 'find', perPerson(ctx.account.id), revealsPerHour, 3600)
      return findExactly(ctx, services, body)
    }),
    handle(contract.getMyMember, (ctx) => getOwn(ctx)),
  ]
}
