import * as contract from '#contract/floating'
import * as passes from '#contract/passes'
import * as participations from '#contract/participations'
import { rosterOf } from '#members'
import { type Call, type Context, DomainError, handle, type Handled, type Node, type Services } from '#platform'
import { floatStepsOf } from '#rules'
import { reportInMyself, takeInAt } from './arrive.ts'
import { listChecks, putCheck } from './door.ts'
import { importFile, introduction } from './exchange.ts'
import { listFlows } from './flows.ts'
import { homecoming } from './homecoming.ts'
import { isOpen, listHosts, openToGuests, putPlace } from './hosts.ts'
import { addKey, listKeys, withdrawKey } from './keys.ts'
import { ledgerOf, putOpinion } from './ledger.ts'
import { monthOf } from './month.ts'
import { answer, dispute, listAt } from './participations.ts'
import { asMember, mayAt, ownRegistration, registrationAt, sidesAt } from './parties.ts'
import { bindMine, issue, setState } from './passes.ts'
import { list } from './read.ts'
import { registerOut, registerSelf } from './register.ts'
import { present, type Stored, type Whole } from './rows.ts'
import { takeOwnStep, takeStepAt } from './steps.ts'
import { putPartner } from './partners.ts'
import { publicKeys, statusesAsJwt, trustBytes } from './trust.ts'

/** The registration as this organisation sees it, with the steps it may take. */
const shownAt = async (ctx: Context, node: Node, id: string): Promise<Whole> => {
  const stored = await registrationAt(ctx, node, id)
  return present(ctx, stored, mayAt(ctx, node, stored))
}

/** What is one's own is done from the home branch, whatever post one acts in. */
const own = <T>(ctx: Context, work: (part: Context) => Promise<T>): Promise<T> => ctx.as(asMember(ctx.caller), work)

/** What asks the branch to look after somebody is for the branch. */
const ownView = (whole: Whole): Whole => ({ ...whole, clocks: whole.clocks.filter(({ ruleId }) => ruleId !== 'FLOW-RADAR'), toTry: [] })

async function mine(ctx: Context) {
  const home = ctx.caller.post?.role === 'MEMBER' ? ctx.caller.post.node : undefined
  const stored = await ownRegistration(ctx)
  const contacts = home === undefined ? [] : await rosterOf(ctx, home)
  return {
    registration: stored === undefined ? null : ownView(await present(ctx, stored, floatStepsOf(stored.state, ['MEMBER']))),
    homeId: home?.id ?? stored?.homeId ?? null,
    homeName: home?.name ?? '',
    contacts: contacts.filter(({ memberId }) => memberId !== ctx.account.subjectId).map(({ memberId, name }) => ({ memberId, name })),
  }
}

/** @throws DomainError NOT_FOUND for somebody who was never registered out, or another registration */
async function ownStored(ctx: Context, id?: string, lock = false): Promise<Stored> {
  const stored = await ownRegistration(ctx, lock)
  if (stored === undefined || (id !== undefined && stored.id !== id)) throw new DomainError('NOT_FOUND')
  return stored
}

export function routes(services: Services): Handled[] {
  return [
    handle(contract.listFloating, (ctx, { node, query }) => list(ctx, node, query)),
    handle(contract.getRegistration, (ctx, { node, params }) => shownAt(ctx, node, params.registrationId)),
    handle(contract.putRegistration, async (ctx, { node, params, body: { memberId, ...input } }) => {
      await registerOut(ctx, node, params.registrationId, memberId, input)
      return shownAt(ctx, node, params.registrationId)
    }),
    handle(contract.takeStep, async (ctx, { node, params: { registrationId, stepId }, body }) => {
      const stored = await registrationAt(ctx, node, registrationId, true)
      const before = body.action === 'MOVE' ? await present(ctx, stored, []) : undefined
      await takeStepAt(ctx, services, node, stored, stepId, body)
      // A host that says the member has moved on does not see them any more.
      return shownAt(ctx, node, registrationId).catch((error: unknown) => {
        if (before !== undefined && error instanceof DomainError && error.code === 'NOT_FOUND')
          return { ...before, state: 'MOVED' as const, hostId: null, hostName: '', branchId: null, branchName: '', clocks: [], clock: null }
        throw error
      })
    }),
    handle(contract.takeIn, async (ctx, { node, params, body }) => {
      const stored = await takeInAt(ctx, services, node, params.stepId, body)
      return present(ctx, stored, mayAt(ctx, node, stored))
    }),
    handle(contract.getMyFloating, (ctx) => own(ctx, mine)),
    handle(contract.registerMyself, (ctx, { params, body }) =>
      own(ctx, async (part) => {
        await registerSelf(part, params.registrationId, body)
        return mine(part)
      }),
    ),
    handle(contract.takeMyStep, (ctx, { params: { registrationId, stepId }, body }) =>
      own(ctx, async (part) => {
        const stored = await ownStored(part, registrationId, true)
        const { hostId: _hostId, ...step } = body
        if (step.action === 'REPORT_IN') await reportInMyself(part, stored, stepId, body)
        else await takeOwnStep(part, services, stored, stepId, step)
        return mine(part)
      }),
    ),
    handle(contract.listFlows, (ctx, { node, query }) => listFlows(ctx, node, query.side)),
    handle(contract.listHosts, (ctx, { query }) => listHosts(ctx, query)),
    handle(contract.putHostPlace, (ctx, { node, body }) => putPlace(ctx, node, body)),
    handle(contract.openToGuests, (ctx, { node, params, body }) => openToGuests(ctx, node, params.gatheringId, body.open)),
    handle(contract.getOpening, (ctx, { node, params }) => isOpen(ctx, node, params.gatheringId)),
    handle(passes.issuePass, async (ctx, { node, params: { registrationId, passId }, body }) => {
      await issue(ctx, services.secrets, node, registrationId, passId, body.issuedOn)
      return shownAt(ctx, node, registrationId)
    }),
    handle(passes.setPassState, async (ctx, { node, params: { registrationId, passId }, body }) => {
      await setState(ctx, node, registrationId, passId, body)
      return shownAt(ctx, node, registrationId)
    }),
    handle(passes.bindPass, (ctx, { params, body, origin }) =>
      own(ctx, (part) => bindMine(part, services.secrets, params.copyId, body, origin)),
    ),
    handle(passes.getPassTrust, async (ctx, { answer: reply }) => {
      reply.bytes(Buffer.from(await trustBytes(ctx, services)), 'application/cbor')
      return undefined
    }),
    handle(passes.getPassStatuses, async (ctx, { params, origin, answer: reply }) => {
      reply.bytes(Buffer.from(await statusesAsJwt(ctx, services, params, origin)), 'application/statuslist+jwt')
      return undefined
    }),
    handle(passes.getPassIssuer, async (ctx, { origin }) => ({ issuer: origin, jwks: { keys: await publicKeys(ctx) } })),
    handle(passes.putPartner, (ctx, { node, params, body }) => putPartner(ctx, node, params.kid, body)),
    handle(passes.listIssuerKeys, (ctx, { node }) => listKeys(ctx, node)),
    handle(passes.rotateIssuerKey, async (ctx, { node, params }) => {
      await addKey(ctx, services.secrets, node, params.keyId)
      return listKeys(ctx, node)
    }),
    handle(passes.withdrawIssuerKey, async (ctx, { node, body }) => {
      await withdrawKey(ctx, node, body.kid, body.since, body.reason)
      return listKeys(ctx, node)
    }),
    handle(passes.putDoorCheck, (ctx, { node, params: { gatheringId, checkId }, body }) =>
      putCheck(ctx, services, node, gatheringId, checkId, body),
    ),
    handle(passes.listDoorChecks, (ctx, { node, query }) => listChecks(ctx, node, query)),
    handle(passes.getExchangeFile, async (ctx, { node, params, answer: reply }: Call<typeof passes.getExchangeFile>) => {
      const stored = await registrationAt(ctx, node, params.registrationId)
      const file = await introduction(ctx, services.secrets, stored)
      reply.named(`流动党员介绍-${stored.name}.jws`)
      reply.bytes(Buffer.from(file), 'application/jose')
      return undefined
    }),
    handle(passes.importExchange, (ctx, { node, body }) => importFile(ctx, node, body.file)),
    handle(participations.listParticipations, async (ctx, { node, query }) => ({ items: await listAt(ctx, node, query) })),
    handle(participations.answerDispute, (ctx, { node, params, body }) => answer(ctx, node, params.participationId, body)),
    handle(participations.disputeParticipation, (ctx, { params, body }) =>
      own(ctx, (part) => dispute(part, params.participationId, body.text)),
    ),
    handle(participations.getMyLedger, (ctx, { params }) => own(ctx, async (part) => ledgerOf(part, await ownStored(part), params.year))),
    handle(participations.getLedger, async (ctx, { node, params }) =>
      ledgerOf(ctx, await registrationAt(ctx, node, params.registrationId), params.year),
    ),
    handle(participations.putOpinion, async (ctx, { node, params, body }) => {
      const stored = await registrationAt(ctx, node, params.registrationId)
      await putOpinion(ctx, stored, sidesAt(ctx, node, stored).includes('HOST'), params.year, body.text)
      return ledgerOf(ctx, stored, params.year)
    }),
    handle(participations.getMyMonth, (ctx, { params }) =>
      own(ctx, async (part) => monthOf(part, await ownRegistration(part), params.month)),
    ),
    handle(participations.getHomecoming, (ctx, { node }) => homecoming(ctx, node)),
  ]
}
