import * as contract from '#contract/sync'
import { handle, type Handled, type Services } from '#platform'
import { executeAct } from './acts.ts'
import { listConflicts, settleConflict } from './conflicts.ts'
import { pageOf } from './shelf.ts'

export function routes(services: Services): Handled[] {
  return [
    handle(contract.putAct, (ctx, { params, body }) => executeAct(services, ctx, ctx.account, params.actId, body, ctx.caller.language)),
    handle(contract.getShelf, (ctx, { query }) => pageOf(ctx, services.perform, query.since)),
    handle(contract.listConflicts, (ctx, { node }) => listConflicts(ctx, node)),
    handle(contract.settleConflict, async (ctx, { node, params, body }) => {
      await settleConflict(ctx, services.perform, node, params.conflictId, body.keep)
      return { done: true as const }
    }),
  ]
}
