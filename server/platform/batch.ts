/** Group commit: what arrives while a group is being committed forms the next one. */
import type { Context } from './context.ts'
import { transact } from './context.ts'
import type { Pool } from './database.ts'
import { DomainError } from './errors.ts'

interface Waiting<In, Out> {
  input: In
  resolve(value: Out): void
  reject(error: unknown): void
}

/** Calls that may wait before newcomers are told to come back. */
const mostWaiting = 5000

export class Batch<In, Out> {
  readonly #pool: Pool
  readonly #most: number
  readonly #work: (ctx: Context, inputs: In[]) => Promise<(Out | DomainError)[]>
  #waiting: Waiting<In, Out>[] = []
  #running = 0
  /** Two groups at a time keep both PostgreSQL and the event loop busy. */
  readonly #lanes = 2

  constructor(pool: Pool, most: number, work: (ctx: Context, inputs: In[]) => Promise<(Out | DomainError)[]>) {
    this.#pool = pool
    this.#most = most
    this.#work = work
  }

  /** @throws DomainError BUSY when too many wait; otherwise what the work says of this call */
  add(input: In): Promise<Out> {
    if (this.#waiting.length >= mostWaiting) return Promise.reject(new DomainError('BUSY', { retryAfter: 1 }))
    const promise = new Promise<Out>((resolve, reject) => this.#waiting.push({ input, resolve, reject }))
    if (this.#running < this.#lanes) {
      this.#running += 1
      setImmediate(() => void this.#drain())
    }
    return promise
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#most)
      this.#waiting = this.#waiting.slice(this.#most)
      await this.#commit(group)
    }
    this.#running -= 1
  }

  async #commit(group: Waiting<In, Out>[]): Promise<void> {
    try {
      const outcomes = await this.#attempt(group.map((w) => w.input))
      group.forEach((waiting, i) => {
        const outcome = outcomes[i]
        if (outcome instanceof DomainError) waiting.reject(outcome)
        else waiting.resolve(outcome as Out)
      })
    } catch (error) {
      for (const waiting of group) waiting.reject(error)
    }
  }

  /** Two lanes may touch the same rows in another order; PostgreSQL then stops one, and it is simply done again. */
  async #attempt(inputs: In[], tries = 3): Promise<(Out | DomainError)[]> {
    try {
      return await transact(this.#pool, (ctx) => this.#work(ctx, inputs))
    } catch (error) {
      const code = (error as { code?: unknown } | null)?.code
      if (tries > 1 && (code === '40P01' || code === '40001')) return this.#attempt(inputs, tries - 1)
      throw error
    }
  }
}
