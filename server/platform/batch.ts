/** Group commit: what arrives while a group is being committed forms the next one. */
import { type Context, transactAgain } from './context.ts'
import { isDatabaseAway, type Pool } from './database.ts'
import { DomainError } from './errors.ts'

interface Waiting<In, Out> {
  input: In
  resolve(value: Out): void
  reject(error: unknown): void
}

type Work<In, Out> = (ctx: Context, inputs: In[]) => Promise<(Out | DomainError)[]>

/** Calls that may wait before newcomers are told to come back. */
const mostWaiting = 5000
const enoughForASecond = 12

export class Batch<In, Out> {
  readonly #pool: Pool
  readonly #most: number
  readonly #work: Work<In, Out>
  readonly #selfOf: (input: In) => string | null
  #waiting: Waiting<In, Out>[] = []
  /** Groups under way: a second begins when enough wait for it, since two at once are each half as large. */
  #running = 0

  /**
   * @param most calls in one group
   * @param selfOf the caller's own record: row-level security shows a group the own records of its callers and nothing else
   */
  constructor(pool: Pool, most: number, work: Work<In, Out>, selfOf: (input: In) => string | null) {
    this.#pool = pool
    this.#most = most
    this.#work = work
    this.#selfOf = selfOf
  }

  /** @throws DomainError BUSY when too many wait; otherwise what the work says of this call */
  add(input: In): Promise<Out> {
    if (this.#waiting.length >= mostWaiting) return Promise.reject(new DomainError('BUSY', { retryAfter: 1 }))
    const promise = new Promise<Out>((resolve, reject) => this.#waiting.push({ input, resolve, reject }))
    if (this.#running === 0 || (this.#running === 1 && this.#waiting.length >= enoughForASecond)) {
      this.#running += 1
      setImmediate(() => void this.#drain())
    }
    return promise
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#most)
      this.#waiting = this.#waiting.slice(this.#most)
      const answer = await this.#commit(group)
      // While callers are answered PostgreSQL is already at the next group.
      if (this.#waiting.length > 0) setImmediate(answer)
      else answer()
    }
    this.#running -= 1
  }

  /** One call that cannot be done must not fail its neighbours: then each is done alone. @returns tells each of them what became of it */
  async #commit(group: Waiting<In, Out>[]): Promise<() => void> {
    try {
      const outcomes = await this.#attempt(group.map((w) => w.input))
      return () =>
        group.forEach((waiting, i) => {
          const outcome = outcomes[i]
          if (outcome instanceof DomainError) waiting.reject(outcome)
          else waiting.resolve(outcome as Out)
        })
    } catch (error) {
      if (group.length === 1 || isDatabaseAway(error)) return () => group.forEach((waiting) => waiting.reject(error))
      for (const waiting of group) (await this.#commit([waiting]))()
      return () => {}
    }
  }

  #attempt(inputs: In[]): Promise<(Out | DomainError)[]> {
    const selves = inputs.flatMap((input) => this.#selfOf(input) ?? [])
    return transactAgain(
      this.#pool,
      async (ctx) => {
        const outcomes = await this.#work(ctx, inputs)
        if (outcomes.length !== inputs.length) throw new Error('a group must answer each of its calls')
        return outcomes
      },
      { selves, planned: 'once' },
    )
  }
}
