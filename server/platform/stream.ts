/** Server-sent events to one follower. The follower reconnects by itself and names the last event it saw. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Channel } from './handle.ts'

/** A comment every 20 s keeps proxies from closing a quiet stream. */
const heartbeatMilliseconds = 20_000
/** Then the follower connects again and is identified again: a revoked session or post does not follow for ever. */
const longestMilliseconds = 10 * 60_000
/** A follower that reads so slowly that this much waits is dropped; it comes back and resumes where it was. */
const mostUnreadBytes = 256 * 1024

/** Takes over the answer and opens the stream; `work` sends until the follower has gone. */
export function openStream(request: FastifyRequest, reply: FastifyReply, work: (channel: Channel) => void): void {
  reply.hijack()
  const gone = new AbortController()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  raw.write('retry: 2000\n\n')
  const heartbeat = setInterval(() => raw.write(': here\n\n'), heartbeatMilliseconds)
  const longest = setTimeout(() => raw.end(), longestMilliseconds)
  const end = () => {
    clearInterval(heartbeat)
    clearTimeout(longest)
    gone.abort()
  }
  request.raw.on('close', end)
  raw.on('close', end)
  const lastId = request.headers['last-event-id']
  try {
    work({
      lastId: typeof lastId === 'string' ? lastId : null,
      closed: gone.signal,
      close: () => void raw.end(),
      send: (id, event, data) => {
        if (gone.signal.aborted) return
        if (raw.writableLength > mostUnreadBytes) return void raw.destroy()
        raw.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      },
    })
  } catch (error) {
    raw.destroy()
    throw error
  }
}
