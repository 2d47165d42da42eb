/** Taking turns: so many at once, so many waiting, the rest are asked to come back. */
import { DomainError } from './errors.ts'

export class Turns {
  readonly #atOnce: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
  }

  /** Runs the work when it is its turn. @throws DomainError BUSY when too many wait */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) {
      if (this.#waiting.length >= this.#mostWaiting) throw new DomainError('BUSY', { retryAfter: 5 })
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#running += 1
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // Whoever waits takes over this turn, so that no newcomer slips in between.
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}
