/**
 * Does an operation inside a transaction that is already open, the same way a request goes: validate the address → authorize →
 * validate the body → do. For what was done without a network and arrives later: its receipt is written in the same transaction.
 */
import type { Operation } from '#contract/operation'
import { authorize } from './authorize.ts'
import type { Caller } from './caller.ts'
import type { Context } from './context.ts'
import { DomainError } from './errors.ts'
import type { Answer, Call, Handled } from './handle.ts'
import type { Hierarchy } from './hierarchy.ts'
import { judgeAddress, judgeAnswer, judgeBody } from './validate.ts'

export interface Asked {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/** @throws DomainError when it is refused; what it wrote is undone, and `ctx` may go on */
export type Perform = (ctx: Context, operation: Operation, caller: Caller, asked: Asked) => Promise<unknown>

const onlyJson = (): never => {
  throw new Error('what is performed answers with its JSON and nothing else')
}
const bare = { cookie: onlyJson, bytes: onlyJson, kept: onlyJson, named: onlyJson } as Answer

/**
 * Calls of one operation that is answered in groups, in a transaction that names all of their callers: it refuses without having written,
 * so nothing need be undone. @returns an answer or a refusal for each, in order
 */
export type PerformTogether = (ctx: Context, operation: Operation, asked: readonly (Asked & { caller: Caller })[]) => Promise<unknown[]>

/**
 * @param handled asked for late, since the modules that handle are also the ones that perform
 * @param checkAnswers check every answer against its schema (tests)
 */
export function performer(
  hierarchy: Hierarchy,
  handled: () => readonly Handled[],
  checkAnswers: boolean,
): { perform: Perform; performTogether: PerformTogether } {
  let byId: Map<string, Handled> | undefined
  const handlerOf = (operation: Operation): Handled => {
    byId ??= new Map(handled().map((h) => [h.operation.id, h]))
    const h = byId.get(operation.id)
    if (h === undefined || h.kind === 'stream') throw new Error(`${operation.id} cannot be performed`)
    return h
  }
  const judged = async (ctx: Context, operation: Operation, caller: Caller, { params = {}, query = {}, body }: Asked) => {
    const address = judgeAddress(operation, params, query, caller.language)
    const node = await authorize(operation, caller, address, (id) => hierarchy.find(ctx, id))
    const content = judgeBody(operation, body, caller.language)
    return { ...address, body: content, node, caller, network: '', origin: '', answer: bare } as unknown as Call<Operation>
  }
  const check = (operation: Operation, outcome: unknown) => {
    if (checkAnswers && !(outcome instanceof DomainError)) judgeAnswer(operation, outcome)
    return outcome
  }
  return {
    perform: (ctx, operation, caller, asked) =>
      ctx.as(caller, async (part) => {
        const h = handlerOf(operation)
        const call = await judged(part, operation, caller, asked)
        const outcome =
          h.kind === 'batch' ? (await h.work(part, [call]))[0] : await (h as Extract<Handled, { kind: 'one' }>).work(part, call)
        if (outcome instanceof DomainError) throw outcome
        return check(operation, outcome)
      }),
    async performTogether(ctx, operation, asked) {
      const h = handlerOf(operation)
      if (h.kind !== 'batch') throw new Error(`${operation.id} is not answered in groups`)
      const calls = await Promise.all(
        asked.map(({ caller, ...rest }) => judged(ctx, operation, caller, rest).catch((error: unknown) => refusal(error))),
      )
      const open = calls.filter((call) => !(call instanceof DomainError)) as Call<Operation>[]
      const answers = open.length === 0 ? [] : await h.work(ctx, open)
      return calls.map((call) => (call instanceof DomainError ? call : check(operation, answers[open.indexOf(call)])))
    },
  }
}

/** @throws anything that is not a refusal */
function refusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  throw error
}
