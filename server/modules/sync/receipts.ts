/** Receipts: what became of an act, written in the transaction that does it and read when the act arrives again. */
import type { z } from 'zod'
import type { Receipt } from '#contract/sync'
import { type Account, type Context, DomainError, hashOf, sql } from '#platform'
import type { ActInput, Done } from './arriving.ts'

type ReceiptOf = z.output<typeof Receipt>

/** A receipt; `answer` is what the operation answered, null when it had been done before. */
export interface Executed extends ReceiptOf {
  repeated: boolean
  answer: unknown
}

/** An act as it arrived, with its author. */
export interface Arrived {
  account: Account
  actId: string
  act: ActInput
  /** Of its content: another act under the same id has another. */
  hash: Buffer
}

export const arrivedOf = (account: Account, actId: string, act: ActInput): Arrived => ({ account, actId, act, hash: hashOfAct(act) })

const hashOfAct = ({ operation, params, body, base, postId, deviceAt }: ActInput): Buffer =>
  hashOf([operation, params, body ?? null, base ?? null, postId, deviceAt])

/** What an act is known by. */
const key = (accountId: string, actId: string): string => `${accountId} ${actId}`
export const keyOf = ({ account, actId }: Arrived): string => key(account.id, actId)

/** The receipts there are already; of an act that was another one under the same id, that its id is taken. */
export async function receiptsOf(ctx: Context, acts: readonly Arrived[]): Promise<Map<Arrived, Executed | DomainError>> {
  const rows = await ctx.query(sql<ReceiptOf & { accountId: string; hash: Buffer }>`
    select account_id as "accountId", id as "actId", a.operation, a.outcome, a.device_at as "deviceAt", a.received_at as "receivedAt", a.said,
      a.problem, a.content_hash as hash
    from unnest(${acts.map(({ account }) => account.id)}::uuid[], ${acts.map(({ actId }) => actId)}::uuid[]) as asked(account_id, id)
    join sync.act a using (account_id, id)`)
  const kept = new Map(rows.map((row) => [key(row.accountId, row.actId), row]))
  return new Map(
    acts.flatMap((act): [Arrived, Executed | DomainError][] => {
      const row = kept.get(keyOf(act))
      if (row === undefined) return []
      const { accountId: _author, hash, ...receipt } = row
      return [[act, hash.equals(act.hash) ? { ...receipt, repeated: true, answer: null } : new DomainError('ID_TAKEN')]]
    }),
  )
}

/** Writes down what became of acts. Two at once: the second collides here, is done again and finds the receipt of the first. */
export async function keepReceipts(ctx: Context, acts: readonly (readonly [Arrived, Done])[]): Promise<Executed[]> {
  if (acts.length === 0) return []
  const receivedAt = ctx.now.toISOString()
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value))
  await ctx.query(sql`
    insert into sync.act (account_id, id, operation, content_hash, seq, device_at, offset_ms, received_at, outcome, said, problem)
    select account_id, id, operation, content_hash, seq, device_at, offset_ms, ${receivedAt}, outcome, said, problem
    from unnest(${acts.map(([{ account }]) => account.id)}::uuid[], ${acts.map(([{ actId }]) => actId)}::uuid[],
      ${acts.map(([{ act }]) => act.operation)}::text[], ${acts.map(([{ hash }]) => hash)}::bytea[], ${acts.map(([{ act }]) => act.seq)}::bigint[],
      ${acts.map(([{ act }]) => act.deviceAt)}::timestamptz[], ${acts.map(([{ act }]) => act.offsetMs)}::bigint[],
      ${acts.map(([, { outcome }]) => outcome)}::text[], ${acts.map(([, { said }]) => json(said))}::jsonb[],
      ${acts.map(([, { problem }]) => json(problem))}::jsonb[])
      as t(account_id, id, operation, content_hash, seq, device_at, offset_ms, outcome, said, problem)`)
  return acts.map(([{ actId, act }, { outcome, said, problem, answer }]) => ({
    actId,
    operation: act.operation,
    outcome,
    deviceAt: new Date(act.deviceAt).toISOString(),
    receivedAt,
    said,
    problem,
    repeated: false,
    answer: answer ?? null,
  }))
}
