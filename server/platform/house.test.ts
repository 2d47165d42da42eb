/** The house as its operator sees it: health, readiness, numbers, logs without people, and an end that does not wait for followers. */
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '#contract'
import { requestCode, signIn } from '#contract/identity'
import { findMember } from '#contract/members'
import { openTestHouse, type OpenTestHouse } from '#house'
import { DomainError, handle, sql } from '#platform'
import { buildHttp } from './http.ts'
import type { RememberedHierarchy } from './hierarchy.ts'
import { openLog } from './log.ts'
import { Metrics } from './metrics.ts'
import { Sessions } from './sessions.ts'

let home: OpenTestHouse

beforeAll(async () => {
  home = await openTestHouse()
})

afterAll(() => home.close())

const get = (path: string) => home.house.app.inject(path)

describe('the operator', () => {
  test('is told that the process is alive, and that the database answers and how far the projections are', async () => {
    expect((await get('/health')).json()).toEqual({ alive: true })
    const ready = (await get('/ready')).json<{ ready: boolean; projectionLagSeconds: Record<string, number> }>()
    expect(ready.ready).toBe(true)
    expect(Object.keys(ready.projectionLagSeconds)).toEqual(home.house.projections.map((projection) => projection.name))
  })

  test('gets numbers by operation and status, and none about a person', async () => {
    await home.stranger.call(requestCode, { body: { phone: '19912345678' } })
    const { body, headers } = await get('/metrics')
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(body).toMatch(/yigongli_request_seconds_count\{operation="identity.requestCode",status="2xx"\} 1/)
    expect(body).toMatch(/yigongli_database_connections\{state="total"\} \d/)
    expect(body).toContain('yigongli_projection_lag_seconds')
    expect(body).not.toContain('19912345678')
  })

  test('is told that it is not ready when the database is away, while the process stays alive', async () => {
    const other = await openTestHouse()
    await other.house.pool.end()
    expect(await other.house.app.inject('/ready')).toMatchObject({ statusCode: 503 })
    expect(await other.house.app.inject('/health')).toMatchObject({ statusCode: 200 })
    expect((await other.stranger.refusal(requestCode, { body: { phone: '19912345678' } })).code).toBe('DATABASE_AWAY')
    await other.house.jobsPool.end()
  })
})

test('the log says what failed and where, and nothing of people', async () => {
  const lines: string[] = []
  const log = openLog('debug', { write: (line) => void lines.push(line) })
  const { pool, services } = home.house
  const hierarchy = services.hierarchy as RememberedHierarchy
  const parts = {
    pool,
    sessions: new Sessions(pool, services.identity),
    hierarchy,
    log,
    metrics: new Metrics(pool),
    publicUrl: undefined,
    checkAnswers: false,
  }
  const secrets = ['13812345678', '张三丰', '530000190001010002', '密码是一二三']
  const app = buildHttp(
    parts,
    [requestCode, signIn, findMember],
    [
      handle(requestCode, async (ctx, { body }) => ctx.get(sql<never>`select ${`张三丰 ${body.phone}`}::int`)),
      handle(signIn, async (ctx, { body }) => {
        await ctx.query(
          sql`insert into platform.account (id, name, phone_hash, phone_sealed) values (gen_random_uuid(), ${'张三丰'.repeat(30)}, '', '')`,
        )
        throw new Error(body.phone)
      }),
      handle(findMember, async () => JSON.parse('{"张三丰": 530000190001010002x')),
    ],
  )
  const person = await home.signIn('BRANCH_SECRETARY', '甲村党支部')
  const ask = (url: string, payload: object) => app.inject({ method: 'POST', url, headers: person.headers, payload })
  const answers = [
    await ask('/api/sign-in/code', { phone: '13812345678' }),
    await ask('/api/sign-in', { phone: '13812345678', password: '密码是一二三', deviceId: crypto.randomUUID() }),
    await ask('/api/members/find', { identityNumber: '530000190001010002' }),
  ]
  expect(answers.map((answer) => answer.statusCode)).toEqual([500, 500, 500])
  expect(lines).toHaveLength(3)
  const written = lines.map((line) => JSON.parse(line) as { operation: string; error: { code?: string; stack: string } })
  expect(written.map((line) => [line.operation, line.error.code])).toEqual([
    ['identity.requestCode', '22P02'],
    ['identity.signIn', '23514'],
    ['members.findMember', undefined],
  ])
  for (const line of written) expect(line.error.stack).toMatch(/\bat /)
  for (const secret of secrets) {
    expect(lines.join('')).not.toContain(secret)
    expect(answers.map((answer) => answer.body).join('')).not.toContain(secret)
  }
})

describe('an operation', () => {
  const build = (...handled: Parameters<typeof buildHttp>[2]) => {
    const { pool, services } = home.house
    const hierarchy = services.hierarchy as RememberedHierarchy
    const parts = {
      pool,
      sessions: new Sessions(pool, services.identity),
      hierarchy,
      log: openLog('silent'),
      metrics: new Metrics(pool),
      publicUrl: 'https://yigongli.example',
      checkAnswers: true,
    }
    return buildHttp(parts, [requestCode], handled)
  }
  const ask = (app: ReturnType<typeof build>) => app.inject({ method: 'POST', url: '/api/sign-in/code', payload: { phone: '13812345678' } })

  test('without a handler, or with two, does not open', () => {
    const answered = handle(requestCode, async () => ({ sent: true as const, validSeconds: 1 }))
    expect(() => build()).toThrow('identity.requestCode has no handler')
    expect(() => build(answered, answered)).toThrow('two handlers')
  })

  test('that answers more than its contract promises is found in tests', async () => {
    const talkative = handle(requestCode, async () => ({ sent: true as const, validSeconds: 1, code: '123456' }))
    expect((await ask(build(talkative))).statusCode).toBe(500)
    expect((await ask(build(handle(requestCode, async () => ({ sent: true as const, validSeconds: 1 }))))).statusCode).toBe(200)
  })

  test('whose transaction is refused or repeated leaves no cookie behind; over https a cookie is for https only', async () => {
    let runs = 0
    const refusing = handle(requestCode, async (_ctx, { answer }) => {
      answer.cookie('yigongli', 'secret', 60)
      throw new DomainError('WRONG_STATE')
    })
    expect((await ask(build(refusing))).headers['set-cookie']).toBeUndefined()
    const repeating = handle(requestCode, async (_ctx, { answer }) => {
      runs += 1
      answer.cookie('yigongli', `run-${runs}`, 60)
      if (runs === 1) throw Object.assign(new Error('deadlock'), { code: '40P01' })
      return { sent: true as const, validSeconds: 1 }
    })
    expect((await ask(build(repeating))).headers['set-cookie']).toBe(
      'yigongli=run-2; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure',
    )
  })
})

test('closing ends open streams at once and leaves no connection', async () => {
  const other = await openTestHouse()
  await other.house.startWorker()
  await other.house.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = other.house.app.server.address() as AddressInfo
  const secretary = await other.signIn('BRANCH_SECRETARY', '甲村党支部')
  const stream = operations.find((operation) => operation.stream === true)
  const path = (stream?.path ?? '').replace(':organisationId', other.node('甲村党支部').id)
  const followers = await Promise.all(
    Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${port}/api${path}`, { headers: secretary.headers })),
  )
  expect(followers.map((follower) => follower.headers.get('content-type'))).toEqual(followers.map(() => 'text/event-stream'))
  const ends = followers.map((follower) =>
    follower.text().then(
      () => 'ended',
      () => 'ended',
    ),
  )
  // It used to be possible only that the server waits for the followers: then this test runs into its time limit.
  await other.close()
  expect(await Promise.all(ends)).toEqual(followers.map(() => 'ended'))
  expect(other.house.pool.load().total).toBe(0)
})
