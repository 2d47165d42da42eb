/**
 * Acts arrive: each is done as its author, in the post the author held when it was done, in the transaction that writes its receipt.
 * A lost answer, a retry, a second tab and a carried package therefore never do anything twice. A refusal is a receipt too.
 */
import { operations } from '#contract'
import type { Operation } from '#contract/operation'
import { type Account, type Caller, type Context, DomainError, inLanguage, type Services } from '#platform'
import type { ActInput, Done } from './arriving.ts'
import { onTime } from './clock.ts'
import { doIt } from './outcome.ts'
import { arrivedOf, type Executed, keepReceipts, receiptsOf } from './receipts.ts'

const notOffline = () =>
  new DomainError('INVALID', {
    fields: [{ path: 'body.operation', message: '这件事只能联网办理，请联网后再办 / this can only be done with a network' }],
  })

/** @throws DomainError INVALID when it may not be done without a network */
function operationOf({ operation: id }: ActInput): Operation {
  const operation = operations.find((o) => o.id === id)
  if (operation?.offline !== true) throw notOffline()
  return operation
}

/** The author as a caller in the post of the act. A post no longer held is none, and the operation then says what is missing. */
export const callerOf = (account: Account, { postId }: ActInput, language: Caller['language']): Caller => ({
  account,
  post: account.posts.find(({ id }) => id === postId) ?? null,
  purpose: null,
  language,
})

/** Is this refusal about the moment and not about the act? Then there is no receipt, and the act is sent again. */
const passes = (error: DomainError): boolean => error.status >= 500 || error.retryAfter !== undefined

/** What becomes of an act that is refused. */
function refused(error: DomainError): Done {
  const fields = error.fields.map(({ path, message }) => ({ path, message: inLanguage(message, 'zh') }))
  return {
    outcome: 'REFUSED',
    said: null,
    problem: { code: error.code, status: error.status, title: error.sentence, fields },
    answer: null,
  }
}

/**
 * Does an act once and returns its receipt. The caller of `ctx` may be somebody else: whoever carries it.
 * @param account the author, with the posts of today
 * @throws DomainError ID_TAKEN, and what passes by itself: BUSY, DATABASE_AWAY
 */
export async function executeAct(
  { perform }: Pick<Services, 'perform'>,
  ctx: Context,
  account: Account,
  actId: string,
  act: ActInput,
  language: Caller['language'] = 'zh',
): Promise<Executed> {
  const arrived = arrivedOf(account, actId, act)
  const before = (await receiptsOf(ctx, [arrived])).get(arrived)
  if (before instanceof DomainError) throw before
  if (before !== undefined) return before
  const caller = callerOf(account, act, language)
  let done: Done
  try {
    const timely = onTime(act, ctx.now)
    done = await doIt(perform, ctx, { id: actId, operation: operationOf(act), caller, act: timely })
  } catch (error) {
    if (!(error instanceof DomainError) || passes(error)) throw error
    done = refused(error)
  }
  const [executed] = await keepReceipts(ctx, [[arrived, done]])
  if (executed === undefined) throw new Error('an act has no receipt')
  return executed
}
