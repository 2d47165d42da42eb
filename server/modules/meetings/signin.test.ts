/** Given a meeting that has begun: who may sign in to it, how, how long a code lives, and what happens when a hundred come at once. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BodyIn } from '#contract/operation'
import { askLeave, getSignInCode, signInToGathering } from '#contract/attendance'
import { getGathering, notifyGathering, putGathering, startGathering } from '#contract/meetings'
import { confirmGathering, putRecord } from '#contract/record'
import { listNotifications } from '#contract/notifications'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { sql } from '#platform'

let place: OpenTestHouse
let secretary: Person
let people: Person[]

beforeAll(async () => {
  place = await openTestHouse()
  secretary = await place.signIn('BRANCH_SECRETARY', '甲村党支部')
  const ids = await place.addMembers('甲村党支部', 100)
  people = []
  for (const memberId of ids) people.push(await place.signIn('MEMBER', '甲村党支部', { memberId }))
})
afterAll(() => place.close())

const now = () => new Date().toISOString()
const person = (n: number): Person => {
  const found = people[n]
  if (found === undefined) throw new Error(`no person ${n}`)
  return found
}
const at = (gatheringId: string) => ({ organisationId: place.node('甲村党支部').id, gatheringId })

async function begun(mode: 'ONSITE' | 'HYBRID' = 'HYBRID'): Promise<string> {
  const gatheringId = await planned(mode)
  await secretary.call(startGathering, { params: at(gatheringId), body: { at: now() } })
  return gatheringId
}

async function planned(mode: 'ONSITE' | 'HYBRID' = 'HYBRID'): Promise<string> {
  const gatheringId = randomUUID()
  const body = { title: '主题党日', segments: [{ id: randomUUID(), kind: 'THEME_DAY' as const }], mode, plannedStart: now() }
  await secretary.call(putGathering, { params: at(gatheringId), body })
  await secretary.call(notifyGathering, { params: at(gatheringId) })
  return gatheringId
}

const codeOf = (gatheringId: string) => secretary.call(getSignInCode, { params: at(gatheringId) })
type How = BodyIn<typeof signInToGathering>
const asked = (gatheringId: string, memberId: string, body: Omit<How, 'deviceAt'>) => ({
  params: { ...at(gatheringId), memberId },
  body: { ...body, deviceAt: now() },
})
const online = (gatheringId: string, by: Person) => by.call(signInToGathering, asked(gatheringId, by.memberId, { how: 'ONLINE' }))
const written = (gatheringId: string) =>
  place.inside((ctx) =>
    ctx.get(sql<{ events: number; audits: number; present: number }>`
      select (select count(*)::int from platform.event where type = 'meetings.attendance.signedIn' and data->>'gatheringId' = ${gatheringId}) as events,
        (select count(*)::int from platform.audit where operation = 'meetings.signInToGathering'
          and subject_id in (select member_id from meetings.attendance where gathering_id = ${gatheringId} and state like 'PRESENT%')
          and at >= (select actual_start from meetings.gathering where id = ${gatheringId})) as audits,
        (select count(*)::int from meetings.attendance where gathering_id = ${gatheringId} and state like 'PRESENT%') as present`),
  )

describe('by the code on the wall', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => vi.useRealTimers())

  test('a code is good while it is shown and dead after sixty seconds', async () => {
    const gatheringId = await begun('ONSITE')
    const { token, validUntil, url } = await codeOf(gatheringId)
    expect(url).toContain(token)
    const lives = Date.parse(validUntil) - Date.now()
    expect(lives).toBeLessThanOrEqual(60_000)
    vi.setSystemTime(Date.now() + lives - 1)
    const signedIn = await person(0).call(signInToGathering, asked(gatheringId, person(0).memberId, { how: 'CODE', token }))
    expect(signedIn).toMatchObject({ state: 'PRESENT_ONSITE', repeated: false })
    vi.setSystemTime(Date.now() + 2)
    const refused = await person(1).refusal(signInToGathering, asked(gatheringId, person(1).memberId, { how: 'CODE', token }))
    expect(refused).toMatchObject({ status: 409, code: 'CODE_EXPIRED' })
    expect((await codeOf(gatheringId)).token).not.toBe(token)
  })

  test('the code of another meeting, an invented one and none at all are refused', async () => {
    const gatheringId = await begun('ONSITE')
    const { token } = await codeOf(await begun('ONSITE'))
    for (const given of [{ token }, { token: 'AAAAAAAAAAAAAAAA' }, { token: '长' }, {}]) {
      const refused = await person(0).refusal(signInToGathering, asked(gatheringId, person(0).memberId, { how: 'CODE', ...given }))
      expect(refused).toMatchObject({ code: 'CODE_EXPIRED' })
    }
    expect(await written(gatheringId)).toEqual({ events: 0, audits: 0, present: 0 })
  })
})

describe('by oneself', () => {
  test('online where the meeting allows it, once, and only for oneself', async () => {
    const [hybrid, onsite] = [await begun('HYBRID'), await begun('ONSITE')]
    const first = await online(hybrid, person(0))
    expect(first).toMatchObject({ state: 'PRESENT_ONLINE', repeated: false })
    expect(await online(hybrid, person(0))).toEqual({ ...first, repeated: true })
    expect(await written(hybrid)).toEqual({ events: 1, audits: 1, present: 1 })
    expect(await person(1).refusal(signInToGathering, asked(hybrid, person(2).memberId, { how: 'ONLINE' }))).toMatchObject({
      status: 403,
      code: 'NOT_YOURS',
    })
    expect(await person(1).refusal(signInToGathering, asked(onsite, person(1).memberId, { how: 'ONLINE' }))).toMatchObject({
      code: 'OUTSIDE_WINDOW',
    })
    expect(await secretary.refusal(signInToGathering, asked(hybrid, person(1).memberId, { how: 'ONLINE' }))).toMatchObject({ status: 403 })
  })

  test('not before it begins, not after the record is written, not at a meeting of others', async () => {
    const early = await planned()
    expect(await person(0).refusal(signInToGathering, asked(early, person(0).memberId, { how: 'ONLINE' }))).toMatchObject({
      code: 'WRONG_STATE',
    })
    expect(await person(0).refusal(signInToGathering, asked(randomUUID(), person(0).memberId, { how: 'ONLINE' }))).toMatchObject({
      status: 404,
    })
    const guest = await place.signIn('MEMBER', '甲村党支部', { memberId: randomUUID() })
    const gatheringId = await begun()
    expect(await guest.refusal(signInToGathering, asked(gatheringId, guest.memberId, { how: 'ONLINE' }))).toMatchObject({
      code: 'NOT_ON_ROSTER',
    })
    const [other] = await place.addMembers('丙村党支部', 1)
    const stranger = await place.signIn('MEMBER', '丙村党支部', { memberId: other ?? '' })
    expect(await stranger.refusal(signInToGathering, asked(gatheringId, stranger.memberId, { how: 'ONLINE' }))).toMatchObject({
      status: 404,
    })
    const { version, actualStart } = await secretary.call(getGathering, { params: at(gatheringId) })
    const began = actualStart ?? now()
    const actualEnd = new Date(Date.parse(began) + 60_000).toISOString()
    const body = { actualStart: began, actualEnd, hostId: person(0).memberId, agenda: [], minutes: '开过了', version }
    const recorded = await secretary.call(putRecord, { params: at(gatheringId), body })
    expect(await person(0).refusal(signInToGathering, asked(gatheringId, person(0).memberId, { how: 'ONLINE' }))).toMatchObject({
      code: 'WRONG_STATE',
    })
    expect(await secretary.refusal(confirmGathering, { params: at(gatheringId), body: { version: recorded.version } })).toMatchObject({
      code: 'SAME_PERSON',
    })
  })

  test('leave is asked for oneself, told to the secretary once, and given up by signing in', async () => {
    const gatheringId = await planned()
    const one = person(0)
    const params = { ...at(gatheringId), memberId: one.memberId }
    const leave = () => one.call(askLeave, { params, body: { reason: 'BORDER_PATROL', note: '三号界碑' } })
    await leave()
    await leave()
    const told = (await secretary.call(listNotifications)).items.filter(
      (item) => item.kind === 'meetings.leave' && item.href.includes(gatheringId),
    )
    expect(told).toHaveLength(1)
    const events = await place.inside((ctx) =>
      ctx.query(
        sql<{
          data: unknown
        }>`select data from platform.event where type = 'meetings.attendance.leaveAsked' and data->>'gatheringId' = ${gatheringId}`,
      ),
    )
    expect(events).toEqual([{ data: { gatheringId } }])
    expect(await person(1).refusal(askLeave, { params, body: { reason: 'OTHER' } })).toMatchObject({ status: 403, code: 'NOT_YOURS' })
    await secretary.call(startGathering, { params: at(gatheringId), body: { at: now() } })
    const row = async () =>
      (await secretary.call(getGathering, { params: at(gatheringId) })).roster.find((r) => r.memberId === one.memberId)
    expect(await row()).toMatchObject({ state: 'LEAVE', leaveReason: 'BORDER_PATROL', confirmedBy: 'SELF' })
    await online(gatheringId, one)
    expect(await row()).toMatchObject({ state: 'PRESENT_ONLINE', leaveReason: null })
    expect(await one.refusal(askLeave, { params, body: { reason: 'OTHER' } })).toMatchObject({ code: 'WRONG_STATE' })
  })
})

describe('all at once', () => {
  test('a hundred who come together each get their own answer, one event and one audit row', async () => {
    const gatheringId = await begun()
    const answers = await Promise.all(people.map((one) => online(gatheringId, one)))
    expect(answers.map((answer) => answer.memberId)).toEqual(people.map((one) => one.memberId))
    expect(answers.every((answer) => !answer.repeated)).toBe(true)
    expect(await written(gatheringId)).toEqual({ events: 100, audits: 100, present: 100 })
    const actors = await place.inside((ctx) =>
      ctx.query(sql<{ accountId: string }>`
        select distinct account_id as "accountId" from platform.event where type = 'meetings.attendance.signedIn' and data->>'gatheringId' = ${gatheringId}`),
    )
    expect(actors.map((row) => row.accountId).toSorted()).toEqual(people.map((one) => one.accountId).toSorted())
  })

  test('the same person many times at once is one sign-in; the others are told it was done', async () => {
    const gatheringId = await begun()
    const answers = await Promise.all(Array.from({ length: 30 }, () => online(gatheringId, person(0))))
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1)
    expect(new Set(answers.map((answer) => answer.confirmedAt)).size).toBe(1)
    expect(await written(gatheringId)).toEqual({ events: 1, audits: 1, present: 1 })
  })

  test('calls that are refused do not hurt those they arrived with', async () => {
    const gatheringId = await begun()
    const calls = people
      .slice(0, 30)
      .map((one, n) =>
        n % 3 === 0
          ? one.ask(signInToGathering, asked(gatheringId, one.memberId, { how: 'CODE', token: 'wrong' }))
          : n % 3 === 1
            ? one.ask(signInToGathering, asked(randomUUID(), one.memberId, { how: 'ONLINE' }))
            : one.ask(signInToGathering, asked(gatheringId, one.memberId, { how: 'ONLINE' })),
      )
    const statuses = (await Promise.all(calls)).map((answer) => answer.status)
    expect(statuses).toEqual(statuses.map((_, n) => [409, 404, 200][n % 3]))
    expect(await written(gatheringId)).toEqual({ events: 10, audits: 10, present: 10 })
  })

  test('a call that PostgreSQL itself refuses fails alone', async () => {
    const gatheringId = await begun()
    const unlucky = person(5)
    await place.inside((ctx) =>
      ctx
        .query(sql`set local role none`)
        .then(() =>
          ctx.query(
            sql.raw(
              `alter table meetings.attendance add constraint unlucky check (member_id <> '${unlucky.memberId}' or gathering_id <> '${gatheringId}' or state = 'EXPECTED')`,
            ),
          ),
        ),
    )
    try {
      const answers = await Promise.all(
        people.slice(0, 12).map((one) => one.ask(signInToGathering, asked(gatheringId, one.memberId, { how: 'ONLINE' }))),
      )
      expect(answers.map((answer) => answer.status)).toEqual(answers.map((_, n) => (n === 5 ? 500 : 200)))
      expect(await written(gatheringId)).toMatchObject({ events: 11, present: 11 })
    } finally {
      await place.inside((ctx) =>
        ctx.query(sql`set local role none`).then(() => ctx.query(sql`alter table meetings.attendance drop constraint unlucky`)),
      )
    }
  })
})
