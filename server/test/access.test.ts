/**
 * The access matrix: every operation × every role × every relation of the organisation to the caller's post, and nobody signed in;
 * what must happen stands beside the operation in the contract (`access.expect`). Without the permission 403, outside the scope 404
 * in the very words of “does not exist”, anything else counts as let in.
 *
 * Seen to fail: with `contains` turned round in `Scope`, with `expect` of one operation widened, and with the refusal outside the
 * scope given a sentence of its own.
 */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '#contract'
import * as files from '#contract/files'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as members from '#contract/members'
import type { Operation, Relation } from '#contract/operation'
import { putKit } from '#contract/plans'
import { putYearbook } from '#contract/papers'
import { putRegistration } from '#contract/floating'
import { putReview } from '#contract/reviews'
import { holds, type Role, roleNames } from '#contract/roles'
import { openTestHouse, type OpenTestHouse, type Person, type Planted } from '#house'

/** Kinds do not matter here; this one may stand below itself and has members and gatherings at every level. */
const at = (name: string, above: string | null, county: string): Planted => ({ name, kind: 'FLOATING_ORG', above, county })
const tree = [
  at('root', null, '530000'),
  at('parent', 'root', '532530'),
  at('own', 'parent', '532530'),
  at('child', 'own', '532530'),
  at('sibling', 'parent', '532530'),
  at('elsewhere', 'root', '530602'),
  at('other', 'elsewhere', '530602'),
]
const relations: Relation[] = ['own', 'child', 'parent', 'sibling', 'other']

/** Records that an address may name, one of each at each organisation. */
interface Records {
  memberId: string
  gatheringId: string
  /** A paper that belongs to the gathering. */
  fileId: string
  kitId: string
  kitFileId: string
  yearbookId: string
  registrationId: string
}

let home: OpenTestHouse
const people = new Map<Role, Person>()
const records = new Map<string, Records>()

beforeAll(async () => {
  home = await openTestHouse(tree)
  await home.house.app.listen({ port: 0, host: '127.0.0.1' })
  for (const role of roleNames) people.set(role, await home.signIn(role, 'own'))
  for (const { name } of tree) {
    const organisationId = home.node(name).id
    const secretary = await home.signIn('BRANCH_SECRETARY', name)
    const [memberId = ''] = await home.addMembers(name, 1)
    const gatheringId = randomUUID()
    const params = { organisationId, gatheringId }
    await secretary.call(meetings.putGathering, {
      params,
      body: {
        title: '主题党日',
        segments: [{ id: randomUUID(), kind: 'THEME_DAY' }],
        mode: 'ONSITE',
        plannedStart: new Date().toISOString(),
      },
    })
    await secretary.call(meetings.notifyGathering, { params })
    const start = new Date(Date.now() - 3_600_000).toISOString()
    const { version } = await secretary.call(meetings.startGathering, { params, body: { at: start } })
    const fileId = randomUUID()
    await secretary.call(files.putFile, { params: { fileId }, query: { name: 'a.pdf' }, body: Buffer.from('%PDF-1.4') })
    await secretary.call(recording.putRecord, {
      params,
      body: {
        actualStart: start,
        actualEnd: new Date().toISOString(),
        hostId: memberId,
        agenda: [],
        minutes: '学习。',
        fileIds: [fileId],
        version,
      },
    })
    await secretary.call(putReview, { params: { organisationId, year: '2025' }, body: {} })
    const admin = await home.signIn('COMMITTEE_ADMIN', name)
    const [kitId, kitFileId] = [randomUUID(), randomUUID()]
    await admin.call(files.putFile, { params: { fileId: kitFileId }, query: { name: 'b.pdf' }, body: Buffer.from('%PDF-1.4') })
    await admin.call(putKit, { params: { organisationId, kitId }, body: { month: '2026-11', title: '学习', fileIds: [kitFileId] } })
    const yearbookId = randomUUID()
    await secretary.call(putYearbook, { params: { organisationId, yearbookId }, body: { year: 2025, form: 'PDF' } })
    const registrationId = randomUUID()
    await secretary.call(putRegistration, {
      params: { organisationId, registrationId },
      body: { memberId, reason: 'WORK', destination: { areaCode: '530112', fixed: false }, outOn: '2026-01-05' },
    })
    records.set(name, { memberId, gatheringId, fileId, kitId, kitFileId, yearbookId, registrationId })
  }
})

afterAll(() => home.close())

const personOf = (role: Role): Person => {
  const person = people.get(role)
  if (person === undefined) throw new Error(role)
  return person
}

/** Every parameter of the address filled: the organisation, its records, and ids of nothing for the rest. */
function addressed(operation: Operation, organisationId: string, of: Records | undefined): Record<string, string> {
  const fixed: Record<string, string> = { organisationId, code: '530000000000', ruleId: 'NO-RULE', year: '2025', month: '2025-07', ...of }
  const names = [...operation.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '')
  return Object.fromEntries(names.map((name) => [name, fixed[name] ?? randomUUID()]))
}

/** A question that every list takes; the others take none. */
const queries: Record<string, Record<string, string>> = {
  'areas.searchAreas': { q: '云南' },
  'files.putFile': { name: 'a.png' },
  'reviews.listRectifications': { year: '2025' },
  'reviews.listPromises': { year: '2025' },
  'reviews.listTalks': { year: '2025' },
  'reviews.getPartyDays': { month: '2025-07' },
}

/**
 * Calls an operation with an address that leads to a record and, where one may be sent, a body that is wrong: who is let in is told
 * so (400), and nothing is written that the next call would find.
 */
async function knock(person: Person, operation: Operation, params: Record<string, string>): Promise<{ status: number; body: unknown }> {
  if (operation.stream === true) return knockAtStream(person, operation, params)
  return person.ask(operation, {
    params: params,
    query: (queries[operation.id] ?? {}) as never,
    ...(operation.method === 'GET' || operation.bodyType === 'bytes' ? {} : { body: { nothingOfTheKind: true } as never }),
    purpose: '核对',
  })
}

/** A stream never ends by itself, so it is called over a real connection and left when the answer begins. */
async function knockAtStream(person: Person, operation: Operation, params: Record<string, string>) {
  const { port } = home.house.app.server.address() as AddressInfo
  const path = operation.path.replaceAll(/:([A-Za-z]+)/g, (_all, name: string) => params[name] ?? '')
  const leave = new AbortController()
  const answer = await fetch(`http://127.0.0.1:${port}/api${path}`, { headers: person.headers, signal: leave.signal })
  const body: unknown = answer.ok ? undefined : await answer.json()
  leave.abort()
  return { status: answer.status, body }
}

type Outcome = 'let in' | '401' | '403' | '404'
const outcomeOf = (status: number): Outcome => (status === 401 || status === 403 || status === 404 ? (`${status}` as Outcome) : 'let in')

describe('every operation', () => {
  test('opens to exactly those its contract names', async () => {
    const wrong: string[] = []
    let cells = 0
    for (const operation of operations) {
      const { access } = operation
      for (const { role, relation, expected } of expectations(operation)) {
        const params = addressed(operation, home.node(relation).id, records.get(relation))
        const { status } = await knock(role === 'NOBODY' ? home.stranger : personOf(role), operation, params)
        const open = 'may' in access ? outcomeOf(status) : status === 401 || status === 403 ? (`${status}` as Outcome) : 'let in'
        cells += 1
        if (open !== expected) wrong.push(`${operation.id} for ${role} at ${relation}: ${open} (${status}), expected ${expected}`)
      }
    }
    expect(wrong).toEqual([])
    expect(operations.length).toBeGreaterThan(40)
    expect(cells).toBeGreaterThan(1200)
  })

  test('tells one who is outside exactly what it tells of something that does not exist', async () => {
    const different: string[] = []
    let compared = 0
    for (const operation of operations) {
      const { access } = operation
      if (!('may' in access) || access.within === 'post') continue
      const role = roleNames.find((name) => holds(name, access.may))
      if (role === undefined) continue
      const nowhere = await knock(personOf(role), operation, addressed(operation, randomUUID(), undefined))
      expect(nowhere.status, operation.id).toBe(404)
      for (const relation of ['parent', 'sibling', 'other'] as const) {
        const outside = await knock(personOf(role), operation, addressed(operation, home.node(relation).id, records.get(relation)))
        compared += 1
        if (JSON.stringify(outside) !== JSON.stringify(nowhere)) different.push(`${operation.id} at ${relation}`)
      }
    }
    expect(different).toEqual([])
    expect(compared).toBeGreaterThan(80)
  })

  test('named with a record of another organisation says the same as of a record that does not exist', async () => {
    const different: string[] = []
    let compared = 0
    const inner: Operation[] = operations.filter(({ path, body, method, access }) => {
      const names = [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1])
      const named = names.includes('memberId') || names.includes('gatheringId')
      return 'may' in access && named && (method === 'GET' || body === undefined)
    })
    for (const operation of inner) {
      const { access } = operation
      if (!('may' in access)) continue
      const role = roleNames.find((name) => holds(name, access.may))
      if (role === undefined) continue
      for (const relation of ['parent', 'sibling', 'other'] as const) {
        const foreign = records.get(relation)
        const address = { ...addressed(operation, home.node('own').id, undefined), ...pick(operation, foreign) }
        const blank = addressed(operation, home.node('own').id, undefined)
        const ask = (params: Record<string, string>) => personOf(role).ask(operation, { params: params, purpose: '核对' })
        const [found, missing] = [await ask(address), await ask(blank)]
        compared += 1
        if (found.status !== 404 || JSON.stringify(found) !== JSON.stringify(missing)) {
          different.push(`${operation.id} with a record of ${relation}: ${found.status} ${JSON.stringify(found.body)}`)
        }
      }
    }
    expect(different).toEqual([])
    expect(compared).toBeGreaterThan(10)
  })
})

const pick = (operation: Operation, of: Records | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...of }).filter(([name]) => operation.path.includes(`:${name}`)))

/** What the contract says of each cell. */
function* expectations(operation: Operation): Generator<{ role: Role | 'NOBODY'; relation: Relation; expected: Outcome }> {
  const { access } = operation
  const open = 'public' in access
  yield { role: 'NOBODY', relation: 'own', expected: open ? 'let in' : '401' }
  for (const role of roleNames) {
    if (!('may' in access)) {
      yield { role, relation: 'own', expected: 'let in' }
      continue
    }
    for (const relation of access.within === 'post' ? (['own'] as const) : relations) {
      const allowed = access.expect[role]?.includes(relation) ?? false
      yield { role, relation, expected: allowed ? 'let in' : holds(role, access.may) ? '404' : '403' }
    }
  }
}

test('a role is expected to succeed exactly where it holds the permission', () => {
  const wrong = operations.flatMap(({ id, access }) =>
    'may' in access ? roleNames.filter((role) => holds(role, access.may) !== role in access.expect).map((role) => `${id}: ${role}`) : [],
  )
  expect(wrong).toEqual([])
})

test('a member is told about by name only to those who may read members', async () => {
  const { memberId } = records.get('own') ?? { memberId: '' }
  const params = { organisationId: home.node('own').id, memberId }
  expect(await personOf('BRANCH_SECRETARY').call(members.getMember, { params })).toMatchObject({ id: memberId })
  for (const role of ['MEMBER', 'SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDITOR'] as const) {
    expect(await personOf(role).refusal(members.getMember, { params })).toMatchObject({ status: 403 })
  }
})
