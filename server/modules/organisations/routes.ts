import * as contract from '#contract/organisations'
import { handle, type Handled, type Services } from '#platform'
import * as change from './change.ts'
import { get, listChildren } from './read.ts'
import { search } from './search.ts'

export function routes(services: Services): Handled[] {
  return [
    handle(contract.getOrganisation, (ctx, { node, query }) => get(ctx, node, query.asOf)),
    handle(contract.listChildOrganisations, async (ctx, { node, query }) => ({ items: await listChildren(ctx, node.id, query.asOf) })),
    handle(contract.searchOrganisations, (ctx, { query }) => search(ctx, ctx.scope, query)),
    handle(contract.previewChange, (ctx, { node, body }) => change.preview(ctx, node, body)),
    handle(contract.putChange, async (ctx, { node, params, body }) => {
      const record = await change.put(ctx, node, params.changeId, body)
      ctx.after(services.forget)
      return record
    }),
    handle(contract.listChanges, (ctx, { node, query }) => change.list(ctx, node.id, query.cursor, query.limit)),
  ]
}
