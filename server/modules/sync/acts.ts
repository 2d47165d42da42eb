/**
 * Acts arrive: each is done as its author, in the post the author held when it was done, in the transaction that writes its receipt.
 * A lost answer, a retry, a second tab and a carried package therefore never do anything twice. A refusal is a receipt too.
 */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { operations } from '#contract'
import type { Operation } from '#contract/operation'
import type { Receipt } from '#contract/sync'
import { type Account, type Caller, type Context, DomainError, inLanguage, type Services, sql } from '#platform'
import type { ActInput, Done } from './arriving.ts'
import { onTime } from './clock.ts'
import { doIt } from './outcome.ts'

export type ReceiptOf = z.output<typeof Receipt>

/** A receipt; `answer` is what the operation answered, null when it had been done before. */
export interface Executed extends ReceiptOf {
  repeated: boolean
  answer: unknown
}

export const hashOf = ({ operation, params, body, base, postId, deviceAt }: ActInput): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([operation, params, body ?? null, base ?? null, postId, deviceAt]))
    .digest()

interface Kept extends ReceiptOf {
  hash: Buffer
}

/** The receipt of an act of this account, or undefined. @throws DomainError ID_TAKEN when that act was another one */
async function receiptOf(ctx: Context, accountId: string, actId: string, hash: Buffer): Promise<ReceiptOf | undefined> {
  const kept = await ctx.find(sql<Kept>`
    select id as "actId", operation, outcome, device_at as "deviceAt", received_at as "receivedAt", said, problem, content_hash as hash
    from sync.act where account_id = ${accountId} and id = ${actId}`)
  if (kept === undefined) return undefined
  const { hash: before, ...receipt } = kept
  if (!before.equals(hash)) throw new DomainError('ID_TAKEN')
  return receipt
}

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
  const hash = hashOf(act)
  const before = await receiptOf(ctx, account.id, actId, hash)
  if (before !== undefined) return { ...before, repeated: true, answer: null }
  const caller = callerOf(account, act, language)
  let done: Done
  try {
    const timely = onTime(act, ctx.now)
    done = await doIt(perform, ctx, { id: actId, operation: operationOf(act), caller, act: timely })
  } catch (error) {
    if (!(error instanceof DomainError) || passes(error)) throw error
    done = refused(error)
  }
  const { outcome, said, problem, answer } = done
  const receivedAt = ctx.now.toISOString()
  // Two at once: the second collides here, is done again and finds the receipt of the first.
  await ctx.query(sql`
    insert into sync.act (account_id, id, operation, content_hash, seq, device_at, offset_ms, received_at, outcome, said, problem)
    values (${account.id}, ${actId}, ${act.operation}, ${hash}, ${act.seq}, ${act.deviceAt}, ${act.offsetMs}, ${receivedAt}, ${outcome},
      ${said === null ? null : JSON.stringify(said)}::jsonb, ${problem === null ? null : JSON.stringify(problem)}::jsonb)`)
  const receipt = { actId, operation: act.operation, outcome, deviceAt: new Date(act.deviceAt).toISOString(), receivedAt, said, problem }
  return { ...receipt, repeated: false, answer: answer ?? null }
}
