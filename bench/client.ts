/** A client that does not give up: the same request again, with the same ids, until there is an answer that says what became of it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Journal } from './journal.ts'

export interface Person {
  token: string
  device: string
}

export interface Answer {
  status: number
  code: string | undefined
  body: Record<string, unknown>
}

export class Client {
  readonly #journal: Journal
  readonly #base: string
  readonly #stopping: AbortSignal

  constructor(journal: Journal, port: number, stopping: AbortSignal) {
    this.#journal = journal
    this.#base = `http://127.0.0.1:${port}/api`
    this.#stopping = stopping
  }

  /**
   * Asks until it is answered with anything but "come back later".
   * @returns undefined when the test ended first: then nobody knows what became of it, as in life
   */
  async ask(person: Person, method: 'GET' | 'PUT', path: string, body?: unknown): Promise<Answer | undefined> {
    for (let attempt = 0; !this.#stopping.aborted; attempt += 1) {
      if (attempt > 0) this.#journal.retries += 1
      const answer = await this.#once(person, method, path, body)
      if (answer !== undefined && answer.status < 500 && answer.status !== 429) {
        if (answer.status < 300) this.#journal.acknowledged += 1
        return answer
      }
      // 503 says that something is away; any other 5xx is a fault of ours, whatever was killed.
      if (answer !== undefined && answer.status !== 503 && answer.status !== 429)
        this.#journal.wrong.push(`${method} ${path}: ${answer.status} ${answer.code ?? ''}`)
      await pause(Math.min(1000, 50 * 2 ** attempt) * (0.5 + Math.random()))
    }
    return undefined
  }

  async #once({ token, device }: Person, method: string, path: string, body: unknown): Promise<Answer | undefined> {
    try {
      const response = await fetch(`${this.#base}${path}`, {
        method,
        headers: {
          cookie: `yigongli=${token}`,
          'x-device-id': device,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      })
      const json = (await response.json()) as Record<string, unknown>
      return { status: response.status, code: typeof json['code'] === 'string' ? json['code'] : undefined, body: json }
    } catch {
      // Refused, cut off or silent: the request may or may not have been done.
      return undefined
    }
  }
}
