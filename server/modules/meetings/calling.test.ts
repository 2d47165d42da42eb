/**
 * Given a branch of eleven with a group of three: who is called and answers, who is exempted and visited, what is said from the way, who
 * signs, what the secretary is advised before confirming, and how far a group's leader reaches.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putFile } from '#contract/files'
import * as meetings from '#contract/meetings'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import * as exemptions from '#contract/exemptions'
import type { BodyIn } from '#contract/operation'
import { listNotifications } from '#contract/notifications'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { addOrganisations, findNode, pathUnder } from '#organisations'
import { type Node, sql } from '#platform'

let place: OpenTestHouse
let secretary: Person
let recorder: Person
let member: Person
let leader: Person
let group: Node
let ids: string[]

beforeAll(async () => {
  place = await openTestHouse()
  ids = await place.addMembers('甲村党支部', 11)
  secretary = await place.signIn('BRANCH_SECRETARY', '甲村党支部', { name: '李阿普', memberId: id(0) })
  recorder = await place.signIn('RECORDER', '甲村党支部', { name: '白云芬', memberId: id(1) })
  member = await place.signIn('MEMBER', '甲村党支部', { name: '盘文亮', memberId: id(3) })
  const branch = place.node('甲村党支部')
  const groupId = randomUUID()
  const path = pathUnder(branch.path, groupId)
  const names = { name: '甲村第一党小组', nameFull: '甲村第一党小组', shortName: '第一党小组' }
  const where = { parentId: branch.id, path, county: branch.county, areaCode: '532530000000', establishedOn: '2020-01-01' }
  const rest = { sector: 'RURAL' as const, unitSituation: 'SAME_AS_SUPERIOR' as const, units: [], contactName: '', contactPhone: '' }
  await place.inside(async (ctx) => {
    await addOrganisations(ctx, [{ id: groupId, kind: 'GROUP', ...names, ...where, ...rest }])
    await ctx.query(sql`update members.member set group_id = ${groupId} where id = any(${ids.slice(4, 7)}::uuid[])`)
  })
  const found = await place.inside((ctx) => findNode(ctx, groupId))
  if (found === undefined) throw new Error('no group')
  group = found
  leader = await place.signIn('GROUP_LEADER', group, { name: '普阿诺', memberId: id(4) })
})
afterAll(() => place.close())

const id = (n: number): string => ids[n] ?? ''
const at = (gatheringId: string) => ({ organisationId: place.node('甲村党支部').id, gatheringId })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
type Plan = BodyIn<typeof meetings.putGathering>
type Record = BodyIn<typeof recording.putRecord>

const planFor = (more: Partial<Plan> = {}): Plan => ({
  title: '支部党员大会：讨论饮水管更换',
  segments: [{ id: randomUUID(), kind: 'GENERAL_MEETING' }],
  mode: 'HYBRID',
  place: '村活动室',
  plannedStart: inDays(1),
  hostId: id(0),
  agenda: [{ id: randomUUID(), title: '更换饮水管' }],
  ...more,
})

async function told(more: Partial<Plan> = {}): Promise<string> {
  const gatheringId = randomUUID()
  await recorder.call(meetings.putGathering, { params: at(gatheringId), body: planFor(more) })
  await recorder.call(meetings.notifyGathering, { params: at(gatheringId) })
  return gatheringId
}

const see = (gatheringId: string, by = recorder) => by.call(meetings.getGathering, { params: at(gatheringId) })
const change = async (gatheringId: string, more: Partial<Plan>) => {
  const { title, segments, mode, place: where, plannedStart, hostId, agenda, version } = await see(gatheringId)
  const body = { title, segments, mode, place: where, plannedStart, hostId, agenda, version, ...more }
  return recorder.call(meetings.putGathering, { params: at(gatheringId), body })
}
const inbox = async (person: Person, gatheringId: string) =>
  (await person.call(listNotifications)).items.filter((item) => item.href.includes(gatheringId)).toReversed()
const titles = async (person: Person, gatheringId: string) => (await inbox(person, gatheringId)).map(({ title }) => title.zh.slice(0, 4))

/** Begun two hours ago with so many in the room, the others on leave. */
async function begun(gatheringId: string, present = 11, began = inDays(-1 / 12)): Promise<void> {
  const started = await recorder.call(meetings.startGathering, { params: at(gatheringId), body: { at: began } })
  const rows = started.roster.map(({ memberId }, n) => ({
    memberId,
    state: n < present ? ('PRESENT_ONSITE' as const) : ('LEAVE' as const),
    deviceAt: began,
  }))
  await recorder.call(attendance.putAttendance, { params: at(gatheringId), body: { rows } })
}

async function recordFor(gatheringId: string, more: Partial<Record> = {}): Promise<Record> {
  const { actualStart, agenda, version } = await see(gatheringId)
  const start = actualStart ?? inDays(-1 / 12)
  return {
    actualStart: start,
    actualEnd: new Date(Date.parse(start) + 3_600_000).toISOString(),
    hostId: id(0),
    agenda: agenda.map((item) => ({ ...item, note: '全长 2.3 公里，先换上寨。' })),
    speeches: [{ memberId: id(1), gist: '先换上寨' }],
    minutes: '大家看了现场的照片，讨论并通过了更换饮水管的方案。',
    version,
    ...more,
  }
}
const write = async (gatheringId: string, more: Partial<Record> = {}) =>
  recorder.call(recording.putRecord, { params: at(gatheringId), body: await recordFor(gatheringId, more) })

describe('calling', () => {
  test('the notice carries the agenda, to members, observers and leaders; who will come is shown', async () => {
    const town = await place.signIn('COMMITTEE_ADMIN', '甲镇党委', { name: '周书记', memberId: randomUUID() })
    const { items: leaders } = await recorder.call(meetings.listLeaders, { params: { organisationId: at('').organisationId } })
    expect(leaders).toMatchObject([{ name: '周书记', memberId: town.memberId, organisationName: '甲镇党委' }])
    const guests = [
      { id: randomUUID(), memberId: town.memberId, name: '周书记', capacity: 'LEADER' as const },
      { id: randomUUID(), name: '入党积极分子小陶', capacity: 'OBSERVER' as const },
    ]
    const gatheringId = await told({ guests })
    expect(await inbox(member, gatheringId)).toMatchObject([{ body: { zh: expect.stringContaining('议题：1. 更换饮水管') } }])
    expect(await inbox(town, gatheringId)).toMatchObject([{ because: { zh: expect.stringContaining('双重组织生活') } }])

    const params = { ...at(gatheringId), memberId: id(3) }
    const answer = () => member.call(attendance.answerNotice, { params, body: { coming: true } })
    await answer()
    await answer()
    const { roster, expected } = await see(gatheringId)
    expect(expected).toBe(11)
    expect(roster.filter(({ expected: counted }) => !counted).map(({ name, capacity, hasVote }) => [name, capacity, hasVote])).toEqual(
      expect.arrayContaining([
        ['周书记', 'LEADER', false],
        ['入党积极分子小陶', 'OBSERVER', false],
      ]),
    )
    expect(roster.filter(({ coming }) => coming).map(({ memberId }) => memberId)).toEqual([id(3)])
    await member.call(attendance.askLeave, { params, body: { reason: 'ILLNESS' } })
    expect((await see(gatheringId)).roster.find(({ memberId }) => memberId === id(3))).toMatchObject({ state: 'LEAVE', coming: false })
    const other = await place.signIn('MEMBER', '甲村党支部', { memberId: id(5) })
    expect((await see(gatheringId, other)).roster.find(({ memberId }) => memberId === id(3))).toMatchObject({
      state: 'LEAVE',
      leaveReason: null,
    })
    await answer()
    expect((await see(gatheringId)).roster.find(({ memberId }) => memberId === id(3))).toMatchObject({ state: 'EXPECTED', coming: true })
    expect(await other.refusal(attendance.answerNotice, { params, body: { coming: true } })).toMatchObject({ code: 'NOT_YOURS' })
  })

  test('time or place changed: those who were told are told again each time, and of nothing else', async () => {
    const gatheringId = await told()
    await change(gatheringId, { title: '改题' })
    expect(await titles(member, gatheringId)).toEqual(['会议通知'])
    await change(gatheringId, { place: '小广场' })
    const first = (await see(gatheringId)).plannedStart
    const later = { reason: '暴雨', plannedStart: inDays(3) }
    await recorder.call(meetings.postponeGathering, { params: at(gatheringId), body: later })
    await change(gatheringId, { plannedStart: inDays(4) })
    await change(gatheringId, { plannedStart: first })
    await recorder.call(meetings.notifyGathering, { params: at(gatheringId) })
    expect(await titles(member, gatheringId)).toEqual(['会议通知', '地点变更', '改期通知', '改期通知', '改期通知'])
  })

  test('nobody who was told of nothing is told of a change', async () => {
    const gatheringId = randomUUID()
    await recorder.call(meetings.putGathering, { params: at(gatheringId), body: planFor() })
    await recorder.call(meetings.postponeGathering, { params: at(gatheringId), body: { reason: '农忙', plannedStart: inDays(2) } })
    await change(gatheringId, { place: '别处' })
    expect(await titles(member, gatheringId)).toEqual([])
    await recorder.call(meetings.notifyGathering, { params: at(gatheringId) })
    expect(await titles(member, gatheringId)).toEqual(['会议通知'])
  })
})

describe('the old and ill', () => {
  test('are exempted once a year, are not asked each time, and still count among those expected', async () => {
    const params = { organisationId: at('').organisationId, exemptionId: randomUUID() }
    const body = { memberId: id(9), year: Number(inDays(1).slice(0, 4)), reason: 'AGE_OR_DISABILITY' as const }
    const put = () => secretary.call(exemptions.putExemption, { params, body })
    expect(await put()).toEqual(await put())
    const again = { params: { ...params, exemptionId: randomUUID() }, body }
    expect(await secretary.refusal(exemptions.putExemption, again)).toMatchObject({ status: 400, fields: [{ path: 'body.memberId' }] })
    const stranger = { ...again, body: { ...body, memberId: randomUUID() } }
    expect(await secretary.refusal(exemptions.putExemption, stranger)).toMatchObject({ code: 'NOT_ON_ROSTER' })

    const gatheringId = await told()
    const { roster, expected } = await see(gatheringId)
    expect(expected).toBe(11)
    expect(roster.find(({ memberId }) => memberId === id(9))).toMatchObject({
      state: 'EXCUSED_LONG_TERM',
      leaveReason: 'AGE_OR_DISABILITY',
      expected: true,
      hasVote: true,
    })
    const visit = {
      params: { ...params, visitId: randomUUID() },
      body: { on: inDays(-1).slice(0, 10), visitors: '李阿普', brought: '新党章' },
    }
    await secretary.call(exemptions.putHomeVisit, visit)
    expect((await secretary.call(exemptions.putHomeVisit, visit)).visits).toHaveLength(1)
    const ahead = { params: { ...params, visitId: randomUUID() }, body: { ...visit.body, on: inDays(3).slice(0, 10) } }
    expect(await secretary.refusal(exemptions.putHomeVisit, ahead)).toMatchObject({ fields: [{ path: 'body.on' }] })

    const list = await recorder.call(exemptions.listExemptions, { params: { organisationId: params.organisationId } })
    expect(list).toMatchObject({ items: [{ memberId: id(9), visits: [{ brought: '新党章' }] }], means: [{ ruleId: 'MEET-EXEMPT' }, {}] })
    const neighbour = await place.signIn('BRANCH_SECRETARY', '乙村党支部')
    const there = { organisationId: place.node('乙村党支部').id }
    expect((await neighbour.call(exemptions.listExemptions, { params: there })).items).toEqual([])
    expect(await neighbour.refusal(exemptions.putHomeVisit, { ...visit, params: { ...visit.params, ...there } })).toMatchObject({
      status: 404,
    })

    const ended = { params, body: { ...body, endedOn: inDays(0).slice(0, 10), version: 2 } }
    await secretary.call(exemptions.putExemption, ended)
    expect((await see(await told())).roster.find(({ memberId }) => memberId === id(9))).toMatchObject({ state: 'EXPECTED' })
  })
})

describe('from the way', () => {
  test('words and a voice note are kept once and count as present online only when the recorder says so', async () => {
    const gatheringId = await told()
    await begun(gatheringId, 8)
    await recorder.call(attendance.putAttendance, {
      params: at(gatheringId),
      body: { rows: [{ memberId: id(3), state: 'EXPECTED', deviceAt: inDays(0) }] },
    })
    const fileId = randomUUID()
    await member.call(putFile, { params: { fileId }, query: { name: '发言.webm' }, body: Buffer.from('\x1a\x45\xdf\xa3voice', 'latin1') })
    const params = { ...at(gatheringId), contributionId: randomUUID() }
    const body = { text: '同意更换，下寨排第二段。', fileId, deviceAt: inDays(-0.05) }
    const put = () => member.call(attendance.putContribution, { params, body })
    expect(await put()).toEqual(await put())
    const other = { ...body, text: '别的' }
    expect(await member.refusal(attendance.putContribution, { params, body: other })).toMatchObject({ code: 'ID_TAKEN' })
    const empty = { text: ' ', fileId: null, deviceAt: inDays(0) }
    const elsewhere = { ...params, contributionId: randomUUID() }
    expect(await member.refusal(attendance.putContribution, { params: elsewhere, body: empty })).toMatchObject({
      fields: [{ path: 'body.text' }],
    })

    const seen = await see(gatheringId)
    expect(seen.contributions).toMatchObject([{ memberId: id(3), text: body.text, counts: null, file: { fileId } }])
    expect(seen.roster.find(({ memberId }) => memberId === id(3))).toMatchObject({ state: 'EXPECTED' })
    const heard = await recorder.ask(meetings.getGatheringFile, { params: { ...at(gatheringId), fileId } })
    expect(heard.status).toBe(200)

    const decide = (counts: boolean) => recorder.call(attendance.decideContribution, { params, body: { counts } })
    const state = async () => (await see(gatheringId)).roster.find(({ memberId }) => memberId === id(3))?.state
    await decide(true)
    expect((await decide(true)).contributions).toMatchObject([{ counts: true, decidedByName: '白云芬' }])
    expect(await state()).toBe('PRESENT_ONLINE')
    await decide(false)
    expect(await state()).toBe('EXPECTED')
  })
})

describe('minutes', () => {
  test('proposals and papers are kept; papers that do not add up are refused with the sum', async () => {
    const gatheringId = await told()
    await begun(gatheringId, 9)
    const vote = { itemId: randomUUID(), title: '通过方案', ballot: 'SECRET_PAPER' as const, agree: 7, against: 1, abstain: 0 }
    const papers = { given: 9, returned: 9, invalid: 1 }
    const speeches = [{ memberId: id(1), gist: '先换上寨', itemId: vote.itemId, proposal: true }]
    const { resolutions, ...written } = await write(gatheringId, { speeches, resolutions: [{ ...vote, papers }] })
    expect(written.speeches).toEqual(speeches)
    expect(resolutions).toMatchObject([{ passed: true, papers }])
    for (const wrong of [
      { given: 10, returned: 9, invalid: 1 },
      { given: 8, returned: 9, invalid: 1 },
      { given: 9, returned: 9, invalid: 0 },
    ]) {
      const body = await recordFor(gatheringId, { resolutions: [{ ...vote, papers: wrong }] })
      expect(await recorder.refusal(recording.putRecord, { params: at(gatheringId), body })).toMatchObject({
        code: 'VOTES_DO_NOT_ADD_UP',
        fields: [{ path: 'body.resolutions.0.papers' }],
      })
    }
  })

  test('sent again after a lost answer, upon the version it made itself, the record is done and nothing happens twice', async () => {
    const gatheringId = await told()
    await begun(gatheringId)
    const body = await recordFor(gatheringId)
    const { version } = await recorder.call(recording.putRecord, { params: at(gatheringId), body })
    const again = await recorder.call(recording.putRecord, { params: at(gatheringId), body: { ...body, version } })
    expect(again.version).toBe(version)
    const { recorded } = await place.inside((ctx) =>
      ctx.get(sql<{ recorded: number }>`
        select count(*)::int as recorded from platform.event where subject_id = ${gatheringId} and type = 'meetings.gathering.recorded'`),
    )
    expect(recorded).toBe(1)
  })

  test('recorder and host sign each for themselves; written again it has to be signed again', async () => {
    const gatheringId = await told({ hostId: id(3) })
    await begun(gatheringId)
    const written = await write(gatheringId, { hostId: id(3), sign: true })
    expect(written.signatures).toMatchObject([{ as: 'RECORDER', name: '白云芬' }])
    const signing = (person: Person, version: number) => ({ person, asked: { params: at(gatheringId), body: { version } } })
    const stranger = await place.signIn('MEMBER', '甲村党支部', { memberId: id(6) })
    expect(await stranger.refusal(recording.signRecord, signing(stranger, written.version).asked)).toMatchObject({ code: 'NOT_YOURS' })
    expect(await see(gatheringId, member)).toMatchObject({ maySign: true })
    const signed = await member.call(recording.signRecord, signing(member, written.version).asked)
    expect(signed).toMatchObject({ maySign: false, signatures: [{ as: 'RECORDER' }, { as: 'HOST', name: '盘文亮' }] })
    expect((await write(gatheringId, { hostId: id(3), minutes: '重写。' })).signatures).toEqual([])
  })

  test('the secretary who hosted signs by confirming', async () => {
    const gatheringId = await told()
    await begun(gatheringId)
    const { version } = await write(gatheringId, { sign: true })
    const confirmed = await secretary.call(recording.confirmGathering, { params: at(gatheringId), body: { version } })
    expect(confirmed.signatures).toMatchObject([{ as: 'RECORDER' }, { as: 'HOST', name: '李阿普' }])
  })
})

describe('the record check', () => {
  const advice = async (gatheringId: string, by = secretary) =>
    (await by.call(recording.checkRecord, { params: at(gatheringId) })).items.map(({ about, sentence }) => `${about} ${sentence.zh}`)

  test('says nothing of a plain record, and points at what is odd in sentences', async () => {
    const plain = await told()
    await begun(plain, 11, inDays(-5))
    await write(plain, { minutes: '七月的事情：修了水渠，栽了三百棵核桃苗，请了农科站的人来讲嫁接。', speeches: [], agenda: [] })
    const twin = await told({ segments: (['GENERAL_MEETING', 'THEME_DAY'] as const).map((kind) => ({ id: randomUUID(), kind })) })
    await begun(twin, 10, inDays(-5))
    const picture = randomUUID()
    const bytes = Buffer.from('%PDF-1.4 same')
    await recorder.call(putFile, { params: { fileId: picture }, query: { name: '现场.pdf' }, body: bytes })
    const start = inDays(-5)
    const again = randomUUID()
    await recorder.call(putFile, { params: { fileId: again }, query: { name: '现场二.pdf' }, body: bytes })
    const first = await recordFor(plain, {
      fileIds: [picture],
      minutes: '七月的事情：修了水渠，栽了三百棵核桃苗，请了农科站的人来讲嫁接。',
      speeches: [],
      agenda: [],
    })
    await recorder.call(recording.putRecord, { params: at(plain), body: first })
    await write(twin, {
      actualStart: start,
      actualEnd: new Date(Date.parse(start) + 240_000).toISOString(),
      fileIds: [again],
      minutes: '七月的事情：修了水渠，栽了三百棵核桃苗，请了农科站的人来讲嫁接！',
      speeches: [],
      agenda: [],
    })
    const said = await advice(twin)
    for (const expected of [
      'TIMES 前后只有 4 分钟',
      'TIMES 开始的日子和通知的不是同一天',
      'OVERLAP 同一时间还记了',
      'TEXT 文字和“支部党员大会：讨论饮水管更换”',
      'PHOTO 附件“现场二.pdf”',
      'PARTS 没有写议题',
      'LINES 合开了支部党员大会、主题党日，议题却只有 0 项',
    ]) {
      expect(
        said.some((line) => line.startsWith(expected)),
        `${expected} in ${said.join(' | ')}`,
      ).toBe(true)
    }
    const recorderSees = await recorder.refusal(recording.checkRecord, { params: at(twin) })
    expect(recorderSees).toMatchObject({ status: 403 })
    const above = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
    expect(await above.refusal(recording.checkRecord, { params: at(twin) })).toMatchObject({ status: 403 })
  })
})

describe('a group leader', () => {
  const through = (gatheringId: string) => ({ organisationId: group.id, gatheringId })
  const ofGroup = (more: Partial<Plan> = {}) =>
    planFor({ title: '党小组会', segments: [{ id: randomUUID(), kind: 'GROUP_MEETING' }], groupId: group.id, hostId: id(4), ...more })

  test('calls, holds and records the meetings of the own group; the secretary confirms', async () => {
    const gatheringId = randomUUID()
    const params = through(gatheringId)
    await leader.call(meetings.putGathering, { params, body: ofGroup() })
    const called = await leader.call(meetings.notifyGathering, { params })
    expect(called.organisationId).toBe(group.id)
    expect(called.roster.map(({ memberId }) => memberId).toSorted()).toEqual(ids.slice(4, 7).toSorted())
    const began = inDays(-0.1)
    await leader.call(meetings.startGathering, { params, body: { at: began } })
    const rows = ids.slice(4, 7).map((memberId) => ({ memberId, state: 'PRESENT_ONSITE' as const, deviceAt: began }))
    const { version } = await leader.call(attendance.putAttendance, { params, body: { rows } })
    const body = { actualStart: began, actualEnd: inDays(-0.05), hostId: id(4), agenda: [], minutes: '分工巡水渠。', sign: true, version }
    const written = await leader.call(recording.putRecord, { params, body })
    expect(written).toMatchObject({ state: 'DRAFT_MINUTES', mayConfirm: false, present: 3 })
    expect(written.signatures.map(({ as }) => as).toSorted()).toEqual(['HOST', 'RECORDER'])
    expect(await leader.refusal(recording.confirmGathering, { params, body: { version: written.version } })).toMatchObject({ status: 403 })
    const confirmed = await secretary.call(recording.confirmGathering, { params: at(gatheringId), body: { version: written.version } })
    expect(confirmed).toMatchObject({ state: 'CONFIRMED', organisationId: place.node('甲村党支部').id })
    const { items } = await leader.call(meetings.listGatherings, { params: { organisationId: group.id } })
    expect(items.map((item) => item.id)).toEqual([gatheringId])
  })

  test('reaches nothing else: no meeting of the branch, of another group, or of another kind', async () => {
    const ofBranch = await told()
    expect(await leader.refusal(meetings.getGathering, { params: through(ofBranch) })).toMatchObject({ status: 404 })
    expect(await leader.refusal(meetings.getGathering, { params: at(ofBranch) })).toMatchObject({ status: 404 })
    expect(await leader.refusal(meetings.cancelGathering, { params: through(ofBranch), body: { reason: '不开了' } })).toMatchObject({
      status: 404,
    })
    for (const body of [planFor(), ofGroup({ groupId: randomUUID() }), { ...planFor(), groupId: group.id }]) {
      expect(await leader.refusal(meetings.putGathering, { params: through(randomUUID()), body })).toMatchObject({
        code: 'KIND_NOT_APPLICABLE',
      })
    }
    expect(await leader.refusal(meetings.putGathering, { params: through(ofBranch), body: ofGroup() })).toMatchObject({ code: 'ID_TAKEN' })
  })
})
