import * as contract from '#contract/reviews'
import * as life from '#contract/life'
import * as promises from '#contract/promises'
import * as rectifications from '#contract/rectifications'
import * as talks from '#contract/talks'
import { type Context, handle, type Handled, type Node, type Services } from '#platform'
import { cast } from './box.ts'
import { myLife, self } from './mine.ts'
import { amend, close, opine } from './opinions.ts'
import { assess, myLetter, openPapers } from './papers.ts'
import { partyDays, putOath } from './partyDays.ts'
import { open, prepare, prepareStep } from './prepare.ts'
import { closePromise, followPromise, listPromises, ofBranch, ofMember, putPromise } from './promises.ts'
import { countRatings, enterTallies } from './ratings.ts'
import { get, list } from './read.ts'
import { finishFor, finishOwn, follow, listRectifications, putItem, verify } from './rectifications.ts'
import { listTalks, putTalk, removeTalk } from './talks.ts'

/** Does a step and answers with the review as it then stands. */
const then = async (ctx: Context, node: Node, year: string, step: Promise<void>) => {
  await step
  return get(ctx, node, year)
}

export const routes = (services: Services): Handled[] => [...running(services), ...commitments, ...own(services)]

/** The review, as those who run it do it. */
function running({ secrets }: Services): Handled[] {
  return [
    handle(contract.listReviews, (ctx, { node }) => list(ctx, node)),
    handle(contract.getReview, (ctx, { node, params }) => get(ctx, node, params.year)),
    handle(contract.putReview, (ctx, { node, params: { year }, body }) => then(ctx, node, year, prepare(ctx, node, year, body))),
    handle(contract.putPreparation, (ctx, { node, params: { year }, body }) => then(ctx, node, year, prepareStep(ctx, node, year, body))),
    handle(contract.openRatings, (ctx, { node, params: { year }, body }) => then(ctx, node, year, open(ctx, node, year, body.version))),
    handle(contract.putTallies, (ctx, { node, params: { year }, body }) => then(ctx, node, year, enterTallies(ctx, node, year, body))),
    handle(contract.closeRatings, (ctx, { node, params: { year }, body }) =>
      then(ctx, node, year, countRatings(ctx, secrets, node, year, body)),
    ),
    handle(contract.putOpinion, (ctx, { node, params: { year, memberId }, body }) =>
      then(ctx, node, year, opine(ctx, secrets, node, year, memberId, body)),
    ),
    handle(contract.closeReview, (ctx, { node, params: { year }, body }) => then(ctx, node, year, close(ctx, node, year, body))),
    handle(contract.amendReview, (ctx, { node, params: { year, amendmentId }, body }) =>
      then(ctx, node, year, amend(ctx, secrets, node, year, amendmentId, body)),
    ),
    handle(contract.openPapers, (ctx, { node, params: { year, memberId } }) => openPapers(ctx, secrets, node, year, memberId)),
  ]
}

/** The list of rectifications, promises, talks and party days of a branch. */
const commitments: Handled[] = [
  handle(rectifications.listRectifications, (ctx, { node, query }) => listRectifications(ctx, node, query.year)),
  handle(rectifications.putRectification, (ctx, { node, params, body }) => putItem(ctx, node, params.rectificationId, body)),
  handle(rectifications.followRectification, (ctx, { node, params: { rectificationId, followUpId }, body }) =>
    follow(ctx, node, rectificationId, followUpId, body.text),
  ),
  handle(rectifications.finishRectification, (ctx, { node, params, body }) => finishFor(ctx, node, params.rectificationId, body.text)),
  handle(rectifications.verifyRectification, (ctx, { node, params, body }) =>
    verify(ctx, node, params.rectificationId, body.accepted, body.text),
  ),
  handle(promises.listPromises, (ctx, { node, query }) => listPromises(ctx, node, query.year)),
  handle(promises.putPromise, (ctx, { node, params, body: { memberId, ...promise } }) =>
    putPromise(ctx, node, memberId, params.promiseId, promise),
  ),
  handle(promises.followPromise, (ctx, { node, params: { promiseId, followUpId }, body }) =>
    followPromise(ctx, node.county, promiseId, ofBranch(node), followUpId, body.text),
  ),
  handle(promises.closePromise, (ctx, { node, params, body }) =>
    closePromise(ctx, node.county, params.promiseId, ofBranch(node), body.text),
  ),
  handle(talks.listTalks, (ctx, { node, query }) => listTalks(ctx, node, query.year)),
  handle(talks.putTalk, (ctx, { node, params, body }) => putTalk(ctx, node, params.talkId, body)),
  handle(talks.removeTalk, async (ctx, { node, params }) => {
    await removeTalk(ctx, node, params.talkId)
    return { done: true as const }
  }),
  handle(life.getPartyDays, (ctx, { node, query }) => partyDays(ctx, node, query.month)),
  handle(life.putOath, (ctx, { node, params, body }) => putOath(ctx, node, params.gatheringId, body.note)),
]

/** What each does for themselves, in whatever post. */
function own({ secrets }: Services): Handled[] {
  return [
    handle(life.getMyLife, (ctx) => myLife(ctx, secrets)),
    handle(contract.putMyAssessment, async (ctx, { params, body }) => {
      const { branch, memberId } = self(ctx)
      await assess(ctx, secrets, branch, params.year, memberId, body)
      return { done: true as const }
    }),
    handle(contract.castMyBallot, async (ctx, { params, body }) => {
      const { branch, memberId } = self(ctx)
      return { repeated: await cast(ctx, secrets, branch, params.year, memberId, body.rows) }
    }),
    handle(contract.getMyLetter, (ctx, { params }) => {
      const { branch, memberId } = self(ctx)
      return myLetter(ctx, secrets, branch, params.year, memberId)
    }),
    handle(promises.putMyPromise, (ctx, { params, body }) => {
      const { branch, memberId } = self(ctx)
      return putPromise(ctx, branch, memberId, params.promiseId, body)
    }),
    handle(promises.followMyPromise, (ctx, { params: { promiseId, followUpId }, body }) => {
      const { branch, memberId } = self(ctx)
      return followPromise(ctx, branch.county, promiseId, ofMember(memberId), followUpId, body.text)
    }),
    handle(promises.closeMyPromise, (ctx, { params, body }) => {
      const { branch, memberId } = self(ctx)
      return closePromise(ctx, branch.county, params.promiseId, ofMember(memberId), body.text)
    }),
    handle(rectifications.finishMyRectification, (ctx, { params, body }) => {
      const { branch, memberId } = self(ctx)
      return finishOwn(ctx, branch.county, memberId, params.rectificationId, body.text)
    }),
    handle(talks.putMyTalk, (ctx, { params, body }) => {
      const { branch, memberId } = self(ctx)
      return putTalk(ctx, branch, params.talkId, { ...body, memberId })
    }),
  ]
}
