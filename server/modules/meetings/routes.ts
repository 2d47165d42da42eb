import * as contract from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import * as exemptions from '#contract/exemptions'
import { type Context, DomainError, handle, type Handled, handleInBatches, type Node, type Services } from '#platform'
import { checkRecord } from './check.ts'
import { amend, archive, confirm } from './confirm.ts'
import { contribute, contributionsTo, decide } from './contributions.ts'
import { listExemptions, putExemption, putVisit } from './exemptions.ts'
import { leadersAbove } from './guests.ts'
import { type Hall, hallOf } from './hall.ts'
import { callRoll, sendNotice, start } from './hold.ts'
import { answerComing, askLeave } from './leave.ts'
import { cancel, plan, postpone } from './plan.ts'
import { listMine, stored } from './read.ts'
import { record } from './record.ts'
import { list } from './search.ts'
import { sign } from './sign.ts'
import { currentCode, signIn } from './signin.ts'
import { require } from './states.ts'
import { get } from './whole.ts'

/** What is reached through a group has the group's address: its leader cannot go by the branch's. */
const through = <Row extends { organisationId: string }>(node: Node, row: Row): Row =>
  node.kind === 'GROUP' ? { ...row, organisationId: node.id } : row

/** Does a step and answers with the gathering as it then stands. */
const then = async (ctx: Context, node: Node, id: string, step: (hall: Hall) => Promise<void>) => {
  const hall = await hallOf(ctx, node)
  await step(hall)
  return through(node, await get(ctx, hall, id))
}

/** A paper or a voice note that belongs to the gathering. @throws DomainError NOT_FOUND */
async function requireHeld(ctx: Context, hall: Hall, gatheringId: string, fileId: string): Promise<void> {
  if ((await stored(ctx, hall, gatheringId)).fileIds.includes(fileId)) return
  const spoken = await contributionsTo(ctx, hall.county, gatheringId)
  if (!spoken.some(({ file }) => file?.fileId === fileId)) throw new DomainError('NOT_FOUND')
}

/** Where the caller takes part, at home and as a guest, whatever post they act in; the post's own county without either. */
const ownCounties = (ctx: Context, { county }: Node): string[] => {
  const counties = ctx.account.posts.filter(({ role }) => role === 'MEMBER' || role === 'GUEST').map(({ node }) => node.county)
  return counties.length === 0 ? [county] : [...new Set(counties)]
}

export function routes(services: Services): Handled[] {
  return [
    handle(contract.listGatherings, async (ctx, { node, query }) => {
      const { items, next } = await list(ctx, node, query)
      return { items: items.map((row) => through(node, row)), next }
    }),
    handle(contract.getGathering, async (ctx, { node, params }) =>
      through(node, await get(ctx, await hallOf(ctx, node), params.gatheringId)),
    ),
    handle(contract.getGatheringFile, async (ctx, { node, params: { gatheringId, fileId }, answer }) => {
      await requireHeld(ctx, await hallOf(ctx, node), gatheringId, fileId)
      const { file, content } = await services.files.readHeld(ctx, fileId)
      answer.bytes(content, file.mediaType)
      return undefined
    }),
    handle(contract.putGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => plan(ctx, hall, id, body)),
    ),
    handle(contract.listLeaders, async (ctx, { node }) => ({ items: await leadersAbove(ctx, await hallOf(ctx, node)) })),
    handle(contract.notifyGathering, (ctx, { node, params: { gatheringId: id } }) =>
      then(ctx, node, id, (hall) => sendNotice(ctx, hall, id)),
    ),
    handle(attendance.answerNotice, async (ctx, { node, params }) => {
      await answerComing(ctx, node, params.gatheringId, params.memberId)
      return { done: true as const }
    }),
    handle(contract.startGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => start(ctx, hall, id, body.at)),
    ),
    handle(attendance.putAttendance, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => callRoll(ctx, hall, id, body.rows)),
    ),
    handleInBatches(attendance.signInToGathering, 200, (ctx, calls) => signIn(ctx, services.secrets, calls)),
    handle(attendance.getSignInCode, async (ctx, { node, params: { gatheringId }, origin }) => {
      const hall = await hallOf(ctx, node)
      require('attend', (await stored(ctx, hall, gatheringId)).state)
      const code = currentCode(services.secrets, gatheringId, ctx.now)
      return { ...code, url: `${origin}/meetings/${hall.id}/${gatheringId}/sign-in?token=${code.token}` }
    }),
    handle(attendance.askLeave, async (ctx, { node, params, body }) => {
      await askLeave(ctx, node, params.gatheringId, params.memberId, body)
      return { done: true as const }
    }),
    handle(attendance.putContribution, (ctx, { node, params, body }) =>
      contribute(ctx, node, params.gatheringId, params.contributionId, body),
    ),
    handle(attendance.decideContribution, (ctx, { node, params: { gatheringId: id, contributionId }, body }) =>
      then(ctx, node, id, (hall) => decide(ctx, hall, id, contributionId, body.counts)),
    ),
    handle(recording.putRecord, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => record(ctx, hall, id, body)),
    ),
    handle(recording.signRecord, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => sign(ctx, hall, id, body.version)),
    ),
    handle(recording.checkRecord, async (ctx, { node, params }) => ({
      items: await checkRecord(ctx, await hallOf(ctx, node), params.gatheringId),
    })),
    handle(recording.confirmGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => confirm(ctx, hall, id, body.version)),
    ),
    handle(recording.archiveGathering, (ctx, { node, params: { gatheringId: id } }) =>
      then(ctx, node, id, (hall) => archive(ctx, hall, id)),
    ),
    handle(contract.cancelGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => cancel(ctx, hall, id, body.reason)),
    ),
    handle(contract.postponeGathering, (ctx, { node, params: { gatheringId: id }, body }) =>
      then(ctx, node, id, (hall) => postpone(ctx, hall, id, body)),
    ),
    handle(recording.amendGathering, (ctx, { node, params: { gatheringId: id, amendmentId }, body }) =>
      then(ctx, node, id, (hall) => amend(ctx, hall, id, amendmentId, body)),
    ),
    handle(exemptions.listExemptions, (ctx, { node, query }) => listExemptions(ctx, node, query.year)),
    handle(exemptions.putExemption, async (ctx, { node, params, body }) =>
      putExemption(ctx, await hallOf(ctx, node), params.exemptionId, body),
    ),
    handle(exemptions.putHomeVisit, async (ctx, { node, params, body }) =>
      putVisit(ctx, await hallOf(ctx, node), params.exemptionId, { id: params.visitId, ...body }),
    ),
    handle(contract.listMyGatherings, (ctx, { node, query }) => listMine(ctx, ownCounties(ctx, node), query)),
  ]
}
