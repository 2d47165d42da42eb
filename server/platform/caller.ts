/** Who acts: a person in a post at a place of the hierarchy, and what row-level security is told of them. */
import type { Role } from '#contract/roles'
import { type RawBuilder, sql } from './database.ts'
import { isId } from './shapes.ts'

/** A place in the hierarchy that posts are held at and records belong to. */
export interface Node {
  id: string
  /** Materialised path, segments of [0-9a-z] each ended by `/`; a subtree is a range of paths. */
  path: string
  /** Six-digit county code, the distribution key. */
  county: string
  name: string
  kind: string
  parentId: string | null
}

export interface Post {
  id: string
  role: Role
  node: Node
  /** First and last day, Asia/Shanghai; no last day means until revoked. */
  from: string
  until: string | null
}

export interface Account {
  id: string
  name: string
  /** The record this person has in the domain (their own file), if any. */
  subjectId: string | null
  sessionId: string
  posts: Post[]
}

/** The part of the hierarchy in which the caller may act; every list takes one, so that forgetting it does not compile. */
export class Scope {
  readonly path: string
  constructor(path: string) {
    if (!/^([0-9a-z]+\/)+$/.test(path)) throw new Error(`not a path: ${path}`)
    this.path = path
  }

  /** SQL: is the path in this column inside the scope? `/` is 0x2f and `0` is 0x30, so the range ends right after the subtree. */
  covers(column: RawBuilder<unknown>): RawBuilder<boolean> {
    return sql<boolean>`(${column} >= ${this.path} and ${column} < ${`${this.path.slice(0, -1)}0`})`
  }

  contains(path: string): boolean {
    return path.startsWith(this.path)
  }

  within(node: Node): Scope {
    return new Scope(node.path)
  }
}

export interface Caller {
  account: Account | null
  post: Post | null
  purpose: string | null
  language: 'zh' | 'en'
}

export const nobody: Caller = { account: null, post: null, purpose: null, language: 'zh' }

/**
 * SQL: what row-level security reads: `app.scope`, the path in which the caller may act, and `app.self`, the caller's own records as a list
 * of ids. The values are checked, since `set local` takes no parameters (and `set_config` would not reach the workers of a distributed database).
 */
export function walls(caller: Caller, selves: readonly string[]): string {
  const scope = caller.post === null ? '' : new Scope(caller.post.node.path).path
  for (const id of selves) if (!isId(id)) throw new Error('not an id')
  const self = selves.length === 0 ? '' : `{${selves.join(',')}}`
  return `set local app.scope = '${scope}'; set local app.self = '${self}'`
}

/** The records row-level security shows as the caller's own, unless a group names others. */
export function ownRecord({ account }: Caller): string[] {
  const id = account?.subjectId ?? null
  return id === null ? [] : [id]
}
