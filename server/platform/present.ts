/** Errors as answers: every failure becomes a problem+json with a sentence a person can act on. */
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { isDatabaseAway, isOverload, wasStopped } from './database.ts'
import { DomainError, preferredLanguage, problem } from './errors.ts'

/** Answers of the interface are for programs: nothing runs, nothing frames them, nothing keeps them. */
export const protectiveHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

export const languageOf = (request: FastifyRequest): 'zh' | 'en' => preferredLanguage(request.headers['accept-language'])

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code

/** What the server found wrong before an operation was reached, by its own codes. */
const byCode: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'BODY_TYPE',
  FST_ERR_BAD_URL: 'BAD_ADDRESS',
  // Tried again already: the key belongs to another record.
  '23505': 'ID_TAKEN',
  ENOSPC: 'STORAGE_FULL',
  EDQUOT: 'STORAGE_FULL',
}

/** Trying again helps where others are many; a question that is too large must be made smaller. */
const stopped = {
  zh: '没有在规定时间内办完，什么都没有改。如果查的范围很大，请缩小范围（更小的地方、较短的时间或更具体的词）；否则请稍候再试。',
  en: 'It was not done in the time given, and nothing was changed. Where much was asked for, ask for less (a smaller place, a shorter time, a longer word); otherwise try again shortly.',
}

/** Any failure as a code with its sentence; what nobody thought of is UNEXPECTED and keeps its cause for the log. */
export function translate(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const code = byCode[String(codeOf(error))]
  if (code !== undefined) return new DomainError(code)
  if (wasStopped(error)) return new DomainError('BUSY', { retryAfter: 2, sentence: stopped })
  if (isOverload(error)) return new DomainError('BUSY', { retryAfter: 2 })
  if (isDatabaseAway(error)) return new DomainError('DATABASE_AWAY', { retryAfter: 2 })
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new DomainError(status === 414 ? 'BAD_ADDRESS' : 'BAD_REQUEST', { status })
  const unexpected = new DomainError('UNEXPECTED')
  unexpected.cause = error
  return unexpected
}

/** Sends a problem. @param where the operation, or the address when none was found */
export function present(reply: FastifyReply, error: DomainError, language: 'zh' | 'en', log: Logger, where: string): void {
  if (error.status >= 500) log.error({ operation: where, code: error.code, error: error.cause }, 'request failed')
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter))
  reply
    .status(error.status)
    .headers(protectiveHeaders)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem(error, language, where)))
}

/** Answers what is not even a request: too long headers, broken lines. Nothing else can be said on such a connection. */
export function presentToSocket(error: { code?: string }, socket: Socket & { _httpMessage?: ServerResponse }): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const [status, reason, code] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ([431, 'Request Header Fields Too Large', 'HEADERS_TOO_LARGE'] as const)
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ([408, 'Request Timeout', 'TOO_SLOW'] as const)
        : ([400, 'Bad Request', 'BAD_REQUEST'] as const)
  const body = JSON.stringify(problem(new DomainError(code, { status }), 'zh', ''))
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/problem+json; charset=utf-8\r\nx-content-type-options: nosniff\r\n` +
      `connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
