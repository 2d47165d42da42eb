/** Acts that were done without a network arrive: once each, whatever the way, merged with what others wrote meanwhile. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import type { BodyIn, Operation } from '#contract/operation'
import { getPlanBasis, putKit, withdrawKit } from '#contract/plans'
import { documents, getShelf, keyOf, listConflicts, putAct, settleConflict, shortKey } from '#contract/sync'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { addOrganisations, findNode, pathUnder } from '#organisations'
import { sql, transact } from '#platform'
import { beginThemeDay } from '../../test/gathering.ts'

let home: OpenTestHouse
let recorder: Person
let secretary: Person
let member: Person
let members: string[]

beforeAll(async () => {
  home = await openTestHouse()
  members = await home.addMembers('甲村党支部', 4)
  recorder = await home.signIn('RECORDER', '甲村党支部', { name: '罗记录' })
  secretary = await home.signIn('BRANCH_SECRETARY', '甲村党支部', { name: '李书记' })
  member = await home.signIn('MEMBER', '甲村党支部', { name: '普阿诺', memberId: members[0] ?? '' })
})

afterAll(() => home.close())

type Params = {
  organisationId: string
  gatheringId: string
}
let params: Params
let roster: string[]

beforeEach(async () => {
  const begun = await beginThemeDay(recorder, home.node('甲村党支部'))
  params = begun.params
  roster = begun.gathering.roster.map(({ memberId }) => memberId)
})

let seq = 0
/** An act as a phone writes it down. */
const act = (person: Person, operation: Operation, asked: Partial<BodyIn<typeof putAct>>, more: Partial<BodyIn<typeof putAct>> = {}) => {
  seq += 1
  const written: BodyIn<typeof putAct> = {
    operation: operation.id,
    params: { ...params },
    postId: person.postId,
    seq,
    deviceAt: new Date().toISOString(),
    offsetMs: 0,
  }
  return { params: { actId: randomUUID() }, body: { ...written, ...asked, ...more } }
}
const mark = (memberId: string, state: string, deviceAt = new Date().toISOString()) => ({ rows: [{ memberId, state, deviceAt }] })
const stateOf = async (memberId: string) =>
  (await recorder.call(meetings.getGathering, { params })).roster.find((row) => row.memberId === memberId)?.state
const count = (type: string) =>
  home.inside(async (ctx) => (await ctx.get(sql<{ n: number }>`select count(*)::int as n from platform.event where type = ${type}`)).n)

describe('an act', () => {
  test('that arrives again gives the same receipt and does nothing', async () => {
    const sent = act(recorder, attendance.putAttendance, { body: mark(roster[1] ?? '', 'PRESENT_ONSITE') })
    const first = await recorder.call(putAct, sent)
    expect(first).toMatchObject({ outcome: 'DONE', repeated: false, answer: { present: 1 } })
    const called = await count('meetings.gathering.rollCalled')
    const again = await recorder.call(putAct, sent)
    expect(again).toEqual({ ...first, repeated: true, answer: null })
    expect(await count('meetings.gathering.rollCalled')).toBe(called)
  })

  test('that arrives many times at once is done once', async () => {
    const called = await count('meetings.gathering.rollCalled')
    const sent = act(recorder, attendance.putAttendance, { body: mark(roster[1] ?? '', 'PRESENT_ONSITE') })
    const receipts = await Promise.all(Array.from({ length: 6 }, () => recorder.call(putAct, sent)))
    expect(receipts.filter((receipt) => !receipt.repeated)).toHaveLength(1)
    expect(new Set(receipts.map((receipt) => receipt.receivedAt)).size).toBe(1)
    expect(await count('meetings.gathering.rollCalled')).toBe(called + 1)
  })

  test('whose transaction dies before it is committed is done when it comes again', async () => {
    const sent = act(recorder, attendance.putAttendance, { body: mark(roster[1] ?? '', 'PRESENT_ONSITE') })
    await expect(
      transact(home.house.jobsPool, async (ctx) => {
        await ctx.query(sql`insert into sync.act (account_id, id, operation, content_hash, seq, device_at, received_at, outcome)
          values (${recorder.accountId}, ${sent.params.actId}, 'x', '', 0, now(), now(), 'DONE')`)
        await ctx.query(sql`select pg_terminate_backend(pg_backend_pid())`)
      }),
    ).rejects.toThrow(/terminat/i)
    expect(await recorder.call(putAct, sent)).toMatchObject({ outcome: 'DONE', repeated: false })
    expect(await stateOf(roster[1] ?? '')).toBe('PRESENT_ONSITE')
  })

  test('whose id was used for something else is refused without a receipt', async () => {
    const sent = act(recorder, attendance.putAttendance, { body: mark(roster[1] ?? '', 'ABSENT') })
    await recorder.call(putAct, sent)
    const other = { ...sent, body: { ...sent.body, body: mark(roster[2] ?? '', 'ABSENT') } }
    expect(await recorder.refusal(putAct, other)).toMatchObject({ code: 'ID_TAKEN' })
  })

  test('that is refused leaves nothing but a receipt that says why, and stays refused', async () => {
    const sent = act(recorder, attendance.putAttendance, { body: mark(randomUUID(), 'ABSENT') })
    const receipt = await recorder.call(putAct, sent)
    expect(receipt).toMatchObject({ outcome: 'REFUSED', problem: { code: 'NOT_ON_ROSTER', fields: [{ path: 'body.rows.0.memberId' }] } })
    expect(await recorder.call(putAct, sent)).toMatchObject({ outcome: 'REFUSED', repeated: true, problem: receipt.problem })
  })

  test('is done with the rights of its author in the post of then, no more', async () => {
    const foreign = await home.signIn('RECORDER', '丙村党支部')
    const body = { body: mark(roster[1] ?? '', 'ABSENT') }
    expect(await foreign.call(putAct, act(foreign, attendance.putAttendance, body))).toMatchObject({ problem: { code: 'NOT_FOUND' } })
    expect(await member.call(putAct, act(member, attendance.putAttendance, body))).toMatchObject({ problem: { code: 'NOT_ALLOWED' } })
    const lost = act(recorder, attendance.putAttendance, body, { postId: foreign.postId })
    expect(await recorder.call(putAct, lost)).toMatchObject({ outcome: 'REFUSED', problem: { code: 'NOT_ALLOWED' } })
    const online = act(secretary, recording.confirmGathering, { body: { version: 3 } })
    expect(await secretary.call(putAct, online)).toMatchObject({ problem: { code: 'INVALID', fields: [{ path: 'body.operation' }] } })
  })
})

describe('a clock that is days off', () => {
  const twoDays = 2 * 86_400_000
  const wrong = () => new Date(Date.now() + twoDays).toISOString()

  test('is corrected by the estimated offset', async () => {
    const sent = act(
      recorder,
      attendance.putAttendance,
      { body: mark(roster[1] ?? '', 'ABSENT', wrong()) },
      { deviceAt: wrong(), offsetMs: -twoDays },
    )
    expect(await recorder.call(putAct, sent)).toMatchObject({ outcome: 'DONE', deviceAt: sent.body.deviceAt })
    const row = (await recorder.call(meetings.getGathering, { params })).roster.find((r) => r.memberId === roster[1])
    expect(Math.abs(Date.parse(row?.deviceAt ?? '') - Date.now())).toBeLessThan(3_600_000)
  })

  test('never lets anything happen later than it arrived', async () => {
    const planned = { organisationId: params.organisationId, gatheringId: randomUUID() }
    const body = {
      title: '党课',
      segments: [{ id: randomUUID(), kind: 'PARTY_LECTURE' as const }],
      mode: 'ONSITE' as const,
      plannedStart: wrong(),
    }
    await recorder.call(meetings.putGathering, { params: planned, body })
    const sent = act(recorder, meetings.startGathering, { params: planned, body: { at: wrong() } }, { deviceAt: wrong(), offsetMs: null })
    expect(await recorder.call(putAct, sent)).toMatchObject({ outcome: 'DONE', answer: { state: 'IN_PROGRESS' } })
  })
})

describe('a plan that two changed', () => {
  const plan = async () => {
    const where = { organisationId: params.organisationId, gatheringId: randomUUID() }
    const whole = await recorder.call(meetings.putGathering, {
      params: where,
      body: {
        title: '主题党日',
        segments: [{ id: randomUUID(), kind: 'THEME_DAY' }],
        mode: 'ONSITE',
        place: '村委会',
        plannedStart: new Date(Date.now() + 86_400_000).toISOString(),
      },
    })
    const base = documents[meetings.putGathering.id]?.content(whole) ?? {}
    await secretary.call(meetings.putGathering, { params: where, body: { ...base, place: '界河边', version: whole.version } as never })
    return { where, base }
  }

  test('in different places keeps both and says so', async () => {
    const { where, base } = await plan()
    const sent = act(recorder, meetings.putGathering, { params: where, body: { ...base, title: '护边主题党日' }, base })
    const receipt = await recorder.call(putAct, sent)
    expect(receipt).toMatchObject({ outcome: 'MERGED', answer: { title: '护边主题党日', place: '界河边' } })
    expect(receipt.said?.zh).toContain('地点')
  })

  test('in the same place keeps what is on record, and the recorder decides', async () => {
    const { where, base } = await plan()
    const sent = act(recorder, meetings.putGathering, { params: where, body: { ...base, title: '护边', place: '学习室' }, base })
    expect(await recorder.call(putAct, sent)).toMatchObject({ outcome: 'CONFLICT', answer: { title: '护边', place: '界河边' } })
    const at = { organisationId: params.organisationId }
    const open = (await secretary.call(listConflicts, { params: at })).items.filter((c) => c.gatheringId === where.gatheringId)
    expect(open).toMatchObject([{ field: 'place', mine: '学习室', theirs: '界河边', byName: '罗记录', gatheringTitle: '护边' }])
    const one = { ...at, conflictId: open[0]?.id ?? '' }
    await secretary.call(settleConflict, { params: one, body: { keep: 'MINE' } })
    await secretary.call(settleConflict, { params: one, body: { keep: 'MINE' } })
    expect(await secretary.call(meetings.getGathering, { params: where })).toMatchObject({ title: '护边', place: '学习室' })
    expect(await secretary.refusal(settleConflict, { params: one, body: { keep: 'THEIRS' } })).toMatchObject({ code: 'WRONG_STATE' })
    expect((await secretary.call(listConflicts, { params: at })).items.filter((c) => c.id === one.conflictId)).toEqual([])
  })
})

describe('acts that arrive together', () => {
  test('each get their own answer: done once, the receipt of before, a refusal, an id that is taken', async () => {
    const { token } = await recorder.call(attendance.getSignInCode, { params })
    const signIn = (person: Person, memberId: string, code = token) =>
      act(person, attendance.signInToGathering, {
        params: { ...params, memberId },
        body: { how: 'CODE', token: code, deviceAt: new Date().toISOString() },
      })
    const others = await Promise.all(members.slice(1).map((memberId) => home.signIn('MEMBER', '甲村党支部', { memberId })))
    const [second, third, fourth] = others as [Person, Person, Person]
    const [own = '', theirs = '', wrong = '', stranger = ''] = members
    const before = signIn(member, own)
    const receipt = await member.call(putAct, before)
    const signedIn = await count('meetings.attendance.signedIn')
    const good = signIn(second, theirs)
    const outcomes = await Promise.all([
      member.call(putAct, before),
      second.call(putAct, good),
      second.call(putAct, good),
      third.call(putAct, signIn(third, wrong, 'no such code at all')),
      fourth.call(putAct, signIn(fourth, own)),
      member.ask(putAct, { ...signIn(member, own), params: before.params }),
      recorder.call(putAct, act(recorder, attendance.putAttendance, { body: mark(stranger, 'ABSENT') })),
    ])
    expect(outcomes[0]).toEqual({ ...receipt, repeated: true, answer: null })
    expect(outcomes[1].repeated).not.toBe(outcomes[2].repeated)
    expect(outcomes[3]).toMatchObject({ outcome: 'REFUSED', problem: { code: 'CODE_EXPIRED' } })
    expect(outcomes[4]).toMatchObject({ outcome: 'REFUSED' })
    expect(outcomes[5]).toMatchObject({ status: 409, body: { code: 'ID_TAKEN' } })
    expect(outcomes[6]).toMatchObject({ outcome: 'DONE' })
    expect(await count('meetings.attendance.signedIn')).toBe(signedIn + 1)
    expect(await Promise.all([theirs, wrong, stranger].map(stateOf))).toEqual(['PRESENT_ONSITE', 'EXPECTED', 'ABSENT'])
  })
})

describe('who was there', () => {
  test('whoever signed in was there, though a recorder who could not see it marked them absent', async () => {
    const [self = ''] = members
    const { token } = await recorder.call(attendance.getSignInCode, { params })
    await member.call(attendance.signInToGathering, {
      params: { ...params, memberId: self },
      body: { how: 'CODE', token, deviceAt: new Date().toISOString() },
    })
    const base = [{ memberId: self, state: 'EXPECTED' }]
    const receipt = await recorder.call(putAct, act(recorder, attendance.putAttendance, { body: mark(self, 'ABSENT'), base }))
    expect(receipt).toMatchObject({ outcome: 'MERGED' })
    expect(await stateOf(self)).toBe('PRESENT_ONSITE')
    const seen = [{ memberId: self, state: 'PRESENT_ONSITE' }]
    await recorder.call(putAct, act(recorder, attendance.putAttendance, { body: mark(self, 'ABSENT'), base: seen }))
    expect(await stateOf(self)).toBe('ABSENT')
  })

  test('in the room wins over online, whichever arrives first, and counts once', async () => {
    const id = roster[2] ?? ''
    const base = [{ memberId: id, state: 'EXPECTED' }]
    await secretary.call(putAct, act(secretary, attendance.putAttendance, { body: mark(id, 'PRESENT_ONSITE'), base }))
    await recorder.call(putAct, act(recorder, attendance.putAttendance, { body: mark(id, 'PRESENT_ONLINE'), base }))
    expect(await stateOf(id)).toBe('PRESENT_ONSITE')
    expect((await recorder.call(meetings.getGathering, { params })).present).toBe(1)
  })

  test('a sign-in that arrives after the code is gone goes to the recorder, who lets it hold', async () => {
    const [self = ''] = members
    const where = { ...params, memberId: self }
    const deviceAt = new Date(Date.now() - 600_000).toISOString()
    const signIn = { params: where, body: { how: 'CODE', token: 'seen-without-a-network', deviceAt } }
    // Somebody who is in range and shows a code that is no longer good is told so, and nobody is troubled with it.
    expect(await member.call(putAct, act(member, attendance.signInToGathering, signIn))).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'CODE_EXPIRED' },
    })
    const late = { deviceAt }
    expect(await member.call(putAct, act(member, attendance.signInToGathering, signIn, late))).toMatchObject({ outcome: 'CONFLICT' })
    expect(await stateOf(self)).toBe('EXPECTED')
    const at = { organisationId: params.organisationId }
    const open = (await recorder.call(listConflicts, { params: at })).items.find((c) => c.gatheringId === params.gatheringId)
    expect(open).toMatchObject({ field: 'attendance', mine: { memberId: self, state: 'PRESENT_ONSITE' } })
    await recorder.call(settleConflict, { params: { ...at, conflictId: open?.id ?? '' }, body: { keep: 'MINE' } })
    expect(await stateOf(self)).toBe('PRESENT_ONSITE')
    expect(await member.call(putAct, act(member, attendance.signInToGathering, signIn, late))).toMatchObject({ outcome: 'DONE' })
  })
})

describe('the shelf', () => {
  const keysOf = (page: { entries: { operation: string; params: Record<string, string> }[] }) => page.entries.map(keyOf)
  const gatheringKey = (where: Params) => keyOf({ operation: meetings.getGathering.id, params: where })

  /** Everything a phone would have, asked page by page. */
  async function pull(person: Person, since?: string) {
    const entries = []
    let page = await person.call(getShelf, { query: since === undefined ? {} : { since } })
    const { held } = page
    entries.push(...page.entries)
    while (page.more) {
      page = await person.call(getShelf, { query: { since: page.cursor } })
      entries.push(...page.entries)
    }
    return { entries, held, cursor: page.cursor }
  }

  test('holds what its owner may see, and then only what changed', async () => {
    await home.catchUp()
    const first = await pull(recorder)
    expect(keysOf(first)).toEqual(expect.arrayContaining([gatheringKey(params), 'identity.me']))
    const calm = await pull(recorder, first.cursor)
    expect([calm.entries, calm.held]).toEqual([[], null])
    await recorder.call(attendance.putAttendance, { params, body: mark(roster[1] ?? '', 'ABSENT') as never })
    await home.catchUp()
    const next = await pull(recorder, first.cursor)
    expect(keysOf(next)).toEqual([gatheringKey(params)])
    expect(next.entries[0]?.answer).toMatchObject({ id: params.gatheringId, state: 'IN_PROGRESS' })
    // Cut off before it was kept: the same cursor gives the same.
    expect(keysOf(await pull(recorder, first.cursor))).toEqual(keysOf(next))
  })

  test('comes in pages that go on where the last one was kept', async () => {
    const body = { segments: [{ id: '', kind: 'PARTY_LECTURE' as const }], mode: 'ONSITE' as const, plannedStart: new Date().toISOString() }
    for (let n = 0; n < 30; n += 1) {
      await recorder.call(meetings.putGathering, {
        params: { ...params, gatheringId: randomUUID() },
        body: { ...body, title: `党课 ${n}`, segments: [{ id: randomUUID(), kind: 'PARTY_LECTURE' }] },
      })
    }
    await home.catchUp()
    const whole = await pull(recorder)
    const gatherings = keysOf(whole).filter((key) => key.startsWith(meetings.getGathering.id))
    expect(gatherings.length).toBeGreaterThan(30)
    expect(new Set(gatherings).size).toBe(gatherings.length)
    expect((await pull(recorder, whole.cursor)).entries).toEqual([])
    // Cut off after the first page, gone on with after something on it has changed: the end leads to now.
    const first = await recorder.call(getShelf)
    const planned = first.entries.find(({ answer }) => (answer as { state?: string } | null)?.state === 'PLANNED')
    const sent = planned?.params as Params
    await recorder.call(meetings.cancelGathering, { params: sent, body: { reason: '下大雨' } })
    await home.catchUp()
    const rest = await pull(recorder, first.cursor)
    expect(rest.entries.find((entry) => keyOf(entry) === gatheringKey(sent))?.answer).toMatchObject({ state: 'CANCELLED' })
  })

  test('of a group leader holds the meetings of the group, and what changes in them', async () => {
    const branch = home.node('甲村党支部')
    const groupId = randomUUID()
    const names = { name: '甲村第一党小组', nameFull: '甲村第一党小组', shortName: '第一党小组' }
    const where = { parentId: branch.id, path: pathUnder(branch.path, groupId), county: branch.county, areaCode: '532530000000' }
    const rest = { sector: 'RURAL' as const, unitSituation: 'SAME_AS_SUPERIOR' as const, units: [], contactName: '', contactPhone: '' }
    await home.inside((ctx) =>
      addOrganisations(ctx, [{ id: groupId, kind: 'GROUP', establishedOn: '2020-01-01', ...names, ...where, ...rest }]),
    )
    const group = await home.inside((ctx) => findNode(ctx, groupId))
    if (group === undefined) throw new Error('no group')
    const leader = await home.signIn('GROUP_LEADER', group, { name: '普阿诺', memberId: members[0] ?? '' })
    const own = { organisationId: groupId, gatheringId: randomUUID() }
    const segments = [{ id: randomUUID(), kind: 'GROUP_MEETING' as const }]
    const body = { title: '党小组会', segments, mode: 'ONSITE' as const, plannedStart: new Date().toISOString(), groupId }
    await leader.call(meetings.putGathering, { params: own, body })
    await home.catchUp()
    const first = await pull(leader)
    expect(keysOf(first)).toContain(gatheringKey(own))
    expect(keysOf(first)).not.toContain(gatheringKey(params))
    await recorder.call(meetings.cancelGathering, { params: { ...own, organisationId: branch.id }, body: { reason: '下大雨' } })
    await home.catchUp()
    const next = await pull(leader, first.cursor)
    expect(next.entries.find((entry) => keyOf(entry) === gatheringKey(own))?.answer).toMatchObject({ state: 'CANCELLED' })
  })

  test('has a theme-day kit from above before its day, and no longer once it was withdrawn', async () => {
    const town = home.node('甲镇党委')
    const publisher = await home.signIn('COMMITTEE_ADMIN', town)
    const kit = { organisationId: town.id, kitId: randomUUID() }
    const agenda = [{ id: randomUUID(), title: '诵读公约' }]
    const month = new Date().toISOString().slice(0, 7)
    const before = await pull(member)
    await publisher.call(putKit, {
      params: kit,
      body: { month, title: '守边护林', agenda, reading: '走一遍边境。', task: '', fileIds: [] },
    })
    const next = await pull(member, before.cursor)
    const organisationId = params.organisationId
    expect(keysOf(next)).toEqual([keyOf({ operation: getPlanBasis.id, params: { organisationId } })])
    expect(next.entries[0]?.answer).toMatchObject({ kits: [{ id: kit.kitId, title: '守边护林', agenda, reading: '走一遍边境。' }] })
    await publisher.call(withdrawKit, { params: kit, body: { version: 1 } })
    expect((await pull(member, next.cursor)).entries[0]?.answer).toMatchObject({ kits: [] })
  })

  test('for another post begins anew and holds nothing of the first', async () => {
    const foreign = await home.signIn('RECORDER', '丙村党支部')
    const { cursor } = await pull(recorder)
    const page = await pull(foreign, cursor)
    expect(keysOf(page)).not.toContain(gatheringKey(params))
    expect(page.held).not.toContain(shortKey(gatheringKey(params)))
    const asMember = await pull(member)
    expect(keysOf(asMember)).toContain(gatheringKey(params))
    expect(keysOf(asMember).some((key) => key.startsWith('members.listMembers'))).toBe(false)
  })
})
