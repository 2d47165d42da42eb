/** People of a test: they speak to the house through its contract, with a real session on a real device. */
import { randomUUID } from 'node:crypto'
import { type BodyIn, type Operation, type ParamsOf, placeOf, type QueryIn, type ReturnsOf } from '#contract/operation'
import type { Role } from '#contract/roles'
import { type House, type Node, sessionCookie, transact } from '#platform'

/** What a refused call answers (RFC 9457). */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  instance: string
  fields: { path: string; message: string }[]
}

interface Asked<O> {
  params?: ParamsOf<O>
  query?: QueryIn<O>
  body?: BodyIn<O> | Buffer
  purpose?: string
  language?: 'zh' | 'en'
}

interface Held {
  accountId: string
  postId: string
  /** The person's own record among the members, if any. */
  memberId: string | null
  token: string
  deviceId: string
}

export class Person {
  readonly #app: House['app']
  readonly #held: Held | undefined

  constructor(app: House['app'], held?: Held) {
    this.#app = app
    this.#held = held
  }

  get accountId(): string {
    return this.#signedIn.accountId
  }

  get postId(): string {
    return this.#signedIn.postId
  }

  get memberId(): string {
    const { memberId } = this.#signedIn
    if (memberId === null) throw new Error('this person is not a member')
    return memberId
  }

  get #signedIn(): Held {
    if (this.#held === undefined) throw new Error('this person has not signed in')
    return this.#held
  }

  /** Headers that say who calls, from which device, in which post. */
  get headers(): Record<string, string> {
    const held = this.#held
    return held === undefined ? {} : { cookie: `${sessionCookie}=${held.token}`, 'x-device-id': held.deviceId, 'x-post': held.postId }
  }

  /** Calls an operation and returns its answer. @throws Error with the problem when it was refused */
  async call<O extends Operation>(operation: O, asked: Asked<O> = {}): Promise<ReturnsOf<O>> {
    const { status, body } = await this.ask(operation, asked)
    if (status >= 300) throw new Error(`${operation.id} was refused: ${status} ${JSON.stringify(body)}`)
    return body as ReturnsOf<O>
  }

  /** Calls an operation that must be refused and returns the problem. @throws Error when it was let in */
  async refusal<O extends Operation>(operation: O, asked: Asked<O> = {}): Promise<Problem> {
    const { status, body } = await this.ask(operation, asked)
    if (status < 400) throw new Error(`${operation.id} was not refused: ${status} ${JSON.stringify(body)}`)
    return body as Problem
  }

  /** Calls an operation, whatever it answers. */
  async ask<O extends Operation>(operation: O, asked: Asked<O> = {}): Promise<{ status: number; body: unknown }> {
    const params = (asked.params ?? {}) as Record<string, string>
    const path = placeOf(operation).replaceAll(/:([A-Za-z]+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''))
    const query = Object.entries((asked.query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined)
    const answer = await this.#app.inject({
      method: operation.method,
      url: path,
      query: Object.fromEntries(query.map(([key, value]) => [key, String(value)])),
      headers: {
        ...this.headers,
        ...(asked.purpose === undefined ? {} : { 'x-purpose': encodeURIComponent(asked.purpose) }),
        ...(asked.language === undefined ? {} : { 'accept-language': asked.language }),
        ...(Buffer.isBuffer(asked.body) ? { 'content-type': 'application/octet-stream' } : {}),
      },
      ...(asked.body === undefined ? {} : { payload: asked.body as Buffer | object }),
    })
    const isJson = /json/.test(String(answer.headers['content-type']))
    return { status: answer.statusCode, body: isJson ? answer.json<unknown>() : answer.rawPayload }
  }
}

export interface SignIn {
  role: Role
  node: Node
  /** Default: an invented name. */
  name?: string
  /** The person's own record, for members. */
  memberId?: string
}

let people = 0

/** Makes an account with one post and opens a session on a new device, without the one-time code. */
export async function signInAs(house: House, { role, node, name = '张三', memberId }: SignIn): Promise<Person> {
  const { identity } = house.services
  const deviceId = randomUUID()
  const postId = randomUUID()
  return transact(house.jobsPool, async (ctx) => {
    people += 1
    // Numbers beginning with 199 are nobody's here; the count keeps people of one test apart.
    const phone = `199${String(people).padStart(8, '0')}`
    const accountId = await identity.ensureAccount(ctx, { id: randomUUID(), name, phone, subjectId: memberId ?? null })
    await identity.putPost(ctx, { id: postId, accountId, role, nodeId: node.id, from: '2020-01-01', until: null, grantedBy: null })
    const token = await identity.openSession(ctx, accountId, deviceId, '测试设备')
    return new Person(house.app, { accountId, postId, memberId: memberId ?? null, token, deviceId })
  })
}
