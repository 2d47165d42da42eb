/**
 * Acts of many authors that arrive at the same time are done in one transaction. Sign-ins come by the thousand when a valley is back in range:
 * those go through one statement each for receipts, attendance and new receipts; everything else, and whatever is not plainly done, one by one.
 */
import { signInToGathering } from '#contract/attendance'
import type * as contract from '#contract/sync'
import { type Account, type Call, type Caller, type Context, DomainError, type Services, sql } from '#platform'
import { callerOf, type Executed, executeAct, hashOf, type ReceiptOf } from './acts.ts'
import type { ActInput } from './arriving.ts'
import { onTime } from './clock.ts'

interface Asked {
  account: Account
  actId: string
  act: ActInput
  hash: Buffer
  language: Caller['language']
}

/** @returns a receipt or a refusal for each, in order */
export async function executeTogether(
  services: Pick<Services, 'perform' | 'performTogether'>,
  ctx: Context,
  calls: readonly Call<typeof contract.putAct>[],
): Promise<(Executed | DomainError)[]> {
  const asked = calls.map(({ params, body, caller }): Asked => {
    if (caller.account === null) throw new DomainError('NOT_SIGNED_IN')
    return { account: caller.account, actId: params.actId, act: body, hash: hashOf(body), language: caller.language }
  })
  const done = await signInTogether(services, ctx, asked)
  const outcomes: (Executed | DomainError)[] = []
  for (const one of asked) outcomes.push(done.get(one) ?? (await alone(services, ctx, one)))
  return outcomes
}

async function alone(services: Pick<Services, 'perform'>, ctx: Context, { account, actId, act, language }: Asked) {
  try {
    return await executeAct(services, ctx, account, actId, act, language)
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

/** Sign-ins that were done before, or are done now without a word. The same act twice is left to whoever comes after: it finds the receipt. */
async function signInTogether(
  { performTogether }: Pick<Services, 'performTogether'>,
  ctx: Context,
  asked: readonly Asked[],
): Promise<Map<Asked, Executed>> {
  const byKey = new Map<string, Asked>()
  for (const one of asked) {
    const key = `${one.account.id} ${one.actId}`
    if (one.act.operation === signInToGathering.id && !byKey.has(key)) byKey.set(key, one)
  }
  const outcomes = new Map<Asked, Executed>()
  const unique = [...byKey.values()]
  if (unique.length < 2) return outcomes
  const before = await receiptsOf(ctx, unique)
  const fresh: Asked[] = []
  for (const one of unique) {
    const found = before.get(`${one.account.id} ${one.actId}`)
    if (found === undefined) fresh.push(one)
    else if (found.hash.equals(one.hash)) outcomes.set(one, { ...found.receipt, repeated: true, answer: null })
  }
  const answers = await performTogether(
    ctx,
    signInToGathering,
    fresh.map(({ account, act, language }) => {
      const { params, body } = onTime(act, ctx.now)
      return { caller: callerOf(account, act, language), params, body }
    }),
  )
  const receivedAt = ctx.now.toISOString()
  fresh.forEach((one, n) => {
    const { actId, act } = one
    if (answers[n] instanceof DomainError) return
    const receipt = {
      actId,
      operation: act.operation,
      outcome: 'DONE' as const,
      deviceAt: new Date(act.deviceAt).toISOString(),
      receivedAt,
    }
    outcomes.set(one, { ...receipt, said: null, problem: null, repeated: false, answer: answers[n] ?? null })
  })
  await keepReceipts(
    ctx,
    fresh.filter((one) => outcomes.has(one)),
    receivedAt,
  )
  return outcomes
}

async function receiptsOf(ctx: Context, asked: readonly Asked[]): Promise<Map<string, { receipt: ReceiptOf; hash: Buffer }>> {
  const rows = await ctx.query(sql<ReceiptOf & { accountId: string; hash: Buffer }>`
    select a.account_id as "accountId", a.id as "actId", a.operation, a.outcome, a.device_at as "deviceAt", a.received_at as "receivedAt", a.said,
      a.problem, a.content_hash as hash
    from unnest(${asked.map(({ account }) => account.id)}::uuid[], ${asked.map(({ actId }) => actId)}::uuid[]) as asked(account_id, id)
    join sync.act a using (account_id, id)`)
  return new Map(rows.map(({ accountId, hash, ...receipt }) => [`${accountId} ${receipt.actId}`, { receipt, hash }]))
}

/** Two groups at once with the same act: the second collides here, is done again and finds the receipt of the first. */
async function keepReceipts(ctx: Context, done: readonly Asked[], receivedAt: string): Promise<void> {
  if (done.length === 0) return
  await ctx.query(sql`
    insert into sync.act (account_id, id, operation, content_hash, seq, device_at, offset_ms, received_at, outcome)
    select account_id, id, ${signInToGathering.id}, content_hash, seq, device_at, offset_ms, ${receivedAt}, 'DONE'
    from unnest(${done.map(({ account }) => account.id)}::uuid[], ${done.map(({ actId }) => actId)}::uuid[], ${done.map(({ hash }) => hash)}::bytea[],
      ${done.map(({ act }) => act.seq)}::bigint[], ${done.map(({ act }) => act.deviceAt)}::timestamptz[], ${done.map(({ act }) => act.offsetMs)}::bigint[])
      as t(account_id, id, content_hash, seq, device_at, offset_ms)`)
}
