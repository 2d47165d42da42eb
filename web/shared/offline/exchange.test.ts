/**
 * Devices that work without each other: acts, cuts, repeats and reorderings in every interleaving. After all have met, all agree, each
 * act was done exactly once, and nothing that a device said it had written down is missing. The device is the product's own code over a
 * store in memory; the platform is a model of its receipts (the real one is tried in server/modules/sync/histories.test.ts).
 */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { putAttendance } from '#contract/attendance'
import { getGathering, putGathering } from '#contract/meetings'
import { type Fields, type Mark, merge, mergeMarks, same, type Seen } from '#contract/merge'
import { documents, keyOf, shortKey } from '#contract/sync'
import { actFor, Sights } from './act.ts'
import { Shelf } from './answer.ts'
import {
  Away,
  type Changes,
  type Entry,
  type Fresh,
  keeps,
  type Page,
  type Platform,
  pull,
  send,
  type Store,
  type Waiting,
} from './exchange.ts'
import type { Whole } from './predict.ts'

const params = { organisationId: '11111111-1111-7111-8111-111111111111', gatheringId: '22222222-2222-7222-8222-222222222222' }
const post = 'post'
const key = keyOf({ operation: getGathering.id, params })
const states = ['PRESENT_ONSITE', 'PRESENT_ONLINE', 'LEAVE', 'ABSENT'] as const
const members = ['a', 'b', 'c']
const texts = ['title', 'place'] as const

const beginning = {
  id: params.gatheringId,
  organisationId: params.organisationId,
  title: 'title 0',
  place: 'place 0',
  state: 'IN_PROGRESS',
  segments: [],
  resolutions: [],
  files: [],
  version: 1,
  roster: members.map((memberId) => ({
    memberId,
    name: memberId,
    state: 'EXPECTED',
    expected: true,
    leaveReason: null,
    confirmedBy: null,
  })),
} as unknown as Whole

/** The platform's receipts and one gathering. */
class Model {
  whole = beginning
  revision = 1
  readonly receipts = new Map<string, Awaited<ReturnType<Platform['deliver']>>>()
  readonly done = new Map<string, number>()
  readonly conflicts: { field: string; mine: unknown }[] = []
  readonly written: { field: string; value: unknown }[] = []

  receive(act: Waiting): Awaited<ReturnType<Platform['deliver']>> {
    const before = this.receipts.get(act.id)
    if (before !== undefined) return { ...before, repeated: true, answer: null }
    this.done.set(act.id, (this.done.get(act.id) ?? 0) + 1)
    const outcome = act.operation === putAttendance.id ? this.#mark(act) : this.#change(act)
    this.revision += 1
    const { id: actId, operation, deviceAt } = act
    const receipt = { actId, operation, outcome, deviceAt, receivedAt: deviceAt, said: null, problem: null }
    const answer = { ...receipt, repeated: false, answer: this.whole as unknown }
    this.receipts.set(act.id, answer)
    return answer
  }

  #mark(act: Waiting) {
    const { hold, stay } = mergeMarks(act.base as Seen[] | undefined, (act.body as { rows: Mark[] }).rows, this.whole.roster)
    const held = new Map(hold.map((mark) => [mark.memberId, mark.state]))
    this.whole.roster = this.whole.roster.map((row) => ({ ...row, state: held.get(row.memberId) ?? row.state }))
    return stay.length > 0 ? ('MERGED' as const) : ('DONE' as const)
  }

  #change(act: Waiting) {
    const { version: _version, ...mine } = act.body as Fields
    const { fields, taken, conflicts } = merge(act.base as Fields, mine, documents[putGathering.id]?.content(this.whole) ?? {})
    for (const [field, value] of Object.entries(fields))
      if (!same(value, (this.whole as Fields)[field])) this.written.push({ field, value })
    this.conflicts.push(...conflicts)
    this.whole = { ...this.whole, ...fields, version: this.whole.version + 1 }
    return conflicts.length > 0 ? ('CONFLICT' as const) : taken.length > 0 ? ('MERGED' as const) : ('DONE' as const)
  }

  /** Two entries beside the gathering, a page each, so that a pull can be cut between pages. */
  page(since: string | undefined): Page {
    const [from = 0, n = 0, to = this.revision] = (since ?? '0').split(' ').map(Number)
    const news = to > from
    const entry: Entry = { operation: getGathering.id, params, query: {}, answer: this.whole }
    const other: Entry = { operation: 'x', params: {}, query: { n }, answer: n }
    const more = news && n < 2
    return {
      postId: post,
      entries: !news ? [] : n === 1 ? [entry] : [other],
      held: [shortKey(key), shortKey(keyOf({ operation: 'x', query: { n: 1 } })), shortKey(keyOf({ operation: 'x', query: { n: 2 } }))],
      cursor: more ? `${from} ${n + 1} ${to}` : String(to),
      more,
      from: '',
      until: '',
    }
  }
}

/** A store in memory whose every call is kept whole or not at all. */
class MemoryStore implements Store {
  outbox: Waiting[] = []
  readonly kept = new Map<string, Entry>()
  at: string | undefined
  #seq = 0

  waiting = () => Promise.resolve([...this.outbox])
  cursor = () => Promise.resolve(this.at)

  write(act: Omit<Waiting, 'seq'>) {
    this.#seq += 1
    const waiting = { ...act, seq: this.#seq }
    this.outbox.push(waiting)
    return Promise.resolve(waiting)
  }

  arrived(id: string, _told: unknown, fresh: Fresh | undefined) {
    if (this.outbox.some((act) => act.id === id) && fresh !== undefined) this.kept.set(fresh.key, fresh.entry)
    this.outbox = this.outbox.filter((act) => act.id !== id)
    return Promise.resolve()
  }

  keep(_postId: string, { put, held, cursor }: Changes) {
    for (const each of put) this.kept.set(each.key, each.entry)
    for (const each of this.kept.keys()) if (!keeps(held, each)) this.kept.delete(each)
    this.at = cursor
    return Promise.resolve()
  }
}

/** The process or the network ends here. */
class Cut extends Error {}

/** Lets so many calls through and ends the next one, before or after it had its effect. */
function cutting<T extends object>(whole: T, fuse: { left: number; after: boolean }): T {
  return new Proxy(whole, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...given: unknown[]): Promise<unknown> => {
        fuse.left -= 1
        if (fuse.left === 0 && !fuse.after) throw new Cut()
        const result: unknown = await Reflect.apply(value, target, given)
        if (fuse.left === 0) throw new Cut()
        return result
      }
    },
  })
}

class Device {
  readonly store = new MemoryStore()
  readonly #sights = new Sights()
  readonly #model: Model

  constructor(model: Model) {
    this.#model = model
    this.store.kept.set(key, { operation: getGathering.id, params, query: {}, answer: beginning })
  }

  shelf = () => new Shelf(new Map([[post, this.store.kept]]), this.store.outbox, post)

  view(): Whole {
    const whole = this.shelf().answer(getGathering, { params }) as Whole
    this.#sights.see(getGathering, whole)
    return whole
  }

  async mark(memberId: string, state: (typeof states)[number]): Promise<Waiting> {
    this.view()
    const body = { rows: [{ memberId, state, deviceAt: new Date(0).toISOString() }] }
    const act = await this.store.write(actFor(putAttendance, { params, body }, { postId: post, sights: this.#sights }))
    must(this.view().roster.find((row) => row.memberId === memberId)?.state === state, 'a mark written down is not shown')
    return act
  }

  async change(field: (typeof texts)[number], value: string): Promise<Waiting> {
    const { title, place, version } = this.view()
    const body = { title, place, [field]: value, version }
    const act = await this.store.write(actFor(putGathering, { params, body }, { postId: post, sights: this.#sights }))
    must((this.view() as Fields)[field] === value, 'a change written down is not shown')
    return act
  }

  /** @param calls let through before the cut; 0: no cut */
  async exchange(calls = 0, after = false): Promise<void> {
    const fuse = { left: calls, after }
    const platform = cutting<Platform>(
      { deliver: async (act) => this.#model.receive(act), page: async (_post, since) => this.#model.page(since) },
      fuse,
    )
    const store = cutting<Store>(this.store, fuse)
    try {
      await send(store, platform, (act, answer) => this.shelf().after(act, answer))
      await pull(store, platform, post)
    } catch (error) {
      if (!(error instanceof Cut) && !(error instanceof Away)) throw error
    }
  }
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

const device = fc.nat(2)
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      device,
      member: fc.constantFrom(...members),
      state: fc.constantFrom(...states),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), device, field: fc.constantFrom(...texts) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('exchange' as const), device, calls: fc.nat(12), after: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('carry' as const), device, order: fc.infiniteStream(fc.nat()), repeats: fc.nat(2) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function live(steps: readonly Step[]): Promise<void> {
  const model = new Model()
  const devices = [new Device(model), new Device(model), new Device(model)]
  const acts: { act: Waiting; field?: string; value?: string }[] = []
  for (const [n, each] of steps.entries()) {
    const on = devices[each.device]
    if (on === undefined) throw new Error('no such device')
    if (each.do === 'mark') acts.push({ act: await on.mark(each.member, each.state) })
    else if (each.do === 'change')
      acts.push({ act: await on.change(each.field, `${each.field} ${n + 1}`), field: each.field, value: `${each.field} ${n + 1}` })
    else if (each.do === 'exchange') await on.exchange(each.calls, each.after)
    else {
      // Carried by somebody else, in any order, more than once; the device does not hear of it.
      const carried = [...on.store.outbox]
      for (let turn = 0; turn <= each.repeats; turn += 1) {
        const order = carried.map((act) => ({ act, at: each.order.next().value ?? 0 })).sort((a, b) => a.at - b.at)
        for (const { act } of order) model.receive(act)
      }
    }
  }
  for (const each of [...devices, ...devices]) await each.exchange()
  for (const each of devices) {
    must(each.store.outbox.length === 0, 'something still waits')
    must(isDeepStrictEqual(each.view(), model.whole), 'a device shows something else than what is on record')
  }
  must(
    acts.every(({ act }) => model.done.get(act.id) === 1),
    'an act was not done exactly once',
  )
  must(model.done.size === acts.length, 'something was done that nobody did')
  for (const { field, value } of acts) {
    if (value === undefined) continue
    const found =
      model.written.some((w) => w.field === field && w.value === value) ||
      model.conflicts.some((c) => c.field === field && c.mine === value)
    must(found, `${value} is neither on record nor left to somebody`)
  }
}

const histories = Number(process.env['HISTORIES'] ?? 10_000)
const seed = fc.readConfigureGlobal().seed ?? Math.trunc(Math.random() * 0x7fffffff)

describe('devices that worked without each other', () => {
  test(`agree after they have met, in ${histories} histories (SEED=${seed})`, { timeout: 600_000 }, async () => {
    console.log(`sync: ${histories} histories, SEED=${seed}`)
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), live), { numRuns: histories, seed })
  })
})

describe('words about who was there', () => {
  const mark = (state: Mark['state']): Mark => ({ memberId: 'a', state, deviceAt: '' })
  test.each([
    ['EXPECTED', 'ABSENT', 'PRESENT_ONSITE', 'stays'],
    ['EXPECTED', 'PRESENT_ONSITE', 'ABSENT', 'holds'],
    ['EXPECTED', 'PRESENT_ONLINE', 'PRESENT_ONSITE', 'stays'],
    ['EXPECTED', 'LEAVE', 'PRESENT_ONLINE', 'stays'],
    ['PRESENT_ONSITE', 'ABSENT', 'PRESENT_ONSITE', 'holds'],
  ] as const)('seen %s, said %s, on record %s: it %s', (seen, said, onRecord, what) => {
    const { hold } = mergeMarks([{ memberId: 'a', state: seen }], [mark(said)], [{ memberId: 'a', state: onRecord }])
    expect(hold.length === 1 ? 'holds' : 'stays').toBe(what)
  })
})

describe('values', () => {
  test('say the same in another time zone, and when nothing is said', () => {
    expect(same('2026-11-25T19:30:00+08:00', '2026-11-25T11:30:00.000Z')).toBe(true)
    expect(same({ a: 1, b: null }, { a: 1 })).toBe(true)
    expect(same([1, 2], [2, 1])).toBe(false)
    expect(same('2026-11-25', '2026-11-26')).toBe(false)
  })
})
