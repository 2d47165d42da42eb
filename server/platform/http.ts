/**
 * From the list of operations to routes. Nothing else registers a route, so each request goes the same way:
 * limit → identify → validate → authorize → transact → do → present.
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { en, zhCN } from 'zod/locales'
import type { Operation } from '#contract/operation'
import { holds } from '#contract/roles'
import { Batch } from './batch.ts'
import { type Account, type Caller, type Node, Scope, transact } from './context.ts'
import { isDatabaseAway, type Pool } from './database.ts'
import { DomainError, type FieldProblem, problem } from './errors.ts'
import type { Call, Channel, Handled } from './handle.ts'
import type { RememberedHierarchy } from './hierarchy.ts'
import type { Metrics } from './metrics.ts'
import type { Sessions } from './sessions.ts'

export const sessionCookie = 'yigongli'
const defaultBodyLimit = 1024 * 1024
/** Requests in work at once; beyond, callers are asked to come back rather than all becoming slow. */
const mostInWork = 3000

export interface HttpParts {
  pool: Pool
  sessions: Sessions
  hierarchy: RememberedHierarchy
  log: Logger
  metrics: Metrics
  publicUrl: string | undefined
  /** Check every answer against its schema (tests). */
  checkAnswers: boolean
}

const locales = { zh: zhCN().localeError, en: en().localeError }

const languageOf = (request: FastifyRequest): 'zh' | 'en' => (/^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh')

/** Messages of the contract are written `中文 / English`; take the reader's half. */
function inLanguage(message: string, language: 'zh' | 'en'): string {
  const halves = message.split(' / ')
  return (language === 'zh' ? halves[0] : (halves[1] ?? halves[0])) ?? message
}

function checked(schema: z.ZodType | undefined, value: unknown, where: string, language: 'zh' | 'en', fields: FieldProblem[]): unknown {
  if (schema === undefined) return undefined
  const parsed = schema.safeParse(value, { error: locales[language] })
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    fields.push({ path: [where, ...issue.path].join('.'), message: inLanguage(issue.message, language) })
  }
  return undefined
}

/** Builds the server from what the modules handle. @throws Error when an operation has no handler or two */
export function buildHttp(parts: HttpParts, operations: readonly Operation[], handled: readonly Handled[]): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: defaultBodyLimit, routerOptions: { maxParamLength: 200 }, forceCloseConnections: true })
  // Any type is taken as bytes here and judged by the operation; JSON has Fastify's own parser.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const byId = new Map(handled.map((h) => [h.operation.id, h]))
  if (byId.size !== handled.length) throw new Error('two handlers for one operation')
  for (const operation of operations) {
    const h = byId.get(operation.id)
    if (h === undefined) throw new Error(`operation ${operation.id} has no handler`)
    route(app, parts, h)
  }
  app.setNotFoundHandler((request, reply) => present(reply, new DomainError('NOT_FOUND'), languageOf(request), parts.log, request.url))
  app.setErrorHandler((error, request, reply) => present(reply, translate(error), languageOf(request), parts.log, request.routeOptions.url ?? ''))
  return app
}

let inWork = 0

function route(app: FastifyInstance, parts: HttpParts, handled: Handled): void {
  const { operation } = handled
  const run = runner(parts, handled)
  app.route({
    method: operation.method,
    url: `/api${operation.path}`,
    bodyLimit: operation.bodyLimit ?? defaultBodyLimit,
    handler: async (request, reply) => {
      const language = languageOf(request)
      const started = process.hrtime.bigint()
      if (inWork >= mostInWork) return present(reply, new DomainError('BUSY', { retryAfter: 2 }), language, parts.log, operation.id)
      inWork += 1
      try {
        sameOrigin(parts, request)
        const caller = await identify(parts, request, language)
        const call = validate(operation, request, caller, language, reply)
        await authorize(parts, operation, call)
        if (handled.kind === 'stream') return openStream(request, reply, (channel) => handled.work(call, channel))
        const result = await run(call)
        if (reply.sent) return reply
        if (parts.checkAnswers) operation.returns.parse(result)
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(result))
      } catch (error) {
        return present(reply, translate(error), language, parts.log, operation.id)
      } finally {
        inWork -= 1
        parts.metrics.request(operation.id, reply.statusCode, Number(process.hrtime.bigint() - started) / 1e9)
      }
    },
  })
}

function runner(parts: HttpParts, handled: Handled): (call: Call<Operation>) => Promise<unknown> {
  if (handled.kind === 'batch') {
    const batch = new Batch<Call<Operation>, unknown>(parts.pool, handled.most, handled.work)
    return (call) => batch.add(call)
  }
  if (handled.kind === 'stream') return () => Promise.resolve()
  const reads = handled.operation.method === 'GET'
  return (call) => transact(parts.pool, (ctx) => handled.work(ctx, call), { caller: call.caller, reads })
}

function sameOrigin(parts: HttpParts, request: FastifyRequest): void {
  if (request.method === 'GET') return
  const origin = request.headers.origin
  if (origin === undefined) return
  if (origin !== (parts.publicUrl ?? `${request.protocol}://${request.host}`)) throw new DomainError('WRONG_ORIGIN')
}

function cookieOf(request: FastifyRequest): string | undefined {
  return /(?:^|;\s*)yigongli=([A-Za-z0-9_-]{20,100})/.exec(request.headers.cookie ?? '')?.[1]
}

const one = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

async function identify(parts: HttpParts, request: FastifyRequest, language: 'zh' | 'en'): Promise<Caller> {
  const token = cookieOf(request)
  const query = request.query as Record<string, unknown>
  // An EventSource can set no headers, so a stream names device and post in its address.
  const deviceId = one(request.headers['x-device-id']) ?? one(query.device) ?? ''
  const account = token === undefined || !/^[0-9a-f-]{36}$/i.test(deviceId) ? undefined : await parts.sessions.recognise(token, deviceId)
  const wanted = one(request.headers['x-post']) ?? one(query.post)
  return { account: account ?? null, post: postOf(account, wanted), purpose: purposeOf(request), language }
}

function postOf(account: Account | undefined, wanted: string | undefined) {
  if (account === undefined) return null
  if (wanted === undefined || wanted === '') return account.posts[0] ?? null
  const post = account.posts.find((p) => p.id === wanted)
  if (post === undefined) throw new DomainError('NOT_ALLOWED')
  return post
}

function purposeOf(request: FastifyRequest): string | null {
  const given = one(request.headers['x-purpose'])
  if (given === undefined) return null
  try {
    return decodeURIComponent(given).trim().slice(0, 200) || null
  } catch {
    return null
  }
}

const nowhere: Node = { id: '', path: '', county: '', name: '', kind: '', parentId: null }

function validate(operation: Operation, request: FastifyRequest, caller: Caller, language: 'zh' | 'en', reply: FastifyReply): Call<Operation> {
  const fields: FieldProblem[] = []
  if (operation.body !== undefined && operation.bodyType !== 'bytes' && Buffer.isBuffer(request.body)) throw new DomainError('BODY_TYPE')
  const query = { ...(request.query as Record<string, unknown>) }
  delete query.device
  delete query.post
  const call = {
    params: checked(operation.params, request.params, 'path', language, fields) ?? {},
    query: checked(operation.query, query, 'query', language, fields) ?? {},
    body: operation.bodyType === 'bytes' ? request.body : checked(operation.body, request.body, 'body', language, fields),
    node: nowhere,
    caller,
    network: request.ip,
    origin: `${request.protocol}://${request.host}`,
    answer: {
      cookie: (name: string, value: string, seconds: number) => {
        const secure = request.protocol === 'https' ? '; Secure' : ''
        reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`)
      },
      bytes: (content: Buffer, mediaType: string) => {
        reply.header('x-content-type-options', 'nosniff').type(mediaType).send(content)
      },
    },
  }
  if (fields.length > 0) throw new DomainError('INVALID', { fields })
  return call as unknown as Call<Operation>
}

/** Without the permission: not allowed. Outside the scope or not there: not found, so that existence is never revealed. */
async function authorize(parts: HttpParts, operation: Operation, call: Call<Operation>): Promise<void> {
  const { access } = operation
  if ('public' in access) return
  const { account, post, purpose } = call.caller
  if (account === null) throw new DomainError('NOT_SIGNED_IN')
  if ('self' in access) {
    if (post !== null) call.node = post.node
    return
  }
  if (post === null || !holds(post.role, access.may)) throw new DomainError('NOT_ALLOWED')
  if (access.purpose === true && purpose === null) throw new DomainError('PURPOSE_NEEDED')
  if (access.within === 'post') {
    call.node = post.node
    return
  }
  const id = (call.params as Record<string, string>)[access.within] ?? (call.query as Record<string, string>)[access.within] ?? ''
  const node = parts.hierarchy.peek(id) ?? (await transact(parts.pool, (ctx) => parts.hierarchy.find(ctx, id), { reads: true }))
  if (node === undefined || !new Scope(post.node.path).contains(node.path)) throw new DomainError('NOT_FOUND')
  call.node = node
}

function translate(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new DomainError('TOO_LARGE')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new DomainError('BODY_TYPE')
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError) return new DomainError('NOT_JSON')
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  if (typeof status === 'number' && status >= 400 && status < 500) return new DomainError('NOT_JSON', { status })
  if (isDatabaseAway(error)) return new DomainError('DATABASE_AWAY', { retryAfter: 2 })
  const unexpected = new DomainError('UNEXPECTED')
  unexpected.cause = error
  return unexpected
}

function present(reply: FastifyReply, error: DomainError, language: 'zh' | 'en', log: Logger, where: string): FastifyReply {
  if (error.status >= 500) log.error({ operation: where, code: error.code, error: error.cause }, 'request failed')
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter))
  const address = where.startsWith('/') ? where.split('?')[0] ?? where : where
  return reply
    .status(error.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem(error, language, address)))
}

/** A comment every 20 s keeps proxies from closing a quiet stream. */
const heartbeatMilliseconds = 20_000
/** A follower that reads so slowly that this much waits is dropped; it comes back and resumes where it was. */
const mostUnreadBytes = 256 * 1024

function openStream(request: FastifyRequest, reply: FastifyReply, work: (channel: Channel) => void): FastifyReply {
  reply.hijack()
  const gone = new AbortController()
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  reply.raw.write('retry: 2000\n\n')
  const heartbeat = setInterval(() => reply.raw.write(': here\n\n'), heartbeatMilliseconds)
  const end = () => {
    clearInterval(heartbeat)
    gone.abort()
  }
  request.raw.on('close', end)
  reply.raw.on('close', end)
  work({
    lastId: one(request.headers['last-event-id']) ?? null,
    closed: gone.signal,
    close: () => reply.raw.end(),
    send: (id, event, data) => {
      if (gone.signal.aborted) return
      if (reply.raw.writableLength > mostUnreadBytes) reply.raw.destroy()
      else reply.raw.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
  })
  return reply
}
