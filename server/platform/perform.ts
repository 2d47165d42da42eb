/**
 * Does an operation inside a transaction that is already open, the same way a request goes: validate the address → authorize →
 * validate the body → do. For what was done without a network and arrives later: its receipt is written in the same transaction.
 */
import type { Operation } from '#contract/operation'
import { authorize } from './authorize.ts'
import type { Caller, Context } from './context.ts'
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
 * @param handled asked for late, since the modules that handle are also the ones that perform
 * @param checkAnswers check every answer against its schema (tests)
 */
export function performer(hierarchy: Hierarchy, handled: () => readonly Handled[], checkAnswers: boolean): Perform {
  let byId: Map<string, Handled> | undefined
  return (ctx, operation, caller, { params = {}, query = {}, body }) => {
    byId ??= new Map(handled().map((h) => [h.operation.id, h]))
    const h = byId.get(operation.id)
    if (h === undefined || h.kind === 'stream') throw new Error(`${operation.id} cannot be performed`)
    return ctx.as(caller, async (part) => {
      const address = judgeAddress(operation, params, query, caller.language)
      const node = await authorize(operation, caller, address, (id) => hierarchy.find(part, id))
      const judged = judgeBody(operation, body, caller.language)
      const call = { ...address, body: judged, node, caller, network: '', origin: '', answer: bare } as unknown as Call<Operation>
      const [outcome] = h.kind === 'batch' ? await h.work(part, [call]) : [await h.work(part, call)]
      if (outcome instanceof DomainError) throw outcome
      if (checkAnswers) judgeAnswer(operation, outcome)
      return outcome
    })
  }
}
