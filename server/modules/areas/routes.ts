import * as contract from '#contract/areas'
import { DomainError, handle, type Handled } from '#platform'
import { find, listChildren, search } from './read.ts'

export const routes = (): Handled[] => [
  handle(contract.getArea, async (ctx, { params }) => {
    const area = await find(ctx, params.code)
    if (area === undefined) throw new DomainError('NOT_FOUND')
    return area
  }),
  handle(contract.listChildAreas, async (ctx, { params }) => ({ items: await listChildren(ctx, params.code) })),
  handle(contract.searchAreas, async (ctx, { query }) => ({ items: await search(ctx, query.q, query.within, query.limit) })),
]
