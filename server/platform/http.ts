/**
 * From the list of operations to routes. Nothing else registers a route, so each request goes the same way:
 * limit → identify → validate the address → authorize → validate the body → transact → do → present.
 * Who may not is told so before the body is judged: what an operation takes is nobody's business who may not call it.
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type Operation, placeOf } from '#contract/operation'
import { authorize } from './authorize.ts'
import { Batch } from './batch.ts'
import { readJson } from './body.ts'
import type { Account, Caller, Post } from './caller.ts'
import { transact, transactAgain } from './context.ts'
import type { Pool } from './database.ts'
import { DomainError } from './errors.ts'
import type { Answer, Call, Handled } from './handle.ts'
import type { RememberedHierarchy } from './hierarchy.ts'
import type { Metrics } from './metrics.ts'
import { languageOf, present, presentToSocket, protectiveHeaders, translate } from './present.ts'
import { type KeptFile, sendKept } from './ranges.ts'
import type { Sessions } from './sessions.ts'
import { isId } from './shapes.ts'
import { openStream } from './stream.ts'
import { Turns } from './turns.ts'
import { judgeAddress, judgeAnswer, judgeBody } from './validate.ts'

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
  /** Scheme and host people use; undefined: whatever host was asked. */
  publicUrl: string | undefined
  /** Check every answer against its schema (tests). */
  checkAnswers: boolean
}

/** Builds the server from what the modules handle. @throws Error when an operation has no handler or two */
export function buildHttp(parts: HttpParts, operations: readonly Operation[], handled: readonly Handled[]): FastifyInstance {
  const { log } = parts
  const app = fastify({
    logger: false,
    bodyLimit: defaultBodyLimit,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    clientErrorHandler: presentToSocket,
    frameworkErrors: (error, request, reply) => present(reply, translate(error), languageOf(request), log, ''),
  })
  // JSON is read here; any other type is taken as bytes and judged by the operation.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    body.length === 0 ? undefined : readJson(body),
  )
  const byId = new Map(handled.map((h) => [h.operation.id, h]))
  if (byId.size !== handled.length) throw new Error('two handlers for one operation')
  for (const operation of operations) {
    const h = byId.get(operation.id)
    if (h === undefined) throw new Error(`operation ${operation.id} has no handler`)
    route(app, parts, h)
  }
  app.setNotFoundHandler((request, reply) => present(reply, new DomainError('NOT_FOUND'), languageOf(request), log, pathOf(request)))
  app.setErrorHandler((error, request, reply) => present(reply, translate(error), languageOf(request), log, pathOf(request)))
  return app
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? ''

let inWork = 0

function route(app: FastifyInstance, parts: HttpParts, handled: Handled): void {
  const { operation } = handled
  const run = runner(parts, handled)
  const bodyLimit = operation.bodyLimit ?? defaultBodyLimit
  app.route({
    method: operation.method,
    url: placeOf(operation),
    bodyLimit,
    // A large body is not even read from somebody unknown.
    ...(bodyLimit > defaultBodyLimit && !('public' in operation.access)
      ? {
          onRequest: async (request: FastifyRequest) => {
            const { account } = await identify(parts, operation, request, 'zh')
            if (account === null) throw new DomainError('NOT_SIGNED_IN')
          },
        }
      : {}),
    // A question for the headers of a stream would never end.
    exposeHeadRoute: handled.kind !== 'stream',
    handler: async (request, reply) => {
      const started = process.hrtime.bigint()
      inWork += 1
      try {
        if (inWork > mostInWork) throw new DomainError('BUSY', { retryAfter: 2 })
        await serve(request, reply)
      } catch (error) {
        present(reply, translate(error), languageOf(request), parts.log, operation.id)
      } finally {
        inWork -= 1
        parts.metrics.request(operation.id, reply.statusCode, Number(process.hrtime.bigint() - started) / 1e9)
      }
      return reply
    },
  })

  async function serve(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const language = languageOf(request)
    sameOrigin(parts, request)
    const caller = await identify(parts, operation, request, language)
    const address = judgeAddress(operation, request.params, queryOf(request), language)
    const node = await authorize(operation, caller, address, (id) => find(parts, id))
    const carried = carrier(parts, request, reply)
    const call = {
      ...address,
      body: judgeBody(operation, request.body, language),
      node,
      caller,
      network: request.ip,
      origin: originOf(parts, request),
      answer: carried.answer,
    } as unknown as Call<Operation>
    if (handled.kind === 'stream') return openStream(request, reply, (channel) => handled.work(call, channel))
    const result = await run(call)
    reply.headers(protectiveHeaders)
    if (carried.send()) return
    if (parts.checkAnswers) judgeAnswer(operation, result)
    reply.type('application/json; charset=utf-8').send(JSON.stringify(result))
  }
}

function runner(parts: HttpParts, handled: Handled): (call: Call<Operation>) => Promise<unknown> {
  if (handled.kind === 'batch') {
    const selfOf = (call: Call<Operation>) => call.caller.account?.subjectId ?? null
    const batch = new Batch<Call<Operation>, unknown>(parts.pool, handled.most, handled.work, selfOf)
    return (call) => batch.add(call)
  }
  if (handled.kind === 'stream') return () => Promise.resolve()
  const options = {
    reads: handled.operation.method === 'GET',
    ...(isListInScope(handled.operation) ? { planned: 'each' as const } : {}),
  }
  const run = (call: Call<Operation>) => transactAgain(parts.pool, (ctx) => handled.work(ctx, call), { caller: call.caller, ...options })
  if (handled.limit === undefined) return run
  const turns = new Turns(handled.limit.atOnce, handled.limit.mostWaiting)
  return (call) => turns.run(() => run(call))
}

/** Some of what lies inside a scope, which may be all there is or next to nothing. */
const isListInScope = ({ access, query }: Operation): boolean =>
  'within' in access && query instanceof z.ZodObject && 'limit' in query.shape

const find = async ({ pool, hierarchy }: HttpParts, id: string) =>
  hierarchy.peek(id) ?? transact(pool, (ctx) => hierarchy.find(ctx, id), { reads: true })

const originOf = (parts: HttpParts, request: FastifyRequest): string => parts.publicUrl ?? `${request.protocol}://${request.host}`

function sameOrigin(parts: HttpParts, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  if (origin !== undefined && origin !== originOf(parts, request)) throw new DomainError('WRONG_ORIGIN')
}

/** Keeps cookies and bytes until the transaction is committed: a refused or repeated work leaves none behind. */
function carrier(parts: HttpParts, request: FastifyRequest, reply: FastifyReply): { answer: Answer; send(): boolean } {
  const cookies = new Map<string, string>()
  let content: { bytes: Buffer; mediaType: string } | undefined
  let file: KeptFile | undefined
  let called: string | undefined
  return {
    answer: {
      cookie(name, value, seconds) {
        const secure = originOf(parts, request).startsWith('https:') ? '; Secure' : ''
        cookies.set(name, `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`)
      },
      bytes(bytes, mediaType) {
        content = { bytes, mediaType }
      },
      kept(stored) {
        file = stored
      },
      named(name) {
        called = name
      },
    },
    send() {
      for (const cookie of cookies.values()) reply.header('set-cookie', cookie)
      if (called !== undefined) reply.header('content-disposition', dispositionOf(called))
      if (file !== undefined) {
        sendKept(request, reply, file)
        return true
      }
      if (content === undefined) return false
      reply.type(content.mediaType).send(content.bytes)
      return true
    },
  }
}

/** A header holds no Chinese: the name is percent-encoded (RFC 5987), with an ending alone for those who cannot read that. */
function dispositionOf(name: string): string {
  const ending = /\.[a-z0-9]{1,5}$/.exec(name)?.[0] ?? ''
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="file${ending}"; filename*=UTF-8''${encoded}`
}

const tokenOf = (request: FastifyRequest): string | undefined =>
  /(?:^|;\s*)yigongli=([A-Za-z0-9_-]{20,100})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1]

const one = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The query without what `identify` reads of it. */
function queryOf(request: FastifyRequest): Record<string, unknown> {
  const { device: _device, post: _post, ...query } = request.query as Record<string, unknown>
  return query
}

async function identify(parts: HttpParts, operation: Operation, request: FastifyRequest, language: 'zh' | 'en'): Promise<Caller> {
  const token = tokenOf(request)
  const query = request.query as Record<string, unknown>
  // An EventSource can set no headers, so a stream names device and post in its address.
  const deviceId = (one(request.headers['x-device-id']) ?? one(query['device']))?.toLowerCase()
  const account = token === undefined || !isId(deviceId) ? undefined : await parts.sessions.recognise(token, deviceId)
  const wanted = one(request.headers['x-post']) ?? one(query['post'])
  return { account: account ?? null, post: postOf(account, wanted, 'may' in operation.access), purpose: purposeOf(request), language }
}

/** The post named, or the first. One that is no longer held is refused where a post is needed; to ask who one is, it does not matter. */
function postOf(account: Account | undefined, wanted: string | undefined, needed: boolean): Post | null {
  if (account === undefined) return null
  const post = account.posts.find((p) => p.id === wanted)
  if (post !== undefined) return post
  if (needed && wanted !== undefined && wanted !== '') throw new DomainError('NOT_ALLOWED')
  return account.posts[0] ?? null
}

/** A header holds no Chinese, so the purpose comes percent-encoded; at most 200 characters are kept. */
function purposeOf(request: FastifyRequest): string | null {
  const given = one(request.headers['x-purpose'])
  if (given === undefined) return null
  try {
    const purpose = decodeURIComponent(given).trim().slice(0, 200).toWellFormed()
    return purpose === '' || purpose.includes('\0') ? null : purpose
  } catch {
    return null
  }
}
