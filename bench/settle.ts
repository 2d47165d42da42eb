/** Waits for work that goes on after the answers, and says how far behind it was. */
import { setTimeout as pause } from 'node:timers/promises'
import { lag, openPool } from '#platform'

export class Settler {
  readonly #pool
  readonly #names: readonly string[]
  /** Seconds the slowest projection was behind at each asking. */
  readonly behind: number[] = []

  constructor(url: string, names: readonly string[]) {
    this.#pool = openPool(url, 'owner', 4, 60_000)
    this.#names = names
  }

  /** Returns when every projection has read what has happened. */
  async settle(): Promise<void> {
    for (let first = true; ; first = false) {
      const worst = Math.max(0, ...(await Promise.all(this.#names.map((name) => lag(this.#pool, name)))))
      if (first) this.behind.push(worst)
      if (worst === 0) return
      await pause(50)
    }
  }

  close(): Promise<void> {
    return this.#pool.end()
  }
}
