/**
 * Every operation, by somebody who may call it, with inputs made from its own schema: right ones, strange ones, torn ones. No answer is
 * a 500, every refusal is a problem that names its field, and the house stands afterwards.
 *
 * FUZZ_RUNS and FUZZ_SEED repeat or prolong a run.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { operations } from '#contract'
import * as meetings from '#contract/meetings'
import type { Operation } from '#contract/operation'
import { putReview } from '#contract/reviews'
import { holds, type Role, roleNames } from '#contract/roles'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { broken, right, schemaOf } from './broken.ts'

const runs = Number(process.env['FUZZ_RUNS'] ?? 30)
const seed = process.env['FUZZ_SEED'] === undefined ? {} : { seed: Number(process.env['FUZZ_SEED']) }

let home: OpenTestHouse
const people = new Map<Role, Person>()
/** Ids of records that exist, by what the contract calls them, and all of them together. */
let known: Record<string, string> = {}
let ids: string[] = []

beforeAll(async () => {
  home = await openTestHouse()
  const branch = home.node('甲村党支部')
  const [memberId = ''] = await home.addMembers(branch, 4)
  for (const role of roleNames) people.set(role, await home.signIn(role, role === 'MEMBER' ? branch : '甲县委', { memberId }))
  const gatheringId = randomUUID()
  const secretary = await home.signIn('BRANCH_SECRETARY', branch)
  const params = { organisationId: branch.id, gatheringId }
  await secretary.call(meetings.putGathering, {
    params,
    body: {
      title: '主题党日',
      segments: [{ id: randomUUID(), kind: 'THEME_DAY' }],
      mode: 'HYBRID',
      plannedStart: new Date().toISOString(),
    },
  })
  await secretary.call(meetings.notifyGathering, { params })
  await secretary.call(meetings.startGathering, { params, body: { at: new Date().toISOString() } })
  await secretary.call(putReview, { params: { organisationId: branch.id, year: '2025' }, body: {} })
  known = { organisationId: branch.id, memberId, gatheringId, year: '2025', code: '530000000000', ruleId: 'MEET-QUORUM' }
  ids = [branch.id, memberId, gatheringId, home.node('甲镇党委').id]
})

afterAll(() => home.close())

const callerOf = ({ access }: Operation): Person => {
  if (!('may' in access)) return people.get('MEMBER') ?? home.stranger
  const role = roleNames.find((name) => holds(name, access.may))
  return (role === undefined ? undefined : people.get(role)) ?? home.stranger
}

const Problem = z.strictObject({
  type: z.string().startsWith('urn:yigongli:problem:'),
  title: z.string().min(1),
  status: z.int(),
  code: z.string().regex(/^[A-Z_]+$/),
  detail: z.string().min(1),
  instance: z.string(),
  fields: z.array(z.strictObject({ path: z.string().regex(/^(path|query|body)/), message: z.string().min(1) })),
})

/** What is wrong with an answer, or undefined. A refused input names its fields. */
function wrongWith(answer: { status: number; body: unknown }): string | undefined {
  if (answer.status < 400) return undefined
  const parsed = Problem.safeParse(answer.body)
  if (!parsed.success) return `no problem: ${z.prettifyError(parsed.error)} ${JSON.stringify(answer.body)}`
  if (parsed.data.status !== answer.status) return 'two statuses'
  if (answer.status >= 500 && parsed.data.code !== 'BUSY') return `${answer.status} ${parsed.data.code}`
  return parsed.data.code === 'INVALID' && parsed.data.fields.length === 0 ? 'a refused input that names no field' : undefined
}

const fuzzed = operations.filter((operation) => operation.stream !== true)
/** Signing out would end the caller's session, and the phone of a signed-in person is asked only so often. */
const endsTheSession = ['identity.signOut']

describe('strange inputs', () => {
  test.for(fuzzed.filter(({ id }) => !endsTheSession.includes(id)).map((operation) => [operation.id, operation] as const))(
    '%s',
    async ([, operation]) => {
      const person = callerOf(operation)
      const schemas = {
        params: schemaOf(operation.params ?? z.strictObject({})),
        query: schemaOf(operation.query ?? z.strictObject({})),
        body: operation.body === undefined ? undefined : schemaOf(operation.body),
      }
      const nothing = fc.constant<unknown>(undefined)
      const asked = fc.record({
        params: fc.oneof({ weight: 4, arbitrary: fc.constant<unknown>(known) }, { weight: 1, arbitrary: broken(schemas.params, ids) }),
        query: fc.oneof({ weight: 3, arbitrary: right(schemas.query, ids) }, { weight: 1, arbitrary: broken(schemas.query, ids) }),
        body:
          schemas.body === undefined
            ? nothing
            : fc.oneof({ weight: 2, arbitrary: right(schemas.body, ids) }, { weight: 3, arbitrary: broken(schemas.body, ids) }),
        purpose: fc.constantFrom('核对', '核对', 'a\0b', '长'.repeat(300), ''),
        language: fc.constantFrom('zh' as const, 'en' as const),
      })
      await fc.assert(
        fc.asyncProperty(asked, async ({ params, query, body, ...rest }) => {
          const address = { ...blankParams(operation), ...flat(params) }
          const answer = await person.ask(operation, {
            params: address,
            query: flat(query) as never,
            ...(body === undefined ? {} : { body: body as never }),
            ...rest,
          })
          const wrong = wrongWith(answer)
          if (wrong !== undefined) throw new Error(wrong)
        }),
        { numRuns: runs, ...seed, endOnFailure: false, interruptAfterTimeLimit: 8000 },
      )
    },
  )
})

/** Shaped like marks of a page, as one list or another gives them, with a day, an id or a number that there is not. */
const nowhere = '2026-02-30'
const id = '00000000-0000-7000-8000-000000000000'
const noMarks = [
  'x',
  ...[`${nowhere}T00:00:00.000000Z`, '0000-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z'].flatMap((at) => [
    `${at}~${id}`,
    `${at}~${'-'.repeat(36)}`,
  ]),
  ...[nowhere, '0000-01-01', '2026-01-01'].flatMap((day) => [
    `0~${day}~${id}`,
    `0~${day}~${'-'.repeat(36)}`,
    `${'9'.repeat(30)}~${day}~${id}`,
  ]),
  `2026-01~${'-'.repeat(36)}`,
  ...[`${nowhere}~${id}`, `0000-01-01~${id}`, `a/ ${nowhere} MEET-QUORUM`, `a/ 0000-01-01 MEET-QUORUM`, `${nowhere} 00:00:00+08 ${id}`].map(
    (text) => Buffer.from(text).toString('base64url'),
  ),
  Buffer.from(`2026-01-01 00:00:00+08 ${'-'.repeat(36)}`).toString('base64url'),
]
const keysOf = ({ query }: Operation): string[] => (query instanceof z.ZodObject ? Object.keys(query.shape) : [])

test.for(fuzzed.filter((operation) => keysOf(operation).includes('cursor')).map((operation) => [operation.id, operation] as const))(
  'a page of %s after a mark that was never given is refused, or the first of nothing',
  async ([, operation]) => {
    const said: string[] = []
    for (const cursor of noMarks) {
      for (const sort of keysOf(operation).includes('sort') ? ['name', 'joinedOn'] : ['']) {
        const asked = { cursor, sort, side: 'OUT', organisationId: known['organisationId'] ?? '' }
        const query = Object.fromEntries(Object.entries(asked).filter(([key]) => keysOf(operation).includes(key)))
        const answer = await callerOf(operation).ask(operation, {
          params: { ...blankParams(operation), ...known },
          query: query as never,
          purpose: '核对',
        })
        const wrong = wrongWith(answer)
        if (wrong !== undefined) said.push(`${cursor}: ${wrong}`)
      }
    }
    expect(said).toEqual([])
  },
)

/** Path parameters nobody filled in, so that the address always has its shape. */
const blankParams = (operation: Operation): Record<string, string> =>
  Object.fromEntries([...operation.path.matchAll(/:([A-Za-z]+)/g)].map((match) => [match[1] ?? '', randomUUID()]))

/** An address holds text only, and whole characters. */
const flat = (query: unknown): Record<string, string> =>
  typeof query === 'object' && query !== null
    ? Object.fromEntries(
        Object.entries(query).map(([key, value]) => [
          key,
          typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value ?? null),
        ]),
      )
    : {}

test('the house stands afterwards', async () => {
  expect(await home.house.app.inject('/ready')).toMatchObject({ statusCode: 200 })
})
