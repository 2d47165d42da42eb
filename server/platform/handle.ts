/** How a module answers an operation: a handler beside the operation it serves. */
import type { BodyOf, Operation, ParamsOf, QueryOf, ReturnsOf } from '#contract/operation'
import type { Caller, Node } from './caller.ts'
import type { Context } from './context.ts'
import type { DomainError } from './errors.ts'
import type { KeptFile } from './ranges.ts'

/** Things an answer may carry beside its JSON; sent only when the transaction is committed. */
export interface Answer {
  /** Sets a cookie for `seconds`; 0 removes it. Always HttpOnly, SameSite=Strict. */
  cookie(name: string, value: string, seconds: number): void
  /** Answers with bytes instead of JSON. */
  bytes(content: Buffer, mediaType: string): void
  /** Answers with a stored file, or with the part of it that `Range` asks for. */
  kept(file: KeptFile): void
  /** What bytes or a file are called when they are kept; any characters (RFC 6266). */
  named(name: string): void
}

export interface Call<O> {
  params: ParamsOf<O>
  query: QueryOf<O>
  body: BodyOf<O>
  /** Where it acts: the node named by `access.within`, inside the caller's scope. For `post` and `self`, the post's node. */
  node: Node
  caller: Caller
  /** The caller's network address, for throttling only; never stored in clear. */
  network: string
  /** Scheme and host the caller used, e.g. `http://localhost:8080`. */
  origin: string
  answer: Answer
}

/** A stream of server-sent events to one follower. */
export interface Channel {
  /** Sends one event; `id` comes back as `lastId` when the follower reconnects. */
  send(id: string, event: string, data: unknown): void
  lastId: string | null
  /** Ends the stream; the follower comes back with `lastId` and is identified and authorised afresh. */
  close(): void
  /** Fires when the follower has gone. */
  closed: AbortSignal
}

/** How many calls of one operation are worked on at a time; the next `mostWaiting` wait without holding a connection. */
export interface Limit {
  atOnce: number
  mostWaiting: number
}

export type Handled =
  | { kind: 'one'; operation: Operation; work: (ctx: Context, call: Call<Operation>) => Promise<unknown>; limit?: Limit }
  | { kind: 'batch'; operation: Operation; most: number; work: (ctx: Context, calls: Call<Operation>[]) => Promise<unknown[]> }
  | { kind: 'stream'; operation: Operation; work: (call: Call<Operation>, channel: Channel) => void }

/**
 * Answers an operation, one transaction a call. The work may run again when another transaction came between.
 * @param limit for slow work (passwords, pictures), so that it never takes the connections of everything else
 */
export function handle<O extends Operation>(
  operation: O,
  work: (ctx: Context, call: Call<O>) => Promise<ReturnsOf<O>>,
  limit?: Limit,
): Handled {
  return { kind: 'one', operation, work: work, ...(limit === undefined ? {} : { limit }) }
}

/**
 * Answers an operation in groups: calls that arrive together commit together, and each still gets its own answer.
 * @param most calls in one group at most
 */
export function handleInBatches<O extends Operation>(
  operation: O,
  most: number,
  work: (ctx: Context, calls: Call<O>[]) => Promise<(ReturnsOf<O> | DomainError)[]>,
): Handled {
  return { kind: 'batch', operation, most, work: work }
}

/** Answers with a stream of server-sent events. */
export function handleStream<O extends Operation>(operation: O, work: (call: Call<O>, channel: Channel) => void): Handled {
  return { kind: 'stream', operation, work: work }
}
