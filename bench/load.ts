/** The load generator as seen from the measurement: rows are handed over once, then runs are asked for. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Values for the places `{0}`, `{1}` … of a request, a row a caller. */
export type Rows = string[][]

export interface Load {
  port: number
  /** The request as it travels, with `{0}` … from the row and `{r}` for the round: how often all rows have been gone through. */
  template: string
  connections: number
  seconds: number
  /** First position in the rows. */
  from: number
  /** Round at position 0. */
  round: number
  /** A steady rate; absent: as fast as the answers come. */
  perSecond?: number
}

export interface Measured {
  /** Position after the last request. */
  next: number
  /** Answers with a status of 200 to 299. */
  ok: number
  /** Answers that said: this was there already. */
  repeated: number
  /** When it began, ms since 1970. */
  began: number
  seconds: number
  perSecond: number
  slowestSecond: number
  /** Answers in each whole second. */
  eachSecond: number[]
  p50: number
  p95: number
  p99: number
  worst: number
  statuses: Record<string, number>
  /** The first answers that were not fine. */
  strange: string[]
}

/** Characters that the places become which may stand in a body; `callers.ts` says what they are. */
const lengths: Record<string, number> = { '{0}': 36, '{1}': 12, '{2}': 36, '{8}': 12, '{r}': 3 }

/** A request of HTTP/1.1 as text. */
export function request(method: string, path: string, headers: Record<string, string> = {}, body?: unknown): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const length = Buffer.byteLength(text.replaceAll(/\{\w\}/g, (place) => '0'.repeat(lengths[place] ?? 0)))
  const all = {
    host: 'localhost',
    ...headers,
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(length) }),
  }
  return `${method} ${path} HTTP/1.1\r\n${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${text}`
}

export class Generator {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('generator.ts', import.meta.url)), { serialization: 'advanced' })

  async give(rows: Rows): Promise<void> {
    await this.#ask({ rows })
  }

  async run(load: Load): Promise<Measured> {
    return (await this.#ask({ load })).measured as Measured
  }

  stop(): void {
    this.#child.disconnect()
  }

  #ask(message: object): Promise<{ measured?: Measured }> {
    return new Promise((resolve, reject) => {
      this.#child.once('message', (answer) => {
        this.#child.off('exit', gone)
        resolve(answer as { measured?: Measured })
      })
      const gone = () => reject(new Error('the load generator ended'))
      this.#child.once('exit', gone)
      this.#child.send(message)
    })
  }
}
