import * as contract from '#contract/papers'
import { holds } from '#contract/roles'
import { findRegistration, printCopy } from '#floating'
import { findNode, namesOf } from '#organisations'
import { type Call, type Context, DomainError, handle, type Handled, type Services } from '#platform'
import { dayOf } from '#rules'
import * as binding from './binding.ts'
import * as feeds from './feeds.ts'
import { dutyLedger, floatingList, gatheringLedger } from './ledgers.ts'
import { writePaper } from './paper.ts'
import { writeLetter, writePass } from './passPaper.ts'
import { fileName } from './words.ts'
import { gatheringAt } from './year.ts'

/** A paper takes a core for a tenth of a second; the others wait without a connection. */
const paperLimit = { atOnce: 2, mostWaiting: 40 }
const ledgerLimit = { atOnce: 1, mostWaiting: 20 }
const feedLimit = { atOnce: 4, mostWaiting: 200 }

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Asked = Pick<Call<typeof contract.getDutyLedger>, 'node' | 'query' | 'answer'>

/** Answers with a ledger of the year asked for, or of this year. */
async function answerLedger(
  ctx: Context,
  { node, query, answer }: Asked,
  operation: string,
  name: string,
  write: typeof dutyLedger,
): Promise<undefined> {
  const year = query.year ?? Number(dayOf(ctx.now).slice(0, 4))
  answer.bytes(await write(ctx, node, year), excel)
  answer.named(fileName([node.name, `${year}年度${name}`], 'xlsx'))
  ctx.audit({ operation, county: node.county, subjectId: node.id, rows: 1 })
  return undefined
}

export function routes(services: Services): Handled[] {
  return [
    handle(
      contract.getPaper,
      async (ctx, { node, params, query, origin, caller, answer }) => {
        const gathering = await gatheringAt(ctx, node, params.gatheringId)
        const tellsReasons = caller.post !== null && holds(caller.post.role, 'write:gathering')
        const { name, content } = await writePaper(gathering, query.kind, { origin, tellsReasons }, ctx.now)
        answer.bytes(content, 'application/pdf')
        answer.named(name)
        ctx.audit({ operation: 'papers.getPaper', county: node.county, subjectId: gathering.id, rows: gathering.roster.length })
        return undefined
      },
      paperLimit,
    ),
    handle(
      contract.getGatheringLedger,
      (ctx, call) => answerLedger(ctx, call, 'papers.getGatheringLedger', '会议活动台账', gatheringLedger),
      ledgerLimit,
    ),
    handle(contract.getDutyLedger, (ctx, call) => answerLedger(ctx, call, 'papers.getDutyLedger', '应办事项台账', dutyLedger), ledgerLimit),
    handle(
      contract.printPass,
      async (ctx, { node, params, origin, answer }) => {
        const printed = await printCopy(ctx, services.secrets, node, params.registrationId, params.copyId, origin)
        const names = await namesOf(ctx, [printed.pass.homeId, printed.pass.issuerId])
        const home = names.get(printed.pass.homeId) ?? ''
        answer.bytes(
          await writePass(printed, { home, issuer: names.get(printed.pass.issuerId) ?? '', origin }, ctx.now, dayOf(ctx.now)),
          'application/pdf',
        )
        answer.named(fileName([home, printed.registration.name, '流动党员活动证'], 'pdf'))
        return undefined
      },
      paperLimit,
    ),
    handle(
      contract.getLetter,
      async (ctx, { node, params, query: { kind }, answer }) => {
        const { name, homeId, place, outOn, expectedBackOn } = await findRegistration(ctx, node, params.registrationId)
        const home = await findNode(ctx, homeId)
        if (home === undefined) throw new DomainError('NOT_FOUND')
        const letter = { kind, name, home, place, from: outOn, until: expectedBackOn }
        answer.bytes(await writeLetter(letter, ctx.now, dayOf(ctx.now)), 'application/pdf')
        answer.named(fileName([home.name, name, kind === 'TRANSFER' ? '组织关系介绍信' : '党员证明信'], 'pdf'))
        ctx.audit({ operation: 'papers.getLetter', county: home.county, subjectId: params.registrationId, rows: 1 })
        return undefined
      },
      paperLimit,
    ),
    handle(
      contract.getFloatingList,
      async (ctx, { node, query, answer }) => {
        answer.bytes(await floatingList(ctx, node, query.side), excel)
        answer.named(fileName([node.name, query.side === 'OUT' ? '流出党员名册' : '流入党员名册'], 'xlsx'))
        ctx.audit({ operation: 'papers.getFloatingList', county: node.county, subjectId: node.id, rows: 1 })
        return undefined
      },
      ledgerLimit,
    ),
    handle(contract.putYearbook, (ctx, { node, params, body, origin }) => binding.ask(ctx, node, params.yearbookId, body, origin)),
    handle(contract.listYearbooks, async (ctx, { node }) => ({ items: await binding.list(ctx, node) })),
    handle(contract.getYearbookFile, async (ctx, { node, params, answer }) => {
      const { fileId, name } = await binding.take(ctx, node, params.yearbookId)
      answer.kept(await services.files.openHeld(ctx, fileId))
      answer.named(name)
      ctx.audit({ operation: 'papers.getYearbookFile', county: node.county, subjectId: node.id, rows: 1 })
      return undefined
    }),
    handle(contract.dropYearbook, async (ctx, { node, params }) => {
      await binding.drop(ctx, node, params.yearbookId)
      return { done: true as const }
    }),
    handle(contract.putFeed, async (ctx, { params, body, origin }) => ({
      ...(await feeds.put(ctx, services, params.feedId, body)),
      url: `${origin}/feeds/${body.token}.ics`,
    })),
    handle(contract.listFeeds, async (ctx) => ({ items: await feeds.list(ctx) })),
    handle(contract.revokeFeed, async (ctx, { params }) => {
      await feeds.revoke(ctx, params.feedId)
      return { done: true as const }
    }),
    handle(
      contract.readFeed,
      async (ctx, { params, answer }) => {
        answer.bytes(Buffer.from(await feeds.read(ctx, services, params.token)), 'text/calendar; charset=utf-8')
        return undefined
      },
      feedLimit,
    ),
  ]
}
