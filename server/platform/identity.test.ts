/** Signing in: codes, passwords, devices; what is counted, what is forgotten, what is the same for everybody. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listSessions, me, requestCode, revokeSession, setPassword, signOut } from '#contract/identity'
import { openTestHouse, type OpenTestHouse } from '#house'
import { attempt, DomainError, sql, transact } from '#platform'
import { Sessions } from './sessions.ts'

let home: OpenTestHouse
let numbers = 0

beforeAll(async () => {
  home = await openTestHouse()
})

afterAll(() => home.close())

/** An account with a number of its own. */
async function somebody(): Promise<{ phone: string; accountId: string }> {
  numbers += 1
  const phone = `1991${String(numbers).padStart(7, '0')}`
  const accountId = await home.inside((ctx) =>
    home.house.services.identity.ensureAccount(ctx, { id: randomUUID(), name: '王五', phone, subjectId: null }),
  )
  return { phone, accountId }
}

/** The code of the last text message to this number. */
const codeFor = (phone: string): string => /\d{6}/.exec(home.messages.findLast((message) => message.phone === phone)?.text ?? '')?.[0] ?? ''

/** Signs in over HTTP and gives the headers of that device. */
async function enter(phone: string, secret: { code?: string; password?: string }, deviceId: string = randomUUID()) {
  const answer = await home.house.app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { phone, deviceId, deviceName: '手机', ...secret },
  })
  const token = /yigongli=([^;]+)/.exec(String(answer.headers['set-cookie'] ?? ''))?.[1] ?? ''
  return {
    status: answer.statusCode,
    body: answer.json<{ code?: string; accountId?: string }>(),
    headers: { cookie: `yigongli=${token}`, 'x-device-id': deviceId },
  }
}

const who = (headers: Record<string, string>) => home.house.app.inject({ url: '/api/me', headers }).then((answer) => answer.statusCode)

async function enterByCode(phone: string, deviceId?: string) {
  await home.stranger.call(requestCode, { body: { phone } })
  return enter(phone, { code: codeFor(phone) }, deviceId)
}

describe('a code', () => {
  test('opens once, on the device that used it and on no other', async () => {
    const { phone, accountId } = await somebody()
    const entered = await enterByCode(phone)
    expect(entered).toMatchObject({ status: 200, body: { accountId } })
    expect(await who(entered.headers)).toBe(200)
    expect(await who({ ...entered.headers, 'x-device-id': randomUUID() })).toBe(401)
    expect(await who({ cookie: entered.headers.cookie })).toBe(401)
    expect(await enter(phone, { code: codeFor(phone) })).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REFUSED' } })
  })

  test('is void after five wrong tries, which count although they were refused', async () => {
    const { phone } = await somebody()
    await home.stranger.call(requestCode, { body: { phone } })
    const right = codeFor(phone)
    const wrong = right === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n += 1) expect(await enter(phone, { code: wrong })).toMatchObject({ status: 401 })
    expect(await enter(phone, { code: right })).toMatchObject({ status: 401 })
  })

  test('is void after five minutes', async () => {
    const { phone } = await somebody()
    await home.stranger.call(requestCode, { body: { phone } })
    await home.inside((ctx) => ctx.query(sql`update platform.one_time_code set expires_at = now() - interval '1 second'`))
    expect(await enter(phone, { code: codeFor(phone) })).toMatchObject({ status: 401 })
  })

  test('is sent and refused alike for numbers that nobody has', async () => {
    const phone = '19999999999'
    expect(await home.stranger.call(requestCode, { body: { phone } })).toEqual({ sent: true, validSeconds: 300 })
    const unknown = await enter(phone, { code: codeFor(phone) })
    const { phone: known } = await somebody()
    await home.stranger.call(requestCode, { body: { phone: known } })
    const wrong = await enter(known, { code: codeFor(known) === '111111' ? '111112' : '111111' })
    expect(unknown.body).toEqual(wrong.body)
    expect(
      await home.inside((ctx) =>
        ctx.query(
          sql`select from platform.session s join platform.account a on a.id = s.account_id where a.name = '王五' and s.device_id = ${unknown.headers['x-device-id']}`,
        ),
      ),
    ).toEqual([])
  })

  test('is asked for five times in ten minutes at most, each number by itself', async () => {
    const { phone } = await somebody()
    for (let n = 0; n < 5; n += 1) await home.stranger.call(requestCode, { body: { phone } })
    expect(await home.stranger.refusal(requestCode, { body: { phone } })).toMatchObject({ status: 429, code: 'TOO_MANY_ATTEMPTS' })
    await home.stranger.call(requestCode, { body: { phone: (await somebody()).phone } })
  })

  test('is kept neither in clear nor as a hash that six digits could be tried against', async () => {
    const { phone } = await somebody()
    await home.stranger.call(requestCode, { body: { phone } })
    const everything = await home.inside((ctx) =>
      ctx.query(sql<{ row: string }>`select row_to_json(c)::text as row from platform.one_time_code c`),
    )
    const stored = everything.map((row) => row.row).join()
    const plain = createHash('sha256')
      .update(`${phone}:${codeFor(phone)}`)
      .digest('hex')
    expect(stored).not.toContain(codeFor(phone))
    expect(stored).not.toContain(phone)
    expect(stored).not.toContain(plain)
  })
})

describe('a password', () => {
  test('is set by somebody signed in, changed with the old one, and opens', async () => {
    const { phone, accountId } = await somebody()
    const { headers } = await enterByCode(phone)
    const put = (body: object) =>
      home.house.app.inject({ method: 'PUT', url: '/api/me/password', headers, payload: body }).then((a) => a.statusCode)
    expect(await put({ password: 'short' })).toBe(400)
    expect(await put({ password: '金水河畔的一千零一夜' })).toBe(200)
    expect(await put({ password: 'another long one' })).toBe(401)
    expect(await put({ password: 'another long one', current: '金水河畔的一千零一夜' })).toBe(200)
    expect(await enter(phone, { password: '金水河畔的一千零一夜' })).toMatchObject({ status: 401 })
    expect(await enter(phone, { password: 'another long one' })).toMatchObject({ status: 200, body: { accountId } })
    const [row] = await home.inside((ctx) =>
      ctx.query(sql<{ hash: string }>`select password_hash as hash from platform.account where id = ${accountId}`),
    )
    expect(row?.hash).toMatch(/^\$argon2id\$/)
    expect(setPassword.access).toEqual({ self: true })
  })

  test('that many try at once leaves connections for everything else', async () => {
    const { phone } = await somebody()
    const reader = await home.signIn('BRANCH_SECRETARY', '甲村党支部')
    await reader.call(me)
    // Six connections in this house: each try used to hold one while it waited for its turn.
    const tries = Array.from({ length: 8 }, () => enter(phone, { password: 'wrong password' }))
    let waiting = true
    const all = Promise.all(tries).finally(() => (waiting = false))
    await reader.call(me)
    expect(waiting).toBe(true)
    for (const answer of await all) expect(answer.status).toBe(401)
  })
})

describe('a session', () => {
  test('is listed and revoked by its owner and nobody else, and at once', async () => {
    const { phone } = await somebody()
    const [here, there] = [await enterByCode(phone), await enterByCode(phone)]
    const list = async (headers: Record<string, string>) =>
      (await home.house.app.inject({ url: '/api/me/sessions', headers })).json<{ items: { id: string; current: boolean }[] }>().items
    const other = (await list(here.headers)).find((session) => !session.current)
    const stranger = await home.signIn('MEMBER', '甲村党支部')
    const params = { sessionId: other?.id ?? '' }
    expect(await stranger.refusal(revokeSession, { params })).toMatchObject({ status: 404 })
    expect(await who(there.headers)).toBe(200)
    const revoked = await home.house.app.inject({ method: 'DELETE', url: `/api/me/sessions/${other?.id}`, headers: here.headers })
    expect(revoked.statusCode).toBe(200)
    expect(await who(there.headers)).toBe(401)
    expect(await list(here.headers)).toHaveLength(1)
    expect((await stranger.call(listSessions)).items).toHaveLength(1)
  })

  test('ends with signing out', async () => {
    const person = await home.signIn('MEMBER', '甲村党支部')
    await person.call(me)
    await person.call(signOut)
    expect(await person.refusal(me)).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' })
  })

  test('that has run out, and one of a closed account, is not recognised', async () => {
    for (const change of [sql`update platform.session set expires_at = now()`, sql`update platform.account set closed_at = now()`]) {
      const person = await home.signIn('MEMBER', '甲村党支部')
      await home.inside((ctx) => ctx.query(change))
      home.house.services.forget()
      expect(await person.refusal(me)).toMatchObject({ status: 401 })
    }
  })

  test('is asked for once by a burst, remembered for ten seconds, and forgotten when told', async () => {
    let asked = 0
    const { identity } = home.house.services
    const account = { id: 'a', name: '赵六', subjectId: null, sessionId: 's', posts: [] }
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const slow = Object.assign(Object.create(identity), {
      recognise: async (_ctx: unknown, wanted: unknown[]) => {
        asked += wanted.length
        await gate
        return wanted.map(() => account)
      },
    })
    const sessions = new Sessions(home.house.pool, slow)
    const burst = Array.from({ length: 50 }, () => sessions.recognise('t', 'd'))
    await expect.poll(() => asked).toBe(1)
    // A revocation now: what was asked before it must not be remembered after it.
    sessions.forget()
    open()
    expect(new Set(await Promise.all(burst))).toEqual(new Set([account]))
    await sessions.recognise('t', 'd')
    expect(asked).toBe(2)
    await sessions.recognise('t', 'd')
    expect(asked).toBe(2)
  })

  test('token is kept as a hash only', async () => {
    const person = await home.signIn('MEMBER', '甲村党支部')
    const token = person.headers['cookie']?.split('=')[1] ?? ''
    const rows = await home.inside((ctx) => ctx.query(sql<{ row: string }>`select row_to_json(s)::text as row from platform.session s`))
    expect(token.length).toBeGreaterThan(40)
    expect(rows.map((row) => row.row).join()).not.toContain(token)
  })
})

describe('attempts', () => {
  const at = (moment: string, key: string, most = 3) =>
    transact(home.house.pool, (ctx) => attempt(ctx, 'test', Buffer.from(key), most, 60), { now: new Date(moment) })

  test('are counted by kind, key and window, and say when to come back', async () => {
    for (let n = 0; n < 3; n += 1) await at('2026-03-31T10:00:10Z', 'a')
    const refused: unknown = await at('2026-03-31T10:00:20Z', 'a').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(DomainError)
    expect(refused).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', status: 429, retryAfter: 40 })
    await at('2026-03-31T10:00:20Z', 'b')
    await at('2026-03-31T10:01:00Z', 'a')
  })

  test('that arrive at once are all counted', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => at('2026-03-31T11:00:00Z', 'c', 5)))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(5)
  })
})

test('a post id that is another person’s is refused, not taken over', async () => {
  const [a, b] = [await somebody(), await somebody()]
  const { identity } = home.house.services
  const post = {
    id: randomUUID(),
    role: 'MEMBER' as const,
    nodeId: home.node('甲村党支部').id,
    from: '2020-01-01',
    until: null,
    grantedBy: null,
  }
  await home.inside((ctx) => identity.putPost(ctx, { ...post, accountId: a.accountId }))
  const taken = home.inside((ctx) => identity.putPost(ctx, { ...post, accountId: b.accountId }))
  await expect(taken).rejects.toMatchObject({ code: 'ID_TAKEN' })
})
