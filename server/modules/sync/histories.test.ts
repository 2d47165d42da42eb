/**
 * The same histories as web/shared/offline/exchange.test.ts over the real platform: acts of three people on one gathering arrive in
 * any interleaving, cut off after they were done, again, at once and out of order. Each is done exactly once, no value is lost, and
 * whatever is asked afterwards gives the same.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import type { BodyIn } from '#contract/operation'
import { documents, listConflicts, putAct } from '#contract/sync'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { sql } from '#platform'
import { beginThemeDay } from '../../test/gathering.ts'

const histories = 100
const seed = fc.readConfigureGlobal().seed ?? Math.trunc(Math.random() * 0x7fffffff)

let home: OpenTestHouse
let people: Person[]

beforeAll(async () => {
  home = await openTestHouse()
  await home.addMembers('甲村党支部', 3)
  people = []
  for (const role of ['RECORDER', 'BRANCH_SECRETARY', 'RECORDER'] as const) people.push(await home.signIn(role, '甲村党支部'))
})

afterAll(() => home.close())

type Whole = Awaited<ReturnType<typeof look>>
type Sent = BodyIn<typeof putAct>

const look = (person: Person, params: { organisationId: string; gatheringId: string }) => person.call(meetings.getGathering, { params })

const who = fc.nat(2)
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      who,
      member: fc.nat(2),
      state: fc.constantFrom('PRESENT_ONSITE', 'PRESENT_ONLINE', 'ABSENT'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), who, field: fc.constantFrom('minutes', 'agenda') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      who,
      from: fc.nat(4),
      atOnce: fc.integer({ min: 1, max: 3 }),
      reverse: fc.boolean(),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function live(steps: readonly Step[]): Promise<void> {
  const [first] = people
  if (first === undefined) throw new Error('nobody is here')
  const { params, at } = await beginThemeDay(first, home.node('甲村党支部'))
  const begun = await look(first, params)
  const seen: Whole[] = people.map(() => begun)
  const written: { person: Person; id: string; body: Sent; value?: string }[] = []
  let seq = 0
  for (const each of steps) {
    const [person, sight] = [people[each.who], seen[each.who]]
    if (person === undefined || sight === undefined) throw new Error('nobody is here')
    seq += 1
    const common = { params: { ...params }, postId: person.postId, seq, deviceAt: new Date().toISOString(), offsetMs: 0 }
    if (each.do === 'mark') {
      const { memberId = '', state = 'EXPECTED' } = sight.roster[each.member] ?? {}
      const rows = [{ memberId, state: each.state, deviceAt: at }]
      written.push({
        person,
        id: randomUUID(),
        body: { ...common, operation: attendance.putAttendance.id, body: { rows }, base: [{ memberId, state }] },
      })
    } else if (each.do === 'change') {
      const base = documents[recording.putRecord.id]?.content(sight) ?? {}
      const value = `${each.field} ${seq}`
      const hostId = sight.roster[0]?.memberId
      const body = {
        ...base,
        hostId,
        actualStart: at,
        actualEnd: new Date(Date.parse(at) + 1_800_000).toISOString(),
        [each.field]: each.field === 'agenda' ? [{ id: randomUUID(), title: value, note: '' }] : value,
      }
      written.push({ person, id: randomUUID(), value, body: { ...common, operation: recording.putRecord.id, body, base } })
    } else {
      const mine = written.filter((act) => act.person === person).slice(each.from)
      const sent = (each.reverse ? mine.toReversed() : mine).flatMap((act) => Array.from({ length: each.atOnce }, () => act))
      await Promise.all(sent.map(({ id, body }) => person.call(putAct, { params: { actId: id }, body })))
      seen[each.who] = await look(person, params)
    }
  }
  const receipts = []
  for (const { person, id, body } of [...written, ...written]) receipts.push(await person.call(putAct, { params: { actId: id }, body }))
  const whole = await look(first, params)
  const settled = new Set(receipts.map(({ actId, receivedAt }) => `${actId} ${receivedAt}`))
  expect(settled.size).toBe(written.length)
  expect(receipts.filter(({ outcome }) => outcome === 'REFUSED')).toEqual([])
  // Every value was on record or lies before the recorder.
  const { items } = await first.call(listConflicts, { params: { organisationId: params.organisationId } })
  const open = items.filter(({ gatheringId }) => gatheringId === params.gatheringId)
  const said = (value: unknown, text: string) => JSON.stringify(value).includes(`"${text}"`)
  for (const { id, value } of written) {
    const conflict = receipts.find(({ actId }) => actId === id)?.outcome === 'CONFLICT'
    if (value !== undefined && conflict) expect(open.some(({ mine }) => said(mine, value))).toBe(true)
  }
  const values = written.flatMap(({ value }) => value ?? [])
  if (values.length > 0) expect(values.some((value) => said(whole, value))).toBe(true)
  const { n } = await home.inside((ctx) =>
    ctx.get(sql<{ n: number }>`select count(*)::int as n from sync.act where id = any(${written.map(({ id }) => id)}::uuid[])`),
  )
  expect(n).toBe(written.length)
}

test(
  `acts that arrive in any way are done once and lose nothing, in ${histories} histories (SEED=${seed})`,
  { timeout: 600_000 },
  async () => {
    console.log(`sync on PostgreSQL: ${histories} histories, SEED=${seed}`)
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), live), {
      numRuns: histories,
      seed,
      endOnFailure: true,
    })
  },
)
