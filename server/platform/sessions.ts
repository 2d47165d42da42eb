/**
 * Recognises callers by cookie and device. Each is remembered for ten seconds; those who are not are asked for together, so that
 * when a thousand people open the app in the same second the database is asked a few times and not a thousand.
 */
import { Batch } from './batch.ts'
import type { Account } from './caller.ts'
import type { Pool } from './database.ts'
import type { Identity } from './identity.ts'

const keepMilliseconds = 10_000
const most = 20_000
/** Callers asked for in one transaction. */
const together = 200

export class Sessions {
  readonly #batch: Batch<{ token: string; deviceId: string }, Account | undefined>
  readonly #kept = new Map<string, { account: Account; until: number }>()
  readonly #asking = new Map<string, Promise<Account | undefined>>()
  /** Counts `forget`: what was asked before it is not remembered after it. */
  #age = 0

  constructor(pool: Pool, identity: Identity) {
    this.#batch = new Batch(
      pool,
      together,
      (ctx, asked) => identity.recognise(ctx, asked),
      () => null,
    )
  }

  /** The account of this token on this device, or undefined. A revocation elsewhere is seen within ten seconds. */
  async recognise(token: string, deviceId: string): Promise<Account | undefined> {
    const key = `${deviceId}:${token}`
    const kept = this.#kept.get(key)
    if (kept !== undefined && kept.until > Date.now()) return kept.account
    return this.#asking.get(key) ?? this.#ask(key, token, deviceId)
  }

  #ask(key: string, token: string, deviceId: string): Promise<Account | undefined> {
    const age = this.#age
    const asking = this.#batch
      .add({ token, deviceId })
      .then((account) => {
        if (account !== undefined && age === this.#age) {
          this.#makeRoom()
          this.#kept.delete(key)
          this.#kept.set(key, { account, until: Date.now() + keepMilliseconds })
        }
        return account
      })
      .finally(() => {
        if (this.#asking.get(key) === asking) this.#asking.delete(key)
      })
    this.#asking.set(key, asking)
    return asking
  }

  /** Those who came first go first: their time is up anyway, or soon. */
  #makeRoom(): void {
    const now = Date.now()
    for (const [key, { until }] of this.#kept) {
      if (until > now && this.#kept.size < most) return
      this.#kept.delete(key)
    }
  }

  /** Forgets everyone, after a sign-out, a revocation or a change of posts in this process. */
  forget(): void {
    this.#age += 1
    this.#kept.clear()
    this.#asking.clear()
  }
}
