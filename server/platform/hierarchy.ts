/** The hierarchy that posts are held in. A module provides it; the platform only knows nodes and paths. */
import type { Context, Node } from './context.ts'

export interface Hierarchy {
  /** The node as it stands now, or undefined. Ended ones are found too, so that their records stay readable. */
  find(ctx: Context, id: string): Promise<Node | undefined>
}

const keepMilliseconds = 10_000
const most = 20_000

/** Remembers nodes for ten seconds, so that a request need not ask for its place; `forget` is called on every change in this process. */
export class RememberedHierarchy implements Hierarchy {
  readonly #source: Hierarchy
  readonly #kept = new Map<string, { node: Node; until: number }>()
  /** Counts `forget`: what was asked before it is not remembered after it. */
  #age = 0

  constructor(source: Hierarchy) {
    this.#source = source
  }

  async find(ctx: Context, id: string): Promise<Node | undefined> {
    const kept = this.#kept.get(id)
    if (kept !== undefined && kept.until > Date.now()) return kept.node
    const age = this.#age
    const node = await this.#source.find(ctx, id)
    if (node !== undefined && age === this.#age) {
      if (this.#kept.size >= most) this.#kept.clear()
      this.#kept.set(id, { node, until: Date.now() + keepMilliseconds })
    }
    return node
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
