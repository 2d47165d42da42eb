import * as contract from '#contract/duties'
import { handle, type Handled } from '#platform'
import { listToHelp } from './help.ts'
import { list, summarise, viewRule } from './read.ts'
import { listToRing } from './ring.ts'

export const routes = (): Handled[] => [
  handle(contract.listDuties, (ctx, { node, query }) => list(ctx, node, query)),
  handle(contract.summariseDuties, (ctx, { node }) => summarise(ctx, node)),
  handle(contract.listToHelp, (ctx, { node, query }) => listToHelp(ctx, node, query)),
  handle(contract.listToRing, (ctx, { node }) => listToRing(ctx, node)),
  handle(contract.getRule, async (_ctx, { params }) => viewRule(params.ruleId)),
]
