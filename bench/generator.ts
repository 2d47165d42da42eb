/**
 * The load, in a process of its own so that it never shares an event loop with what it measures. Each connection is a bare
 * socket with one request under way: on two cores a full HTTP client would cost as much as the server it asks.
 */
import { connect, type Socket } from 'node:net'
import type { Load, Measured, Rows } from './load.ts'

let rows: Rows = []

process.on('message', (message: { rows: Rows } | { load: Load }) => {
  if ('rows' in message) {
    rows = message.rows
    process.send?.({ ready: true })
  } else void run(message.load).then((measured) => process.send?.({ measured }))
})
process.on('disconnect', () => process.exit(0))

/** What one run counts. */
class Counts {
  readonly began = performance.now()
  readonly milliseconds: number[] = []
  readonly perSecond: number[] = []
  readonly statuses: Record<string, number> = {}
  readonly strange: string[] = []
  repeated = 0

  answered(status: string, took: number, body: string): void {
    this.milliseconds.push(took)
    this.statuses[status] = (this.statuses[status] ?? 0) + 1
    const second = Math.floor((performance.now() - this.began) / 1000)
    this.perSecond[second] = (this.perSecond[second] ?? 0) + 1
    if (!status.startsWith('2') && this.strange.length < 3) this.strange.push(`${status} ${body.slice(-300)}`)
    if (body.includes('"repeated":true')) this.repeated += 1
  }
}

async function run(load: Load): Promise<Measured> {
  const parts = load.template.split(/\{(\w)\}/)
  const counts = new Counts()
  const end = counts.began + load.seconds * 1000
  let next = load.from
  /** When a steady rate is asked for, the n-th request may not start before its time. */
  const due = () => (load.perSecond === undefined ? 0 : counts.began + ((next - load.from) * 1000) / load.perSecond)
  const fill = (position: number): string => {
    const row = rows[position % rows.length] ?? []
    const round = (load.round + Math.floor(position / rows.length)).toString(16).padStart(3, '0')
    return parts.map((part, i) => (i % 2 === 0 ? part : part === 'r' ? round : (row[Number(part)] ?? ''))).join('')
  }
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const line = await open(load.port)
      for (let at = performance.now(); at < end; at = performance.now()) {
        const start = due()
        if (start >= end) break
        if (start > at) await new Promise((resolve) => setTimeout(resolve, start - at))
        const text = fill(next++)
        const sent = performance.now()
        const { status, body } = await ask(line, text)
        // With a steady rate the wait for a free connection counts too: the caller waited.
        counts.answered(status, performance.now() - (load.perSecond === undefined ? sent : Math.max(start, counts.began)), body)
      }
      line.destroy()
    }),
  )
  const sorted = counts.milliseconds.sort((a, b) => a - b)
  const share = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  const seconds = (performance.now() - counts.began) / 1000
  const ok = Object.entries(counts.statuses).reduce((sum, [status, n]) => sum + (status.startsWith('2') ? n : 0), 0)
  // The last second is not a whole one.
  const eachSecond = Array.from({ length: Math.floor(load.seconds) }, (_none, n) => counts.perSecond[n] ?? 0)
  return {
    next,
    ok,
    repeated: counts.repeated,
    began: performance.timeOrigin + counts.began,
    seconds,
    perSecond: ok / seconds,
    slowestSecond: Math.min(...eachSecond),
    eachSecond,
    p50: share(0.5),
    p95: share(0.95),
    p99: share(0.99),
    worst: sorted.at(-1) ?? 0,
    statuses: counts.statuses,
    strange: counts.strange,
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.setNoDelay(true)))
    socket.once('error', reject)
  })
}

/** Sends one request and reads one answer, which must carry its length. */
function ask(socket: Socket, text: string): Promise<{ status: string; body: string }> {
  return new Promise((resolve, reject) => {
    let got = ''
    const read = (piece: Buffer) => {
      got += piece.toString('latin1')
      const head = got.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/content-length: (\d+)/i.exec(got.slice(0, head))?.[1] ?? 0)
      if (got.length < head + 4 + length) return
      socket.off('data', read).off('error', reject).off('close', gone)
      resolve({ status: got.slice(9, 12), body: got.slice(head + 4) })
    }
    const gone = () => reject(new Error('the connection was closed'))
    socket.on('data', read).once('error', reject).once('close', gone)
    socket.write(text)
  })
}
