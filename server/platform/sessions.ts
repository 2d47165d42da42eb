/** Recognises callers by cookie and device, remembering each for ten seconds so that a burst does not ask the database each time. */
import type { Account } from './context.ts'
import { transact } from './context.ts'
import type { Pool } from './database.ts'
import type { Identity } from './identity.ts'

const keepMilliseconds = 10_000
const most = 50_000

export class Sessions {
  readonly #pool: Pool
  readonly #identity: Identity
  readonly #kept = new Map<string, { account: Account; until: number }>()
  readonly #asking = new Map<string, Promise<Account | undefined>>()

  constructor(pool: Pool, identity: Identity) {
    this.#pool = pool
    this.#identity = identity
  }

  async recognise(token: string, deviceId: string): Promise<Account | undefined> {
    const key = `${deviceId}:${token}`
    const kept = this.#kept.get(key)
    if (kept !== undefined && kept.until > Date.now()) return kept.account
    const asking = this.#asking.get(key) ?? this.#ask(key, token, deviceId)
    return asking
  }

  #ask(key: string, token: string, deviceId: string): Promise<Account | undefined> {
    const asking = transact(this.#pool, (ctx) => this.#identity.recognise(ctx, token, deviceId)).then((account) => {
      if (account !== undefined) {
        if (this.#kept.size >= most) this.#kept.clear()
        this.#kept.set(key, { account, until: Date.now() + keepMilliseconds })
      }
      return account
    })
    this.#asking.set(key, asking)
    return asking.finally(() => this.#asking.delete(key))
  }

  /** Forgets everyone, after a sign-out, a revocation or a change of posts in this process. */
  forget(): void {
    this.#kept.clear()
  }
}
