/**
 * An operation is one promise of the platform, written as data: where it is called, what it takes and returns,
 * who may call it and what may go wrong. Routes, the OpenAPI file, the typed client and the access matrix are all made from it.
 */
import type { z } from 'zod'
import type { Permission, Role } from './roles.ts'

/**
 * Where the organisation an operation acts on stands, seen from the post the caller acts in.
 * `own` the post's organisation · `child` below it · `parent` above it · `sibling` beside it · `other` another part of the tree.
 */
export type Relation = 'own' | 'child' | 'parent' | 'sibling' | 'other'

/** Which roles succeed on which relations. A role that is not named is refused everywhere. */
export type Expected = Partial<Record<Role, readonly Relation[]>>

export type Access =
  /** Anybody, signed in or not. */
  | { public: true }
  /** Anybody who has signed in; the operation only touches what belongs to the caller. */
  | { self: true }
  /**
   * Someone acting in a post whose role holds `may`, on an organisation inside the post's subtree.
   * `within` names the path or query parameter that holds that organisation's id; `post` means the post's whole subtree (lists).
   */
  | {
      may: Permission
      within: string
      /** The person who did this earlier step may not do this one (separation, TRUST.md). */
      notSameAs?: string
      /** A reason must be given in the header `x-purpose`; it is written to the audit. */
      purpose?: true
      expect: Expected
    }
  | { may: Permission; within: 'post'; purpose?: true; expect: Expected }

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Returns extends z.ZodType = z.ZodType,
> {
  /** `module.verbThing`, unique. */
  id: string
  method: Method
  /** Below `/api`, with `:name` for path parameters. */
  path: string
  summary: { zh: string; en: string }
  access: Access
  params?: Params
  query?: Query
  body?: Body
  returns: Returns
  /** Error codes beyond the ones every operation may give. */
  fails?: readonly string[]
  /** Bytes of body accepted; 1 MiB unless told. */
  bodyLimit?: number
  /** `bytes` when the body is the file itself, not JSON. */
  bodyType?: 'json' | 'bytes'
  /** The answer is a stream of server-sent events, `returns` the data of each; resumed by `Last-Event-ID`. */
  stream?: true
  /** The path stands at the root of the server instead of below `/api`: for programs of others, such as calendars. */
  root?: true
  /** May be done without a network and arrive later, as an act (contract/sync.ts). */
  offline?: true
  example?: unknown
}

/** Declares an operation; the identity function, so that the value keeps its exact type. */
export function operation<
  const Id extends string,
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Returns extends z.ZodType,
>(declared: Operation<Params, Query, Body, Returns> & { id: Id }): Operation<Params, Query, Body, Returns> & { id: Id } {
  return declared
}

/** Where the operation stands on the server, with `:name` for path parameters. */
export const placeOf = ({ path, root }: Pick<Operation, 'path' | 'root'>): string => (root === true ? path : `/api${path}`)

/** What a handler receives and a client sends. */
export type ParamsOf<O> =
  O extends Operation<infer P, infer _Q, infer _B, infer _R> ? (z.ZodType extends P ? Record<string, string> : z.output<P>) : never
export type QueryOf<O> =
  O extends Operation<infer _P, infer Q, infer _B, infer _R> ? (z.ZodType extends Q ? Record<string, never> : z.output<Q>) : never
export type BodyOf<O> = O extends Operation<infer _P, infer _Q, infer B, infer _R> ? (z.ZodType extends B ? undefined : z.output<B>) : never
export type ReturnsOf<O> = O extends Operation<infer _P, infer _Q, infer _B, infer R> ? z.output<R> : never
/** What a client sends, before defaults are filled in. */
export type QueryIn<O> = O extends Operation<infer _P, infer Q, infer _B, infer _R> ? (z.ZodType extends Q ? undefined : z.input<Q>) : never
export type BodyIn<O> = O extends Operation<infer _P, infer _Q, infer B, infer _R> ? (z.ZodType extends B ? undefined : z.input<B>) : never
