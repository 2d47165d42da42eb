/** Recognises callers by cookie and device, remembering each for ten seconds so that a burst does not ask the database each time. */
import { type Account, transact } from './context.ts'
import type { Pool } from './database.ts'
import type { Identity } from './identity.ts'

const keepMilliseconds = 10_000
const most = 50_000

export class Sessions {
  readonly #pool: Pool
  readonly #identity: Identity
  readonly #kept = new Map<string, { account: Account; until: number }>()
  readonly #asking = new Map<string, Promise<Account | undefined>>()
  /** Counts `forget`: what was asked before it is not remembered after it. */
  #age = 0

  constructor(pool: Pool, identity: Identity) {
    this.#pool = pool
    this.#identity = identity
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
    const asking = transact(this.#pool, (ctx) => this.#identity.recognise(ctx, token, deviceId))
      .then((account) => {
        if (account !== undefined && age === this.#age) {
          if (this.#kept.size >= most) this.#kept.clear()
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

  /** Forgets everyone, after a sign-out, a revocation or a change of posts in this process. */
  forget(): void {
    this.#age += 1
    this.#kept.clear()
    this.#asking.clear()
  }
}
