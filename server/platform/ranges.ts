/**
 * Stored files as answers: whole, or the part asked for, so that a download that was cut off goes on where it stopped (RFC 9110, 14).
 * One range only; whoever asks for several, or for a file that has changed since, is given it whole.
 */
import { createReadStream } from 'node:fs'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A file on disk that never changes: its name is what it holds. */
export interface KeptFile {
  path: string
  bytes: number
  mediaType: string
  /** Says what it holds, for `ETag`. */
  sha256: string
}

/** The first and last byte asked for; `whole` when the header asks for none that is understood, `none` when it lies outside. */
export function rangeOf(header: string | undefined, bytes: number): { first: number; last: number } | 'whole' | 'none' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, from = '', until = ''] = match ?? []
  if (match === null || (from === '' && until === '')) return 'whole'
  if (from === '') {
    const tail = Math.min(Number(until), bytes)
    return tail === 0 ? 'none' : { first: bytes - tail, last: bytes - 1 }
  }
  const first = Number(from)
  const last = until === '' ? bytes - 1 : Math.min(Number(until), bytes - 1)
  if (until !== '' && Number(until) < first) return 'whole'
  return first >= bytes ? 'none' : { first, last }
}

/** Sends the file, or the part of it that is asked for, without holding it in memory. */
export function sendKept(request: FastifyRequest, reply: FastifyReply, { path, bytes, mediaType, sha256 }: KeptFile): void {
  const tag = `"${sha256}"`
  const condition = request.headers['if-range']
  const range = condition !== undefined && condition !== tag ? 'whole' : rangeOf(request.headers.range, bytes)
  reply.header('accept-ranges', 'bytes').header('etag', tag).type(mediaType)
  if (range === 'none') return void reply.status(416).header('content-range', `bytes */${bytes}`).send()
  const { first, last } = range === 'whole' ? { first: 0, last: bytes - 1 } : range
  if (range !== 'whole') reply.status(206).header('content-range', `bytes ${first}-${last}/${bytes}`)
  reply.header('content-length', last - first + 1).send(createReadStream(path, { start: first, end: last }))
}
