/** Throws that are always the same for the same name: invented people and histories look alike on every machine. */
export class Dice {
  #state: number

  constructor(name: string) {
    // FNV-1a over the name, then mulberry32.
    let hash = 0x811c9dc5
    for (const unit of name) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193)
    this.#state = hash >>> 0
  }

  /** A number from 0 to 1, without 1. */
  throw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from 0 to `n` − 1. */
  below(n: number): number {
    return Math.floor(this.throw() * n)
  }

  /** True in so many of a thousand throws. */
  permille(n: number): boolean {
    return this.throw() * 1000 < n
  }

  /** One of these. @throws Error when there are none */
  of<T>(choices: readonly T[]): T {
    const chosen = choices[this.below(choices.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }
}
