/** The hierarchy that posts are held in. A module provides it; the platform only knows nodes and paths. */
import type { Node } from './caller.ts'
import type { Context } from './context.ts'

export interface Hierarchy {
  /** The node as it stands now, or undefined. Ended ones are found too, so that their records stay readable. */
  find(ctx: Context, id: string): Promise<Node | undefined>
  /** Those of these that exist, by id; one statement for all that are not remembered. */
  findAll(ctx: Context, ids: Iterable<string>): Promise<Map<string, Node>>
}

/** Reads nodes; ids that do not exist are left out. */
export type FindNodes = (ctx: Context, ids: readonly string[]) => Promise<Node[]>

const keepMilliseconds = 10_000
const most = 20_000

/** Remembers nodes for ten seconds, so that a request need not ask for its place; `forget` is called on every change in this process. */
export class RememberedHierarchy implements Hierarchy {
  readonly #source: FindNodes
  readonly #kept = new Map<string, { node: Node; until: number }>()
  /** Counts `forget`: what was asked before it is not remembered after it. */
  #age = 0

  constructor(source: FindNodes) {
    this.#source = source
  }

  async find(ctx: Context, id: string): Promise<Node | undefined> {
    // Not by the id: people may write it in capitals.
    return (await this.findAll(ctx, [id])).values().next().value
  }

  async findAll(ctx: Context, ids: Iterable<string>): Promise<Map<string, Node>> {
    const found = new Map<string, Node>()
    const asked: string[] = []
    for (const id of ids) {
      const node = this.peek(id)
      if (node === undefined) asked.push(id)
      else found.set(id, node)
    }
    if (asked.length === 0) return found
    const age = this.#age
    const nodes = await this.#source(ctx, asked)
    const until = Date.now() + keepMilliseconds
    if (this.#kept.size >= most) this.#kept.clear()
    for (const node of nodes) {
      found.set(node.id, node)
      if (age === this.#age) this.#kept.set(node.id, { node, until })
    }
    return found
  }

  /** A node that is remembered and fresh, without asking. */
  peek(id: string): Node | undefined {
    const kept = this.#kept.get(id)
    return kept !== undefined && kept.until > Date.now() ? kept.node : undefined
  }

  forget(): void {
    this.#age += 1
    this.#kept.clear()
  }
}
