/** What comes over the wire, however broken, gets a problem that says what is wrong; what goes out is protected. */
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { me, requestCode, revokeSession, signIn, signOut } from '#contract/identity'
import { putNotificationChoices } from '#contract/notifications'
import { openTestHouse, type OpenTestHouse, type Person, type Problem } from '#house'

let home: OpenTestHouse
let person: Person
let port: number

beforeAll(async () => {
  home = await openTestHouse()
  person = await home.signIn('BRANCH_SECRETARY', '甲村党支部')
  await home.house.app.listen({ port: 0, host: '127.0.0.1' })
  port = (home.house.app.server.address() as AddressInfo).port
})

afterAll(() => home.close())

interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** Sends a request to the choices of reminders, or wherever, as it is written here. */
async function send({ method = 'PUT', headers = {}, body }: Sent, path = '/api/me/notification-choices') {
  const answer = await home.house.app.inject({
    method: method as 'PUT',
    url: path,
    headers: { ...person.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
  return { status: answer.statusCode, type: answer.headers['content-type'], problem: answer.json<Problem>(), headers: answer.headers }
}

const right = { muted: [], digest: true }

describe('a body', () => {
  test.each([
    ['that is not JSON', { body: '{"muted": [' }, 400, 'NOT_JSON', []],
    ['that is broken UTF-8', { body: Buffer.from([0x22, 0xff, 0xfe, 0x22]) }, 400, 'NOT_JSON', []],
    ['that is missing', {}, 400, 'INVALID', ['body']],
    ['that is empty', { body: '' }, 400, 'INVALID', ['body']],
    ['that is null', { body: 'null' }, 400, 'INVALID', ['body']],
    ['of another type', { body: 'muted=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'BODY_TYPE', []],
    ['of plain text', { body: '{"muted":[],"digest":true}', headers: { 'content-type': 'text/plain' } }, 415, 'BODY_TYPE', []],
    ['with unknown fields', { body: JSON.stringify({ ...right, admin: true, x: 1 }) }, 400, 'INVALID', ['body.admin', 'body.x']],
    ['with a wrong type deep inside', { body: JSON.stringify({ ...right, muted: ['a', 7] }) }, 400, 'INVALID', ['body.muted.1']],
    ['with over-long text', { body: JSON.stringify({ ...right, muted: ['长'.repeat(61)] }) }, 400, 'INVALID', ['body.muted.0']],
    ['with a null character', { body: String.raw`{"muted":["a\u0000b"],"digest":true}` }, 400, 'INVALID', ['body.muted.0']],
    ['with half a character', { body: String.raw`{"muted":["\ud800"],"digest":true}` }, 400, 'INVALID', ['body.muted.0']],
    [
      'that reaches for the prototype',
      { body: '{"muted":[],"digest":true,"__proto__":{"admin":true}}' },
      400,
      'INVALID',
      ['body.__proto__'],
    ],
    [
      'that reaches for it in disguise',
      { body: String.raw`{"muted":[],"digest":true,"\u005f_proto__":1}` },
      400,
      'INVALID',
      ['body.__proto__'],
    ],
    ['with a number beyond numbers', { body: '{"muted":[],"digest":1e400}' }, 400, 'INVALID', ['body.digest']],
    [
      'nested ten thousand deep',
      { body: `{"muted":${'['.repeat(10_000)}${']'.repeat(10_000)},"digest":true}` },
      400,
      'INVALID',
      ['body.muted.0'],
    ],
    [
      'nested deep with an escape in it',
      { body: `{"muted":${'['.repeat(99)}"\\u4e00"${']'.repeat(99)},"digest":true}` },
      400,
      'INVALID',
      undefined,
    ],
    ['of more than a megabyte', { body: JSON.stringify({ ...right, muted: ['x'.repeat(1_100_000)] }) }, 413, 'TOO_LARGE', []],
  ] as [string, Sent, number, string, string[] | undefined][])('%s', async (_name, sent, status, code, fields) => {
    const answer = await send(sent)
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json; charset=utf-8',
      problem: { status, code, instance: expect.any(String) },
    })
    if (fields !== undefined) expect(answer.problem.fields.map((field) => field.path)).toEqual(fields)
    for (const field of answer.problem.fields) expect(field.message).not.toBe('')
    // The prototype of everything is as it was.
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })

  test('of twenty megabytes is refused over a real connection, and the next request is served', async () => {
    const url = `http://127.0.0.1:${port}/api/me/notification-choices`
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { ...person.headers, 'content-type': 'application/json' },
      body: 'x'.repeat(20 * 1024 * 1024),
    }).catch((error: Error) => error)
    // The server may close before all is sent; what it answers then is not always read.
    if (!(answer instanceof Error)) expect(answer.status).toBe(413)
    expect((await fetch(`http://127.0.0.1:${port}/api/me`, { headers: person.headers })).status).toBe(200)
  })

  test('is not taken where none is asked for, and an empty object is', async () => {
    expect(await send({ method: 'POST', body: '{"all":true}' }, '/api/sign-out')).toMatchObject({
      status: 400,
      problem: { code: 'INVALID', fields: [{ path: 'body' }] },
    })
    const other = await home.signIn('MEMBER', '甲村党支部')
    expect(await other.call(signOut, { body: {} as never })).toEqual({ done: true })
  })

  test('of twenty megabytes is not read at all from somebody unknown', async () => {
    const answer = await home.house.app.inject({
      method: 'PUT',
      url: `/api/files/${randomUUID()}?name=a.jpg`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.alloc(1024),
    })
    expect(answer.json<Problem>()).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' })
  })
})

describe('an address', () => {
  test.each([
    ['that does not exist', 'GET', '/api/nothing', 404, 'NOT_FOUND'],
    ['known by another method', 'DELETE', '/api/me', 404, 'NOT_FOUND'],
    ['with broken percent signs', 'GET', '/api/organisations/%E0%A4%A', 400, 'BAD_ADDRESS'],
    ['with a null character', 'GET', '/api/areas/%00', 400, 'INVALID'],
    ['with an id that is none', 'GET', '/api/organisations/1', 400, 'INVALID'],
    ['with an id much too long', 'GET', `/api/organisations/${'a'.repeat(5000)}`, 414, 'BAD_ADDRESS'],
    ['with unknown questions', 'GET', '/api/me?admin=1', 400, 'INVALID'],
    ['asked twice for one thing', 'GET', '/api/areas?q=a&q=b', 400, 'INVALID'],
    ['outside the interface', 'GET', '/..%2f..%2fetc/passwd', 404, 'NOT_FOUND'],
  ])('%s', async (_name, method, path, status, code) => {
    expect(await send({ method }, path)).toMatchObject({
      status,
      type: 'application/problem+json; charset=utf-8',
      problem: { status, code },
    })
  })

  test('in a refusal is told without its query, which may hold what somebody typed', async () => {
    expect((await send({ method: 'GET' }, '/api/nothing?q=张三')).problem.instance).toBe('/api/nothing')
  })
})

describe('a request', () => {
  test('from another site is refused, from this one served', async () => {
    const body = JSON.stringify(right)
    expect(await send({ body, headers: { origin: 'https://evil.example' } })).toMatchObject({
      status: 403,
      problem: { code: 'WRONG_ORIGIN' },
    })
    expect(await send({ body, headers: { origin: 'null' } })).toMatchObject({ status: 403 })
    expect(await send({ body, headers: { origin: 'http://localhost:80', host: 'localhost:80' } })).toMatchObject({ status: 200 })
  })

  test.each([
    ['with headers beyond bounds', `GET /api/me HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(40_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['that is not HTTP', 'HELLO\r\n\r\n', 400, 'BAD_REQUEST'],
    ['with two lengths', 'PUT /api/me HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc', 400, 'BAD_REQUEST'],
  ])('%s gets a problem on the bare connection', async (_name, sent, status, code) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(sent)
    const answer = await text(socket)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code })
  })

  test.each([
    ['x-device-id', '------------------------------------', 401],
    ['x-device-id', '{"a":1}', 401],
    ['cookie', 'yigongli=', 401],
    ['cookie', `yigongli=${'A'.repeat(43)}`, 401],
    ['x-post', randomUUID(), 200],
    ['x-purpose', '%E0%A4%A', 200],
    ['accept-language', 'x;q=,'.repeat(400), 200],
  ])('with a strange %s: %.40s', async (header, value, status) => {
    expect(await send({ method: 'GET', headers: { [header]: value } }, '/api/me')).toMatchObject({ status })
  })

  test('in a post that is not held is refused where a post is needed', async () => {
    const path = `/api/organisations/${home.node('甲村党支部').id}`
    expect(await send({ method: 'GET', headers: { 'x-post': randomUUID() } }, path)).toMatchObject({
      status: 403,
      problem: { code: 'NOT_ALLOWED' },
    })
    expect(await send({ method: 'GET' }, path)).toMatchObject({ status: 200 })
  })
})

describe('an answer', () => {
  test('is for programs only: not sniffed, not framed, not kept', async () => {
    for (const path of ['/api/me', '/api/nothing']) {
      expect((await send({ method: 'GET' }, path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      })
    }
  })

  test('speaks the language that is wanted more, fields included', async () => {
    const say = async (header: string) => {
      const { problem } = await send({ body: '{"muted":[],"digest":true,"x":1}', headers: { 'accept-language': header } })
      return [problem.title, problem.fields[0]?.message]
    }
    const english = ['Some fields need correcting; see those marked.', 'no such field; remove it']
    const chinese = ['有几处需要修改，请看标出的字段。', '不认识这个字段，请删去后再发']
    for (const header of ['en', 'en-GB,en;q=0.9', 'fr, en;q=0.8, zh;q=0.5', 'zh;q=0.1, en'])
      expect(await say(header), header).toEqual(english)
    for (const header of ['', 'zh-CN,zh;q=0.9,en;q=0.8', 'fr', 'en;q=0.1, zh', '*']) expect(await say(header), header).toEqual(chinese)
  })

  test('sets the cookie for this site and programs only', async () => {
    const phone = '19900009999'
    await home.stranger.call(requestCode, { body: { phone } })
    expect(await home.stranger.refusal(signIn, { body: { phone, code: '000000', deviceId: randomUUID() } })).toMatchObject({
      code: 'SIGN_IN_REFUSED',
    })
    const answer = await home.house.app.inject({
      method: 'POST',
      url: '/api/sign-out',
      headers: (await home.signIn('MEMBER', '甲村党支部')).headers,
    })
    expect(answer.headers['set-cookie']).toBe('yigongli=out; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
  })
})

test('who asks who they are is told, whatever post they name; what they change is theirs', async () => {
  expect(await person.call(me)).toMatchObject({ accountId: person.accountId })
  expect(await person.call(putNotificationChoices, { body: right })).toEqual(right)
  expect(await person.refusal(revokeSession, { params: { sessionId: randomUUID() } })).toMatchObject({ status: 404 })
})
