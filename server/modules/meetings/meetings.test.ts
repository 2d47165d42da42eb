/** Given a branch of eleven members, a secretary and a recorder: a meeting from plan to archive, and everything that can go wrong on the way. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BodyIn, ReturnsOf } from '#contract/operation'
import { putAttendance } from '#contract/attendance'
import {
  cancelGathering,
  getGathering,
  listGatherings,
  listMyGatherings,
  notifyGathering,
  postponeGathering,
  putGathering,
  startGathering,
} from '#contract/meetings'
import { amendGathering, archiveGathering, confirmGathering, putRecord } from '#contract/record'
import { listNotifications } from '#contract/notifications'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { addOrganisations, pathUnder, setSeats } from '#organisations'
import { sql } from '#platform'
import { dayOf } from '#rules'

let place: OpenTestHouse
let secretary: Person
let recorder: Person
let member: Person
let ids: string[]

beforeAll(async () => {
  place = await openTestHouse()
  ids = await place.addMembers('甲村党支部', 11)
  secretary = await place.signIn('BRANCH_SECRETARY', '甲村党支部', { name: '李阿普', memberId: id(0) })
  recorder = await place.signIn('RECORDER', '甲村党支部', { name: '白云芬', memberId: id(1) })
  member = await place.signIn('MEMBER', '甲村党支部', { name: '盘文亮', memberId: id(3) })
})
afterAll(() => place.close())

const id = (n: number): string => ids[n] ?? ''
const at = (gatheringId: string, branch = '甲村党支部') => ({ organisationId: place.node(branch).id, gatheringId })
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
type Plan = BodyIn<typeof putGathering>
type Kind = Plan['segments'][number]['kind']
type Record = BodyIn<typeof putRecord>
type Gathering = ReturnsOf<typeof getGathering>

const planFor = (kinds: readonly Kind[], more: Partial<Plan> = {}): Plan => ({
  title: '支部党员大会：讨论饮水管更换',
  segments: kinds.map((kind) => ({ id: randomUUID(), kind })),
  mode: 'HYBRID',
  place: '村活动室',
  plannedStart: daysFromNow(1),
  ...more,
})

async function planned(kinds: readonly Kind[] = ['GENERAL_MEETING'], more: Partial<Plan> = {}): Promise<string> {
  const gatheringId = randomUUID()
  await recorder.call(putGathering, { params: at(gatheringId), body: planFor(kinds, more) })
  return gatheringId
}

/** Planned and begun, with so many of the eleven present. */
async function begun(present: number, kinds?: readonly Kind[], began = daysFromNow(-0.1)): Promise<string> {
  const gatheringId = await planned(kinds)
  await recorder.call(startGathering, { params: at(gatheringId), body: { at: began } })
  await callRoll(gatheringId, present)
  return gatheringId
}

const callRoll = (gatheringId: string, present: number, online = 0) =>
  recorder.call(putAttendance, {
    params: at(gatheringId),
    body: {
      rows: ids.map((memberId, n) => ({
        memberId,
        state: n < online ? ('PRESENT_ONLINE' as const) : n < present ? ('PRESENT_ONSITE' as const) : ('LEAVE' as const),
        leaveReason: n < present ? null : ('BORDER_PATROL' as const),
        deviceAt: daysFromNow(0),
      })),
    },
  })

const see = (gatheringId: string, by: Person = recorder): Promise<Gathering> => by.call(getGathering, { params: at(gatheringId) })
const recordFor = (gathering: Gathering, more: Partial<Record> = {}): Record => ({
  actualStart: gathering.actualStart ?? daysFromNow(-0.1),
  actualEnd: new Date(Date.parse(gathering.actualStart ?? daysFromNow(-0.1)) + 3_600_000).toISOString(),
  hostId: id(0),
  agenda: [{ id: randomUUID(), title: '方案', note: '全长 2.3 公里' }],
  speeches: [{ memberId: id(1), gist: '先换上寨' }],
  minutes: '讨论并通过方案。',
  version: gathering.version,
  ...more,
})
const write = async (gatheringId: string, more: Partial<Record> = {}) =>
  recorder.call(putRecord, { params: at(gatheringId), body: recordFor(await see(gatheringId), more) })
const confirm = async (gatheringId: string, by: Person = secretary) =>
  by.call(confirmGathering, { params: at(gatheringId), body: { version: (await see(gatheringId)).version } })
const eventsOf = async (gatheringId: string) => {
  const rows = await place.inside((ctx) =>
    ctx.query(sql<{ type: string }>`select type from platform.event where subject_id = ${gatheringId} order by position`),
  )
  return rows.map((row) => row.type.replace('meetings.gathering.', ''))
}
const vote = (more: Partial<NonNullable<Record['resolutions']>[number]> = {}) => ({
  itemId: randomUUID(),
  title: '通过方案',
  ballot: 'HANDS' as const,
  agree: 6,
  against: 0,
  abstain: 0,
  ...more,
})

describe('the life of a meeting', () => {
  test('planned, told, begun, held, recorded, confirmed by another, filed, corrected', async () => {
    const gatheringId = await planned(['GENERAL_MEETING', 'THEME_DAY'])
    expect(await see(gatheringId)).toMatchObject({ state: 'PLANNED', roster: [] })

    const told = await recorder.call(notifyGathering, { params: at(gatheringId) })
    expect(told.state).toBe('NOTIFIED')
    expect(told.roster).toHaveLength(11)
    const { items: inbox } = await member.call(listNotifications)
    expect(inbox.filter((notice) => notice.href.includes(gatheringId))).toMatchObject([
      { title: { zh: expect.stringContaining('会议通知') } },
    ])

    await recorder.call(startGathering, { params: at(gatheringId), body: { at: daysFromNow(0) } })
    expect(await callRoll(gatheringId, 7)).toMatchObject({
      state: 'IN_PROGRESS',
      expected: 11,
      present: 7,
      verdicts: [{ valid: true, need: 6 }, { valid: true }],
    })

    const recorded = await write(gatheringId)
    expect(recorded).toMatchObject({ state: 'DRAFT_MINUTES', recorderName: '白云芬', mayConfirm: false })
    expect(await see(gatheringId, secretary)).toMatchObject({ mayConfirm: true })

    const confirmed = await confirm(gatheringId)
    expect(confirmed).toMatchObject({ state: 'CONFIRMED', confirmedByName: '李阿普', expected: 11, present: 7, lateEntry: false })
    expect(confirmed.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(confirmed.verdicts[0]).toMatchObject({
      kind: 'GENERAL_MEETING',
      valid: true,
      eligible: 11,
      present: 7,
      need: 6,
      ruleId: 'MEET-GENERAL-Q',
    })
    expect(await secretary.call(archiveGathering, { params: at(gatheringId) })).toMatchObject({ state: 'ARCHIVED' })

    const params = { ...at(gatheringId), amendmentId: randomUUID() }
    const body = { field: 'minutes' as const, new: '讨论并通过方案，先换上寨。', reason: '漏记次序' }
    const amended = await secretary.call(amendGathering, { params, body })
    expect(amended).toMatchObject({
      minutes: body.new,
      amendments: [{ field: 'minutes', old: '讨论并通过方案。', new: body.new, byName: '李阿普' }],
    })
    expect(amended.digest).toBe(confirmed.digest)
    expect((await secretary.call(amendGathering, { params, body })).amendments).toHaveLength(1)
    expect(await secretary.refusal(amendGathering, { params, body: { ...body, new: '别的' } })).toMatchObject({ code: 'ID_TAKEN' })
    for (const wrong of [
      { field: 'title' as const, new: '' },
      { field: 'title' as const, new: '长'.repeat(121) },
      { field: 'place' as const, new: '长'.repeat(121) },
    ]) {
      const refused = await secretary.refusal(amendGathering, {
        params: { ...params, amendmentId: randomUUID() },
        body: { ...wrong, reason: '改' },
      })
      expect(refused).toMatchObject({ status: 400, fields: [{ path: 'body.new' }] })
    }
    expect(await eventsOf(gatheringId)).toEqual([
      'planned',
      'notified',
      'started',
      'rollCalled',
      'recorded',
      'confirmed',
      'archived',
      'amended',
    ])

    const mine = await member.call(listMyGatherings)
    expect(mine.items.find((item) => item.id === gatheringId)).toMatchObject({ my: { state: 'PRESENT_ONSITE', expected: true } })
    expect(mine).toMatchObject({ present: 1, expected: 1 })
  })

  test('the recorder cannot confirm, not even with the post of a secretary', async () => {
    const gatheringId = await begun(11)
    const both = await place.signIn('BRANCH_SECRETARY', '甲村党支部', { name: '一人两岗' })
    const written = await both.call(putRecord, { params: at(gatheringId), body: recordFor(await see(gatheringId)) })
    expect(written.mayConfirm).toBe(false)
    const body = { version: written.version }
    expect(await both.refusal(confirmGathering, { params: at(gatheringId), body })).toMatchObject({ status: 409, code: 'SAME_PERSON' })
    expect(await recorder.refusal(confirmGathering, { params: at(gatheringId), body })).toMatchObject({ status: 403 })
    expect(await see(gatheringId)).toMatchObject({ state: 'DRAFT_MINUTES', digest: null })
  })

  test('each step sent twice, or twice at once, happens once', async () => {
    const gatheringId = randomUUID()
    const body = planFor(['THEME_DAY'])
    const plan = () => recorder.call(putGathering, { params: at(gatheringId), body })
    await Promise.all([plan(), plan()])
    await plan()
    const notify = () => recorder.call(notifyGathering, { params: at(gatheringId) })
    await Promise.all([notify(), notify()])
    const began = daysFromNow(-0.05)
    const start = () => recorder.call(startGathering, { params: at(gatheringId), body: { at: began } })
    await Promise.all([start(), start()])
    await callRoll(gatheringId, 9)
    const record = recordFor(await see(gatheringId))
    const send = () => recorder.call(putRecord, { params: at(gatheringId), body: record })
    const [one, two] = await Promise.all([send(), send()])
    expect(one.version).toBe(two.version)
    const confirmation = { version: one.version }
    const agree = () => secretary.call(confirmGathering, { params: at(gatheringId), body: confirmation })
    await Promise.all([agree(), agree()])
    expect((await send()).state).toBe('CONFIRMED')
    const file = () => secretary.call(archiveGathering, { params: at(gatheringId) })
    await Promise.all([file(), file()])
    expect(await eventsOf(gatheringId)).toEqual(['planned', 'notified', 'started', 'rollCalled', 'recorded', 'confirmed', 'archived'])
  })

  test('an older version is refused, by plan, by record and by confirmation', async () => {
    const gatheringId = await planned()
    const again = planFor(['GENERAL_MEETING'], { title: '改题' })
    expect(await recorder.refusal(putGathering, { params: at(gatheringId), body: again })).toMatchObject({ code: 'ID_TAKEN' })
    await recorder.call(putGathering, { params: at(gatheringId), body: { ...again, version: 1 } })
    expect(await recorder.refusal(putGathering, { params: at(gatheringId), body: { ...again, title: '再改', version: 1 } })).toMatchObject({
      code: 'STALE_VERSION',
    })
    await recorder.call(startGathering, { params: at(gatheringId), body: { at: daysFromNow(-0.1) } })
    await callRoll(gatheringId, 8)
    const seen = await see(gatheringId)
    const first = await recorder.call(putRecord, { params: at(gatheringId), body: recordFor(seen) })
    const stale = recordFor(seen, { minutes: '另一份' })
    expect(await recorder.refusal(putRecord, { params: at(gatheringId), body: stale })).toMatchObject({ code: 'STALE_VERSION' })
    await callRoll(gatheringId, 7)
    const refused = await secretary.refusal(confirmGathering, { params: at(gatheringId), body: { version: first.version } })
    expect(refused).toMatchObject({ code: 'STALE_VERSION' })
  })
})

describe('too few', () => {
  test.each([
    [5, false, '还差1人'],
    [6, true, '达到法定人数'],
  ])('%i of 11 at a general meeting: valid is %s, and the sentence says why', async (present, valid, words) => {
    const gatheringId = await begun(present)
    await write(gatheringId)
    const { state, verdicts, present: counted } = await confirm(gatheringId)
    expect({ state, counted }).toEqual({ state: 'CONFIRMED', counted: present })
    expect(verdicts).toMatchObject([{ valid, eligible: 11, present, need: 6 }])
    expect(verdicts[0]?.sentence.zh).toContain(words)
    expect(verdicts[0]?.sentence.zh).toContain('第十一条')
    const kinds = await place.inside((ctx) =>
      ctx.get(
        sql<{
          kinds: string[]
        }>`select data->'kinds' as kinds from platform.event where subject_id = ${gatheringId} and type like '%.confirmed'`,
      ),
    )
    expect(kinds).toEqual({ kinds: valid ? ['GENERAL_MEETING'] : [] })
  })

  test('a committee meeting counts its committee only; without a committee it cannot be planned', async () => {
    const body = planFor(['COMMITTEE_MEETING'])
    const refused = await recorder.refusal(putGathering, { params: at(randomUUID()), body })
    expect(refused).toMatchObject({ code: 'KIND_NOT_APPLICABLE', fields: [{ path: 'body.segments' }] })
    await place.inside(async (ctx) => {
      const organisationId = place.node('甲村党支部').id
      await ctx.query(
        sql`insert into organisations.term (organisation_id, seq, start_on, nominal_end_on) values (${organisationId}, 1, '2024-01-01', '2029-01-01')`,
      )
      const roles = ['书记', '组织委员', '宣传委员'] as const
      const seats = roles.map((role, n) => ({
        role,
        memberId: id(n),
        name: '某',
        from: '2024-01-01',
        until: null,
        source: 'ELECTED' as const,
      }))
      await setSeats(ctx, [{ organisationId, seats }])
    })
    const gatheringId = randomUUID()
    await recorder.call(putGathering, { params: at(gatheringId), body })
    const started = await recorder.call(startGathering, { params: at(gatheringId), body: { at: daysFromNow(-0.1) } })
    expect(started.roster.map((row) => row.memberId).toSorted()).toEqual(ids.slice(0, 3).toSorted())
    expect(started.verdicts).toMatchObject([{ valid: false, eligible: 3, present: 0, need: 2, ruleId: 'MEET-COMMITTEE-Q' }])
    const stranger = { memberId: id(7), state: 'PRESENT_ONSITE' as const, deviceAt: daysFromNow(0) }
    expect(await recorder.refusal(putAttendance, { params: at(gatheringId), body: { rows: [stranger] } })).toMatchObject({
      code: 'NOT_ON_ROSTER',
      fields: [{ path: 'body.rows.0.memberId' }],
    })
  })

  test('those on probation come, but do not count among those with a vote', async () => {
    await place.inside((ctx) =>
      ctx.query(sql`update members.member set stage = 'PROBATIONARY', full_member_on = null where id = ${id(10)}`),
    )
    try {
      const gatheringId = await begun(5)
      expect(await see(gatheringId)).toMatchObject({
        expected: 11,
        present: 5,
        verdicts: [{ eligible: 10, present: 5, need: 5, valid: true }],
      })
    } finally {
      await place.inside((ctx) => ctx.query(sql`update members.member set stage = 'FULL', full_member_on = joined_on where id = ${id(10)}`))
    }
  })
})

describe('resolutions', () => {
  test('pass by more than half of those expected with a vote, not of those present', async () => {
    const gatheringId = await begun(8)
    const { resolutions } = await write(gatheringId, { resolutions: [vote({ agree: 5, against: 3 }), vote({ agree: 6, against: 2 })] })
    expect(resolutions).toMatchObject([{ passed: false, eligible: 11, present: 8 }, { passed: true }])
    expect(resolutions[0]?.sentence.zh).toContain('还差1票')
  })

  test('an admission counts written opinions of the absent; an election counts the room only', async () => {
    const gatheringId = await begun(9)
    await callRoll(gatheringId, 9, 2)
    const { resolutions } = await write(gatheringId, {
      resolutions: [
        vote({ kind: 'ADMISSION', agree: 5, against: 4, writtenOpinions: 1 }),
        vote({ kind: 'ELECTION', ballot: 'SECRET_PAPER', agree: 7 }),
      ],
    })
    expect(resolutions).toMatchObject([
      { kind: 'ADMISSION', passed: true, present: 9 },
      { kind: 'ELECTION', passed: false, present: 7, ruleId: 'ELEC-QUORUM' },
    ])
    expect(resolutions[1]?.sentence.zh).toContain('还差2人')
  })

  test.each([
    [{ agree: 7, against: 1, abstain: 1 }, 'body.resolutions.0.agree'],
    [{ agree: 6, writtenOpinions: 1 }, 'body.resolutions.0.writtenOpinions'],
    [{ kind: 'ADMISSION' as const, agree: 6, writtenOpinions: 4 }, 'body.resolutions.0.writtenOpinions'],
  ])('votes that do not add up are refused with the sum: %j', async (more, path) => {
    const gatheringId = await begun(8)
    const refused = await recorder.refusal(putRecord, {
      params: at(gatheringId),
      body: recordFor(await see(gatheringId), { resolutions: [vote(more)] }),
    })
    expect(refused).toMatchObject({ status: 400, code: 'VOTES_DO_NOT_ADD_UP', fields: [{ path }] })
  })

  test('are judged again when the roll is corrected after the record', async () => {
    const gatheringId = await begun(8)
    await write(gatheringId, { resolutions: [vote({ agree: 6, against: 0 })] })
    await callRoll(gatheringId, 6)
    expect(await see(gatheringId)).toMatchObject({ resolutions: [{ passed: true, present: 6 }] })
    const rows = [{ memberId: id(5), state: 'ABSENT' as const, deviceAt: daysFromNow(0) }]
    expect(await recorder.refusal(putAttendance, { params: at(gatheringId), body: { rows } })).toMatchObject({
      code: 'VOTES_DO_NOT_ADD_UP',
    })
    expect(await see(gatheringId)).toMatchObject({ present: 6 })
  })
})

describe('late, moved, called off', () => {
  test('a record written later than the rule allows needs a reason and stays marked', async () => {
    const gatheringId = await begun(9, ['THEME_DAY'], daysFromNow(-20))
    const refused = await recorder.refusal(putRecord, { params: at(gatheringId), body: recordFor(await see(gatheringId)) })
    expect(refused).toMatchObject({ code: 'LATE_REASON_NEEDED', fields: [{ path: 'body.lateReason' }] })
    await write(gatheringId, { lateReason: '连续暴雨断网' })
    expect(await confirm(gatheringId)).toMatchObject({ lateEntry: true, lateReason: '连续暴雨断网' })
  })

  test('a reason given in time is not kept, and the record is not marked', async () => {
    const gatheringId = await begun(9, ['THEME_DAY'])
    expect(await write(gatheringId, { lateReason: '多余' })).toMatchObject({ lateEntry: false, lateReason: '' })
  })

  test('moved to another day: those who were told are told again, once', async () => {
    const gatheringId = await planned(['THEME_DAY'])
    await recorder.call(notifyGathering, { params: at(gatheringId) })
    const body = { reason: '暴雨', plannedStart: daysFromNow(3) }
    expect(await recorder.call(postponeGathering, { params: at(gatheringId), body })).toMatchObject({ state: 'POSTPONED' })
    await recorder.call(postponeGathering, { params: at(gatheringId), body })
    await recorder.call(notifyGathering, { params: at(gatheringId) })
    const county = await place.signIn('ORG_DEPARTMENT', '甲县委', {})
    const [before, after] = [daysFromNow(1), body.plannedStart].map((moment) => dayOf(new Date(moment)))
    const thatDay = (from: string) =>
      county.call(listGatherings, { params: { organisationId: place.node('甲县委').id }, query: { kind: 'THEME_DAY', from, until: from } })
    expect((await thatDay(after ?? '')).items.map((item) => item.id)).toContain(gatheringId)
    expect((await thatDay(before ?? '')).items.map((item) => item.id)).not.toContain(gatheringId)
    const titles = (await member.call(listNotifications)).items
      .filter((item) => item.href.includes(gatheringId))
      .map((item) => item.title.zh.slice(0, 4))
    expect(titles.toSorted()).toEqual(['会议通知', '改期通知'])
    const wrong = { ...body, plannedEnd: daysFromNow(2) }
    expect(await recorder.refusal(postponeGathering, { params: at(gatheringId), body: wrong })).toMatchObject({
      fields: [{ path: 'body.plannedEnd' }],
    })
  })

  test('called off with a reason: told, never counted, nothing more can be done', async () => {
    const gatheringId = await planned(['THEME_DAY'])
    await recorder.call(notifyGathering, { params: at(gatheringId) })
    expect(await recorder.call(cancelGathering, { params: at(gatheringId), body: { reason: '塌方' } })).toMatchObject({
      state: 'CANCELLED',
      cancelReason: '塌方',
    })
    const refused = await recorder.refusal(startGathering, { params: at(gatheringId), body: { at: daysFromNow(0) } })
    expect(refused).toMatchObject({ status: 409, code: 'WRONG_STATE' })
    expect(refused.detail).toContain('已取消')
    const told = (await member.call(listNotifications)).items.filter((item) => item.href.includes(gatheringId))
    expect(told.map((item) => item.title.zh.slice(0, 4))).toContain('活动取消')
  })
})

describe('what does not fit', () => {
  test.each([
    [{ segments: [] }, 400, 'body.segments'],
    [
      {
        segments: [
          { id: randomUUID(), kind: 'THEME_DAY' as const },
          { id: randomUUID(), kind: 'THEME_DAY' as const },
        ],
      },
      400,
      'body.segments',
    ],
    [{ plannedEnd: daysFromNow(-1) }, 400, 'body.plannedEnd'],
    [{ title: '' }, 400, 'body.title'],
    [{ groupId: randomUUID() }, 400, 'body.groupId'],
  ])('a plan with %j is refused and named', async (more, status, path) => {
    const gatheringId = randomUUID()
    const refused = await recorder.refusal(putGathering, { params: at(gatheringId), body: planFor(['THEME_DAY'], more) })
    expect(refused).toMatchObject({ status, fields: [{ path }] })
    expect(await recorder.refusal(getGathering, { params: at(gatheringId) })).toMatchObject({ status: 404 })
  })

  test('a committee meeting and a theme day have different rosters and are planned apart; one id is one segment', async () => {
    const both = planFor(['COMMITTEE_MEETING', 'THEME_DAY'])
    expect(await recorder.refusal(putGathering, { params: at(randomUUID()), body: both })).toMatchObject({ code: 'KIND_NOT_APPLICABLE' })
    const first = planFor(['THEME_DAY'])
    await recorder.call(putGathering, { params: at(randomUUID()), body: first })
    const second = { ...planFor(['THEME_DAY']), segments: first.segments }
    expect(await recorder.refusal(putGathering, { params: at(randomUUID()), body: second })).toMatchObject({ code: 'ID_TAKEN' })
  })

  test('a group meeting names a group of the branch, and only its members are expected', async () => {
    const branch = place.node('甲村党支部')
    const groupId = randomUUID()
    await place.inside(async (ctx) => {
      await addOrganisations(ctx, [
        {
          id: groupId,
          kind: 'GROUP',
          name: '甲村第一党小组',
          nameFull: '甲村第一党小组',
          shortName: '第一党小组',
          sector: 'RURAL',
          unitSituation: 'SAME_AS_SUPERIOR',
          units: [],
          parentId: branch.id,
          path: pathUnder(branch.path, groupId),
          county: branch.county,
          areaCode: '532530000000',
          contactName: '',
          contactPhone: '',
          establishedOn: '2020-01-01',
        },
      ])
      await ctx.query(sql`update members.member set group_id = ${groupId} where id = any(${ids.slice(4, 7)}::uuid[])`)
    })
    expect(await recorder.refusal(putGathering, { params: at(randomUUID()), body: planFor(['GROUP_MEETING']) })).toMatchObject({
      fields: [{ path: 'body.groupId' }],
    })
    const gatheringId = await planned(['GROUP_MEETING'], { groupId })
    const { roster } = await recorder.call(notifyGathering, { params: at(gatheringId) })
    expect(roster.map((row) => row.memberId).toSorted()).toEqual(ids.slice(4, 7).toSorted())
  })

  test.each([
    [{ actualEnd: daysFromNow(-1) }, 'body.actualEnd'],
    [{ actualEnd: daysFromNow(3) }, 'body.actualEnd'],
    [{ actualStart: daysFromNow(1), actualEnd: daysFromNow(1.1) }, 'body.actualStart'],
    [{ hostId: randomUUID() }, 'body.hostId'],
    [{ speeches: [{ memberId: randomUUID(), gist: '外人' }] }, 'body.speeches.0.memberId'],
    [{ fileIds: [randomUUID()] }, 'body.fileIds.0'],
  ])('a record with %j is refused and named', async (more, path) => {
    const gatheringId = await begun(9)
    const refused = await recorder.refusal(putRecord, { params: at(gatheringId), body: recordFor(await see(gatheringId), more) })
    expect(refused).toMatchObject({ status: 400, fields: [{ path }] })
    expect(await see(gatheringId)).toMatchObject({ state: 'IN_PROGRESS' })
  })

  test('an empty record is not confirmed', async () => {
    const gatheringId = await begun(9)
    await write(gatheringId, { minutes: ' ', agenda: [] })
    const { version } = await see(gatheringId)
    expect(await secretary.refusal(confirmGathering, { params: at(gatheringId), body: { version } })).toMatchObject({
      code: 'RECORD_INCOMPLETE',
    })
  })

  test('a gathering is found at its own organisation only, and not by other branches', async () => {
    const gatheringId = await planned()
    const other = await place.signIn('BRANCH_SECRETARY', '乙村党支部')
    expect(await other.refusal(getGathering, { params: at(gatheringId) })).toMatchObject({ status: 404 })
    expect(await other.refusal(getGathering, { params: at(gatheringId, '乙村党支部') })).toMatchObject({ status: 404 })
    const body = planFor(['THEME_DAY'])
    expect(await other.refusal(putGathering, { params: at(gatheringId, '乙村党支部'), body })).toMatchObject({ code: 'ID_TAKEN' })
    const { items } = await other.call(listGatherings, { params: { organisationId: place.node('乙村党支部').id } })
    expect(items).toEqual([])
  })

  test('lists are paged and hold each gathering once', async () => {
    const { organisationId } = at('')
    const all = (await recorder.call(listGatherings, { params: { organisationId }, query: { limit: 200 } })).items.map((item) => item.id)
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await recorder.call(listGatherings, { params: { organisationId }, query: { limit: 7, cursor } })
      paged.push(...page.items.map((item) => item.id))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(paged).toEqual(all)
    expect(new Set(paged).size).toBe(all.length)
    const only = await recorder.call(listGatherings, { params: { organisationId }, query: { kind: 'GROUP_MEETING' } })
    expect(only.items).toHaveLength(1)
    expect(await recorder.refusal(listGatherings, { params: { organisationId }, query: { cursor: 'x~y' } })).toMatchObject({ status: 400 })
  })
})
