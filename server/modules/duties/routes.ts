import * as contract from '#contract/duties'
import { handle, type Handled } from '#platform'
import { list, summarise, viewRule } from './read.ts'

export const routes = (): Handled[] => [
  handle(contract.listDuties, (ctx, { node, query }) => list(ctx, node, query)),
  handle(contract.summariseDuties, (ctx, { node }) => summarise(ctx, node)),
  handle(contract.getRule, async (_ctx, { params }) => viewRule(params.ruleId)),
]
