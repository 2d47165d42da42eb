/** Given people with telephone numbers: how they sign in, on which device, what they see of it, and who may give them a post. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { grantPost, listDemoPeople, listSessions, me, requestCode, revokeSession, setPassword, signIn, signOut } from '#contract/identity'
import { getOrganisation } from '#contract/organisations'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { sessionCookie } from '#platform'

let place: OpenTestHouse
let guard: Person

beforeAll(async () => {
  place = await openTestHouse()
  guard = await place.signIn('SECURITY_ADMIN', '省委', { name: '孙静' })
})
afterAll(() => place.close())

let numbers = 0
const number = () => `198${String((numbers += 1)).padStart(8, '0')}`

/** Somebody with an account and a post, who has not signed in yet. */
async function newcomer(role: 'BRANCH_SECRETARY' | 'AUDITOR' = 'BRANCH_SECRETARY'): Promise<string> {
  const phone = number()
  await grant(phone, role)
  return phone
}
const grant = (
  phone: string,
  role: Parameters<typeof place.signIn>[0],
  more: { postId?: string; at?: string; until?: string | null } = {},
) =>
  guard.call(grantPost, {
    params: { organisationId: place.node(more.at ?? '甲村党支部').id, postId: more.postId ?? randomUUID() },
    body: { phone, name: '李阿普', role, from: '2026-01-01', until: more.until ?? null },
  })

/** The six digits that were sent last to this number. */
async function codeFor(phone: string): Promise<string> {
  await place.stranger.call(requestCode, { body: { phone } })
  return /\d{6}/.exec(place.messages.findLast((message) => message.phone === phone)?.text ?? '')?.[0] ?? ''
}

interface Session {
  cookie: string
  deviceId: string
  headers: Record<string, string>
}

/** Signs in as a browser does and keeps the cookie. */
async function enter(phone: string, how: { code?: string; password?: string }, deviceId: string = randomUUID()): Promise<Session> {
  const answer = await place.house.app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { phone, ...how, deviceId, deviceName: '红米' },
  })
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
  const cookie = String(answer.headers['set-cookie'])
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
  const [pair = ''] = cookie.split(';')
  return { cookie: pair, deviceId, headers: { cookie: pair, 'x-device-id': deviceId } }
}
const status = async (headers: Record<string, string>) =>
  (await place.house.app.inject({ method: 'GET', url: '/api/me', headers })).statusCode
const refused = (body: { phone: string; code?: string; password?: string }) =>
  place.stranger.refusal(signIn, { body: { ...body, deviceId: randomUUID() } })

describe('by code', () => {
  test('the code sent to the number opens a session, once', async () => {
    const phone = await newcomer()
    const code = await codeFor(phone)
    const session = await enter(phone, { code })
    const answer = await place.house.app.inject({ method: 'GET', url: '/api/me', headers: session.headers })
    expect(answer.json()).toMatchObject({
      name: '李阿普',
      member: null,
      posts: [{ role: 'BRANCH_SECRETARY', organisationName: '甲村党支部' }],
    })
    expect(await refused({ phone, code })).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' })
  })

  test('five wrong codes spend the right one', async () => {
    const phone = await newcomer()
    const code = await codeFor(phone)
    const wrong = code === '000000' ? '111111' : '000000'
    for (let n = 0; n < 5; n += 1) expect(await refused({ phone, code: wrong })).toMatchObject({ status: 401 })
    expect(await refused({ phone, code })).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' })
  })

  test('four wrong ones do not', async () => {
    const phone = await newcomer()
    const code = await codeFor(phone)
    for (let n = 0; n < 4; n += 1) await refused({ phone, code: code === '000000' ? '111111' : '000000' })
    expect(await status((await enter(phone, { code })).headers)).toBe(200)
  })

  test('an unknown number gets the same answers, and no account', async () => {
    const [known, unknown] = [await newcomer(), number()]
    const sent = await Promise.all([known, unknown].map((phone) => place.stranger.ask(requestCode, { body: { phone } })))
    expect(sent[0]).toEqual(sent[1])
    expect(sent[0]?.body).toEqual({ sent: true, validSeconds: 300 })
    const answers = [await refused({ phone: known, code: '123456' }), await refused({ phone: unknown, code: '123456' })]
    expect(answers[0]).toEqual(answers[1])
    const right = await codeFor(unknown)
    expect(await refused({ phone: unknown, code: right })).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' })
    expect(await refused({ phone: known, password: 'x' })).toEqual(await refused({ phone: unknown, password: 'x' }))
  })

  test('code and password together, or neither, are refused by name', async () => {
    const phone = await newcomer()
    expect(await refused({ phone })).toMatchObject({ status: 400, fields: [{ path: 'body.code' }] })
    expect(await refused({ phone, code: '123456', password: 'x' })).toMatchObject({ status: 400 })
  })

  test('a number may ask for codes so often, then has to wait', async () => {
    const phone = number()
    const answers: number[] = []
    for (let n = 0; n < 8; n += 1) answers.push((await place.stranger.ask(requestCode, { body: { phone } })).status)
    expect(answers.slice(0, 3)).toEqual([200, 200, 200])
    expect(answers.at(-1)).toBe(429)
  })

  describe('after five minutes', () => {
    beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
    afterEach(() => vi.useRealTimers())

    test('a code is no longer taken', async () => {
      const phone = await newcomer()
      const code = await codeFor(phone)
      vi.setSystemTime(Date.now() + 301_000)
      expect(await refused({ phone, code })).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' })
    })
  })
})

describe('by password', () => {
  test('set once signed in, changed only by who knows it', async () => {
    const phone = await newcomer()
    const { headers } = await enter(phone, { code: await codeFor(phone) })
    const set = async (payload: object) =>
      (await place.house.app.inject({ method: 'PUT', url: '/api/me/password', headers, payload })).statusCode
    expect(await set({ password: 'short' })).toBe(400)
    expect(await set({ password: 'long enough 1' })).toBe(200)
    expect(await set({ password: 'long enough 2' })).toBe(401)
    expect(await set({ password: 'long enough 2', current: 'long enough 1' })).toBe(200)
    expect(await refused({ phone, password: 'long enough 1' })).toMatchObject({ status: 401 })
    await enter(phone, { password: 'long enough 2' })
    expect(await place.stranger.refusal(setPassword, { body: { password: 'long enough 3' } })).toMatchObject({ status: 401 })
  })
})

describe('devices', () => {
  test('a session works on its own device only', async () => {
    const phone = await newcomer()
    const { headers } = await enter(phone, { code: await codeFor(phone) })
    expect(await status(headers)).toBe(200)
    expect(await status({ ...headers, 'x-device-id': randomUUID() })).toBe(401)
    expect(await status({ cookie: headers['cookie'] ?? '' })).toBe(401)
    expect(await status({ ...headers, cookie: `${sessionCookie}=${'a'.repeat(43)}` })).toBe(401)
  })

  test('one sees the devices one is signed in on, and signs one of them out', async () => {
    const phone = await newcomer()
    const first = await enter(phone, { code: await codeFor(phone) })
    const second = await enter(phone, { code: await codeFor(phone) })
    const list = async () =>
      (await place.house.app.inject({ method: 'GET', url: '/api/me/sessions', headers: second.headers })).json<{
        items: { id: string; current: boolean; deviceName: string }[]
      }>().items
    const sessions = await list()
    expect(sessions.map((session) => session.deviceName)).toEqual(['红米', '红米'])
    const other = sessions.find((session) => !session.current)?.id ?? ''
    const revoke = await place.house.app.inject({ method: 'DELETE', url: `/api/me/sessions/${other}`, headers: second.headers })
    expect(revoke.statusCode).toBe(200)
    expect(await status(first.headers)).toBe(401)
    expect(await status(second.headers)).toBe(200)
    expect(await list()).toHaveLength(1)
    expect(await guard.refusal(revokeSession, { params: { sessionId: sessions.find((s) => s.current)?.id ?? '' } })).toMatchObject({
      status: 404,
    })
  })

  test('signing in again on a device takes the place of the session before', async () => {
    const phone = await newcomer()
    const first = await enter(phone, { code: await codeFor(phone) })
    const again = await enter(phone, { code: await codeFor(phone) }, first.deviceId)
    const { items } = (await place.house.app.inject({ method: 'GET', url: '/api/me/sessions', headers: again.headers })).json<{
      items: unknown[]
    }>()
    expect(items).toHaveLength(1)
  })

  test('signed out is signed out', async () => {
    const person = await place.signIn('RECORDER', '甲村党支部')
    await person.call(signOut)
    expect(await person.refusal(me)).toMatchObject({ status: 401 })
    expect(await person.refusal(listSessions)).toMatchObject({ status: 401 })
  })
})

describe('posts', () => {
  test('only the security administrator grants, below the own place, and not to oneself', async () => {
    const phone = number()
    const body = { phone, name: '某', role: 'RECORDER' as const, from: '2026-01-01', until: null }
    const params = { organisationId: place.node('甲村党支部').id, postId: randomUUID() }
    for (const role of ['SYSTEM_ADMIN', 'AUDITOR', 'ORG_DEPARTMENT', 'BRANCH_SECRETARY'] as const) {
      expect(await (await place.signIn(role, '省委')).refusal(grantPost, { params, body })).toMatchObject({ status: 403 })
    }
    const local = await place.signIn('SECURITY_ADMIN', '乙县委')
    expect(await local.refusal(grantPost, { params, body })).toMatchObject({ status: 404 })
    const own = number()
    await grant(own, 'SECURITY_ADMIN', { at: '省委' })
    const session = await enter(own, { code: await codeFor(own) })
    const toOneself = await place.house.app.inject({
      method: 'PUT',
      url: `/api/organisations/${params.organisationId}/posts/${params.postId}`,
      headers: session.headers,
      payload: { ...body, phone: own },
    })
    expect(toOneself.json()).toMatchObject({ status: 409, code: 'SAME_PERSON' })
  })

  test('the security administrator reads nothing of the organisations', async () => {
    expect(await guard.refusal(getOrganisation, { params: { organisationId: place.node('省委').id } })).toMatchObject({ status: 403 })
  })

  test('system, security and audit are three persons, and none of them has another office', async () => {
    const phone = await newcomer('AUDITOR')
    for (const role of ['SYSTEM_ADMIN', 'SECURITY_ADMIN', 'BRANCH_SECRETARY'] as const) {
      const asked = {
        params: { organisationId: place.node('甲村党支部').id, postId: randomUUID() },
        body: { phone, name: '吴凯', role, from: '2026-01-01', until: null },
      }
      expect(await guard.refusal(grantPost, asked)).toMatchObject({ status: 409, code: 'POSTS_SEPARATE', fields: [{ path: 'body.role' }] })
    }
    await grant(phone, 'MEMBER')
  })

  test('the same grant twice is one post; its id cannot be used for another person or place; its days must be in order', async () => {
    const [phone, postId] = [number(), randomUUID()]
    await grant(phone, 'RECORDER', { postId })
    await grant(phone, 'RECORDER', { postId })
    const { headers } = await enter(phone, { code: await codeFor(phone) })
    const posts = async () =>
      (await place.house.app.inject({ method: 'GET', url: '/api/me', headers })).json<{ posts: { until: string | null }[] }>().posts
    expect(await posts()).toHaveLength(1)
    await expect(grant(number(), 'RECORDER', { postId })).rejects.toThrow('ID_TAKEN')
    await expect(grant(phone, 'RECORDER', { postId, at: '乙村党支部' })).rejects.toThrow('ID_TAKEN')
    await expect(grant(phone, 'RECORDER', { postId, until: '2025-12-31' })).rejects.toThrow('body.until')
    await grant(phone, 'RECORDER', { postId, until: '2026-01-02' })
    expect(await posts()).toEqual([])
  })
})

test('outside the demo no people are offered', async () => {
  expect(await place.stranger.call(listDemoPeople)).toEqual({ items: [] })
})
