import * as contract from '#contract/study'
import { handle, type Handled, type Services } from '#platform'
import { dayOf } from '#rules'
import { planOf, setPlan } from './collective.ts'
import { homeOf, ledgersOf, myLedger, yearOf } from './ledger.ts'
import { fileOfPart, getPack, listOffered, listPublished, publish, withdraw } from './packs.ts'
import { ledgerPaper } from './paper.ts'
import { answer, ask, listAsked, listMine } from './questions.ts'
import { reachOf } from './reach.ts'

/** Drawing a paper takes a core for a moment. */
const paperLimit = { atOnce: 1, mostWaiting: 16 }

export function routes(services: Services): Handled[] {
  return [
    handle(contract.listPacks, (ctx, { query }) => listOffered(ctx, query)),
    handle(contract.getPack, (ctx, { params }) => getPack(ctx, params.packId)),
    handle(contract.getPartFile, async (ctx, { params, answer: reply }) => {
      reply.kept(await services.files.openHeld(ctx, await fileOfPart(ctx, params.packId, params.partId)))
      return undefined
    }),
    handle(contract.listPublished, async (ctx, { node, query }) => ({
      ...(await listPublished(ctx, node, query)),
      reach: await reachOf(ctx, node),
    })),
    handle(contract.putPack, (ctx, { node, params, body }) => publish(ctx, node, params.packId, body)),
    handle(contract.withdrawPack, (ctx, { node, params, body }) => withdraw(ctx, node, params.packId, body.reason)),
    handle(contract.getStudyPlan, (ctx, { node, params }) => planOf(ctx, node, params.gatheringId)),
    handle(contract.putStudyPlan, (ctx, { node, params, body }) => setPlan(ctx, node, params.gatheringId, body)),
    handle(contract.getMyLedger, (ctx, { query }) => myLedger(ctx, yearOf(ctx, query.year))),
    handle(
      contract.getMyLedgerPaper,
      async (ctx, { query, answer: reply }) => {
        const ledger = await myLedger(ctx, yearOf(ctx, query.year))
        const branch = homeOf(ctx)?.name ?? ''
        reply.bytes(await ledgerPaper(ledger, { name: ctx.account.name, branch, madeOn: dayOf(ctx.now) }), 'application/pdf')
        return undefined
      },
      paperLimit,
    ),
    handle(contract.listLedgers, (ctx, { node, query }) => ledgersOf(ctx, node, yearOf(ctx, query.year))),
    handle(contract.askQuestion, (ctx, { node, params, body }) => ask(ctx, node, params.questionId, body)),
    handle(contract.listQuestions, (ctx, { node, query }) => listAsked(ctx, node, query)),
    handle(contract.answerQuestion, (ctx, { node, params, body }) => answer(ctx, node, params.questionId, body.text)),
    handle(contract.listMyQuestions, (ctx) => listMine(ctx)),
  ]
}
