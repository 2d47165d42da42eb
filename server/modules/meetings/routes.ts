import * as contract from '#contract/meetings'
import { type Context, DomainError, handle, type Handled, handleInBatches, type Node, type Services } from '#platform'
import { amend, archive, confirm } from './confirm.ts'
import { callRoll, sendNotice, start } from './hold.ts'
import { askLeave } from './leave.ts'
import { cancel, plan, postpone } from './plan.ts'
import { get, list, listMine, stored } from './read.ts'
import { record } from './record.ts'
import { currentCode, signIn } from './signin.ts'
import { require } from './states.ts'

/** Does a step and answers with the gathering as it then stands. */
const then = async (ctx: Context, node: Node, id: string, step: Promise<void>) => {
  await step
  return get(ctx, node, id)
}

/** Where the caller's membership is, whatever post they act in. */
const homeCounty = (ctx: Context) => ctx.account.posts.find((post) => post.role === 'MEMBER')?.node.county

export function routes(services: Services): Handled[] {
  return [
    handle(contract.listGatherings, (ctx, { node, query }) => list(ctx, node, query)),
    handle(contract.getGathering, (ctx, { node, params }) => get(ctx, node, params.gatheringId)),
    handle(contract.getGatheringFile, async (ctx, { node, params: { gatheringId, fileId }, answer }) => {
      if (!(await stored(ctx, node, gatheringId)).fileIds.includes(fileId)) throw new DomainError('NOT_FOUND')
      const { file, content } = await services.files.readHeld(ctx, fileId)
      answer.bytes(content, file.mediaType)
      return undefined
    }),
    handle(contract.putGathering, (ctx, { node, params: { gatheringId: id }, body }) => then(ctx, node, id, plan(ctx, node, id, body))),
    handle(contract.notifyGathering, (ctx, { node, params: { gatheringId: id } }) => then(ctx, node, id, sendNotice(ctx, node, id))),
    handle(contract.startGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, start(ctx, node, id, body.at)),
    ),
    handle(contract.putAttendance, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, callRoll(ctx, node, id, body.rows)),
    ),
    handleInBatches(contract.signInToGathering, 200, (ctx, calls) => signIn(ctx, services.secrets, calls)),
    handle(contract.getSignInCode, async (ctx, { node, params: { organisationId, gatheringId }, origin }) => {
      require('attend', (await stored(ctx, node, gatheringId)).state)
      const code = currentCode(services.secrets, gatheringId, ctx.now)
      return { ...code, url: `${origin}/meetings/${organisationId}/${gatheringId}/sign-in?token=${code.token}` }
    }),
    handle(contract.askLeave, async (ctx, { node, params, body }) => {
      await askLeave(ctx, node, params.gatheringId, params.memberId, body)
      return { done: true as const }
    }),
    handle(contract.putRecord, (ctx, { node, params: { gatheringId: id }, body }) => then(ctx, node, id, record(ctx, node, id, body))),
    handle(contract.confirmGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, confirm(ctx, node, id, body.version)),
    ),
    handle(contract.archiveGathering, (ctx, { node, params: { gatheringId: id } }) => then(ctx, node, id, archive(ctx, node, id))),
    handle(contract.cancelGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, cancel(ctx, node, id, body.reason)),
    ),
    handle(contract.postponeGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, postpone(ctx, node, id, body)),
    ),
    handle(contract.amendGathering, (ctx, { node, params: { gatheringId: id, amendmentId }, body }) =>
      then(ctx, node, id, amend(ctx, node, id, amendmentId, body)),
    ),
    handle(contract.listMyGatherings, (ctx, { node, query }) => listMine(ctx, homeCounty(ctx) ?? node.county, query)),
  ]
}
