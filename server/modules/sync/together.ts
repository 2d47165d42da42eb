/**
 * Acts of many authors that arrive at the same time are done in one transaction. Sign-ins come by the thousand when a valley is back in range:
 * those go through one statement each for receipts, attendance and new receipts; everything else, and whatever is not plainly done, one by one.
 */
import { signInToGathering } from '#contract/attendance'
import type * as contract from '#contract/sync'
import { type Call, type Caller, type Context, DomainError, type Services } from '#platform'
import { callerOf, executeAct } from './acts.ts'
import type { Done } from './arriving.ts'
import { onTime } from './clock.ts'
import { type Arrived, arrivedOf, type Executed, keepReceipts, keyOf, receiptsOf } from './receipts.ts'

type Asked = Arrived & { language: Caller['language'] }

/** @returns a receipt or a refusal for each, in order */
export async function executeTogether(
  services: Pick<Services, 'perform' | 'performTogether'>,
  ctx: Context,
  calls: readonly Call<typeof contract.putAct>[],
): Promise<(Executed | DomainError)[]> {
  const asked = calls.map(({ params, body, caller }): Asked => {
    if (caller.account === null) throw new DomainError('NOT_SIGNED_IN')
    return { ...arrivedOf(caller.account, params.actId, body), language: caller.language }
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

/** Sign-ins that arrived before, or are done now without a word. The same act twice is left to whoever comes after: it finds the receipt. */
async function signInTogether(
  { performTogether }: Pick<Services, 'performTogether'>,
  ctx: Context,
  asked: readonly Asked[],
): Promise<Map<Arrived, Executed | DomainError>> {
  const byKey = new Map<string, Asked>()
  for (const one of asked) if (one.act.operation === signInToGathering.id && !byKey.has(keyOf(one))) byKey.set(keyOf(one), one)
  const unique = [...byKey.values()]
  if (unique.length === 0) return new Map()
  const outcomes = await receiptsOf(ctx, unique)
  const fresh = unique.filter((one) => !outcomes.has(one))
  const answers = await performTogether(
    ctx,
    signInToGathering,
    fresh.map(({ account, act, language }) => {
      const { params, body } = onTime(act, ctx.now)
      return { caller: callerOf(account, act, language), params, body }
    }),
  )
  const done = fresh.flatMap((one, n): [Asked, Done][] => {
    const answer = answers[n]
    return answer instanceof DomainError ? [] : [[one, { outcome: 'DONE', said: null, problem: null, answer }]]
  })
  const receipts = await keepReceipts(ctx, done)
  receipts.forEach((receipt, n) => {
    const [one] = done[n] ?? []
    if (one !== undefined) outcomes.set(one, receipt)
  })
  return outcomes
}
