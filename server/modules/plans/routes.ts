import type { ReturnsOf } from '#contract/operation'
import * as contract from '#contract/plans'
import { listNodes } from '#organisations'
import { type Context, handle, type Handled, type Node, type Services } from '#platform'
import { addMonths, dayOf } from '#rules'
import { checkKitFile, kitsFor, listKits, putKit, withdrawKit } from './kits.ts'
import { getMarketDays, listSeries, putMarketDays, putSeries } from './series.ts'

/** Months ahead of the present one whose kits are shown unless told otherwise. */
const monthsAhead = 2

/** Everything beside duties and gatherings that a year is planned by. */
async function basis(
  ctx: Context,
  node: Node,
  query: { from?: string | undefined; until?: string | undefined },
): Promise<ReturnsOf<typeof contract.getPlanBasis>> {
  const today = dayOf(ctx.now)
  const from = query.from ?? today.slice(0, 7)
  const until = query.until ?? addMonths(`${from}-01`, monthsAhead).slice(0, 7)
  const [days, series, below, kits] = await Promise.all([
    getMarketDays(ctx, node),
    listSeries(ctx, node),
    listNodes(ctx, node.path, ['GROUP']),
    kitsFor(ctx, node, from, until),
  ])
  const groups = below.filter(({ parentId }) => parentId === node.id).map(({ id, name }) => ({ id, name }))
  return { organisationId: node.id, county: node.county, ...days, series, groups, kits }
}

export const routes = (services: Services): Handled[] => [
  handle(contract.getPlanBasis, (ctx, { node, query }) => basis(ctx, node, query)),
  handle(contract.putMarketDays, (ctx, { node, body }) => putMarketDays(ctx, node, body)),
  handle(contract.putSeries, (ctx, { node, params, body }) => putSeries(ctx, node, params.seriesId, body)),
  handle(contract.listKits, (ctx, { node, query }) => listKits(ctx, node, query)),
  handle(contract.putKit, (ctx, { node, params, body }) => putKit(ctx, node, params.kitId, body)),
  handle(contract.withdrawKit, (ctx, { node, params, body }) => withdrawKit(ctx, node, params.kitId, body.version)),
  handle(contract.getKitFile, async (ctx, { node, params: { kitId, kitFileId }, answer }) => {
    await checkKitFile(ctx, node, kitId, kitFileId)
    const { file, content } = await services.files.readHeld(ctx, kitFileId)
    answer.bytes(content, file.mediaType)
    return undefined
  }),
]
