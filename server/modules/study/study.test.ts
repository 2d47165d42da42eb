/** Study: packs reach those below and come down in parts, collective study counts for who was there, nothing else is kept. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putFile } from '#contract/files'
import * as recording from '#contract/record'
import * as attendance from '#contract/attendance'
import * as members from '#contract/members'
import type { BodyIn } from '#contract/operation'
import * as study from '#contract/study'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { rebuild } from '#platform'
import { beginThemeDay, holdThemeDay } from '../../test/gathering.ts'
import { followGatherings } from './learned.ts'

let home: OpenTestHouse
let town: Person
let secretary: Person
let recorder: Person
let member: Person
let memberIds: string[]
const branch = () => home.node('甲村党支部')
const branchParams = () => ({ organisationId: branch().id })

beforeAll(async () => {
  home = await openTestHouse()
  memberIds = await home.addMembers('甲村党支部', 5)
  town = await home.signIn('COMMITTEE_ADMIN', '甲镇党委')
  secretary = await home.signIn('BRANCH_SECRETARY', '甲村党支部')
  recorder = await home.signIn('RECORDER', '甲村党支部')
  member = await home.signIn('MEMBER', '甲村党支部', { memberId: memberIds[0] ?? '' })
})

afterAll(() => home.close())

const article = (text = '第一段。') => ({ id: randomUUID(), kind: 'ARTICLE' as const, title: '读一读', text })
const sound = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), Buffer.from(Array.from({ length: 5000 }, (_, n) => n % 256))])

async function publish(body: Partial<BodyIn<typeof study.putPack>> = {}, by = town, organisation = '甲镇党委') {
  const params = { organisationId: home.node(organisation).id, packId: randomUUID() }
  return by.call(study.putPack, { params, body: { title: '守边护林', minutes: 30, parts: [article()], ...body } })
}

async function upload(by = town): Promise<string> {
  const fileId = randomUUID()
  await by.call(putFile, { params: { fileId }, query: { name: '听.wav' }, body: sound })
  return fileId
}

const offered = async (to: Person) => (await to.call(study.listPacks, {})).items.map(({ title }) => title)

describe('a pack', () => {
  test('is offered to everything below the publisher with its size, and to nobody else', async () => {
    const pack = await publish({ title: '只给甲镇', parts: [article('一二三')] })
    expect(pack).toMatchObject({ bytes: 9, kinds: ['ARTICLE'], organisationName: '甲镇党委' })
    expect(await offered(member)).toContain('只给甲镇')
    expect(await offered(await home.signIn('MEMBER', '丙村党支部'))).not.toContain('只给甲镇')
    const elsewhere = await home.signIn('COMMITTEE_ADMIN', '乙镇党委')
    expect(await elsewhere.refusal(study.getPack, { params: { packId: pack.id } })).toMatchObject({ status: 404 })
    expect(await (await home.signIn('SYSTEM_ADMIN', '甲镇党委')).call(study.listPacks, {})).toEqual({ items: [], next: null })
  })

  test('sent twice is the same pack once; a change needs the version seen', async () => {
    const params = { organisationId: home.node('甲镇党委').id, packId: randomUUID() }
    const body = { title: '开好会', minutes: 30, parts: [article()] }
    expect((await town.call(study.putPack, { params, body })).version).toBe(1)
    expect((await town.call(study.putPack, { params, body })).version).toBe(1)
    expect(await town.refusal(study.putPack, { params, body: { ...body, title: '改名', version: 7 } })).toMatchObject({
      code: 'STALE_VERSION',
    })
    expect(await town.call(study.putPack, { params, body: { ...body, title: '改名', version: 1 } })).toMatchObject({
      title: '改名',
      version: 2,
    })
  })

  test('that has expired or was withdrawn is offered no more; its publisher still sees it', async () => {
    const expired = await publish({ title: '过期的', expiresOn: '2020-01-01' })
    const gone = await publish({ title: '撤回的' })
    await town.call(study.withdrawPack, { params: { organisationId: gone.organisationId, packId: gone.id }, body: { reason: '有错字' } })
    expect(await offered(member)).not.toEqual(expect.arrayContaining(['过期的']))
    expect(await offered(member)).not.toEqual(expect.arrayContaining(['撤回的']))
    for (const packId of [expired.id, gone.id]) expect((await member.refusal(study.getPack, { params: { packId } })).status).toBe(404)
    const { items, reach } = await town.call(study.listPublished, { params: { organisationId: gone.organisationId } })
    expect(items.find(({ id }) => id === gone.id)).toMatchObject({ withdrawReason: '有错字' })
    expect(reach).toEqual({ branches: 2, members: 5 })
  })

  test('takes only files of its publisher and of the right kind, and says which part is wrong', async () => {
    const fileId = await upload(recorder)
    const wrong = [
      [{ id: randomUUID(), kind: 'AUDIO' as const, title: '别人的', fileId }, 'body.parts.0.fileId'],
      [{ id: randomUUID(), kind: 'VIDEO' as const, title: '不是视频', fileId: await upload() }, 'body.parts.0.fileId'],
      [{ ...article(' '), text: ' ' }, 'body.parts.0.text'],
    ] as const
    for (const [part, path] of wrong) {
      const params = { organisationId: home.node('甲镇党委').id, packId: randomUUID() }
      expect(await town.refusal(study.putPack, { params, body: { title: '错', minutes: 1, parts: [part] } })).toMatchObject({
        status: 400,
        fields: [{ path }],
      })
    }
  })

  test('comes down in parts, so that a download goes on where it was cut', async () => {
    const part = { id: randomUUID(), kind: 'AUDIO' as const, title: '听', fileId: await upload() }
    const pack = await publish({ parts: [part] })
    const fetch = (headers: Record<string, string>) =>
      home.house.app.inject({
        method: 'GET',
        url: `/api/study/packs/${pack.id}/parts/${part.id}/content`,
        headers: { ...member.headers, ...headers },
      })
    const whole = await fetch({})
    expect([whole.statusCode, whole.headers['accept-ranges'], whole.headers['content-type']]).toEqual([200, 'bytes', 'audio/wav'])
    expect(whole.rawPayload.equals(sound)).toBe(true)
    const rest = await fetch({ range: 'bytes=1000-', 'if-range': String(whole.headers['etag']) })
    expect([rest.statusCode, rest.headers['content-range']]).toEqual([206, `bytes 1000-${sound.length - 1}/${sound.length}`])
    expect(rest.rawPayload.equals(sound.subarray(1000))).toBe(true)
    expect((await fetch({ range: 'bytes=0-9' })).rawPayload.equals(sound.subarray(0, 10))).toBe(true)
    expect((await fetch({ range: 'bytes=-5' })).rawPayload.equals(sound.subarray(-5))).toBe(true)
    expect((await fetch({ range: 'bytes=9-', 'if-range': '"another"' })).statusCode).toBe(200)
    expect((await fetch({ range: 'bytes=0-1,4-5' })).statusCode).toBe(200)
    const beyond = await fetch({ range: `bytes=${sound.length}-` })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${sound.length}`])
  })
})

const item = (minutes: number, form: 'COLLECTIVE' | 'TRAINING' = 'COLLECTIVE') => ({
  id: randomUUID(),
  packId: null,
  title: '学习党章',
  minutes,
  form,
})

describe('collective study', () => {
  test('counts for each person present once the gathering is confirmed, never for longer than it lasted', async () => {
    const { params, gathering, at } = await beginThemeDay(recorder, branch())
    const plan = await recorder.call(study.putStudyPlan, { params, body: { items: [item(20), item(25)], version: 0 } })
    expect(plan).toMatchObject({ minutes: 45, counted: null, version: 1 })
    await home.catchUp()
    expect((await member.call(study.getMyLedger, {})).items).toEqual([])
    // Three of five are there; the gathering lasts half an hour.
    const rows = gathering.roster.map(({ memberId }) => ({
      memberId,
      state: memberIds.indexOf(memberId) < 3 ? ('PRESENT_ONLINE' as const) : ('ABSENT' as const),
      deviceAt: at,
    }))
    const called = await recorder.call(attendance.putAttendance, { params, body: { rows } })
    const actualEnd = new Date(Date.parse(at) + 1_800_000).toISOString()
    const record = { actualStart: at, actualEnd, hostId: memberIds[0] ?? '', agenda: [], minutes: '学习。', version: called.version }
    const { version } = await recorder.call(recording.putRecord, { params, body: record })
    await secretary.call(recording.confirmGathering, { params, body: { version } })
    await home.catchUp()
    const mine = await member.call(study.getMyLedger, {})
    expect(mine.items).toMatchObject([
      { gatheringId: params.gatheringId, minutes: 30, kinds: ['THEME_DAY'], studied: ['学习党章', '学习党章'] },
    ])
    expect(mine.learning).toMatchObject({ tenths: 5, requiredTenths: 320, missingTenths: 315 })
    expect(mine.learning.sentence.zh).toContain('还差31.5学时')
    const { items } = await secretary.call(study.listLedgers, { params: branchParams() })
    expect(Object.fromEntries(items.map(({ memberId, learning }) => [memberId, learning.tenths]))).toEqual(
      Object.fromEntries(memberIds.map((id, n) => [id, n < 3 ? 5 : 0])),
    )
    // The order is the roster's, not that of the hours.
    const roster = await secretary.call(members.listMembers, { params: branchParams() })
    expect(items.map(({ memberId }) => memberId)).toEqual(roster.items.map(({ id }) => id))
    await rebuild(home.house.jobsPool, followGatherings)
    expect((await member.call(study.getMyLedger, {})).items).toEqual(mine.items)
  })

  test('after the confirmation is added by the secretary only, visibly, and counts then', async () => {
    const params = await holdThemeDay(recorder, secretary, branch())
    const before = (await member.call(study.getMyLedger, {})).items.length
    expect(await recorder.refusal(study.putStudyPlan, { params, body: { items: [item(20)], version: 0 } })).toMatchObject({
      code: 'WRONG_STATE',
    })
    expect(await secretary.refusal(study.putStudyPlan, { params, body: { items: [item(31)], version: 0 } })).toMatchObject({
      code: 'TIMES_IMPOSSIBLE',
    })
    const body = { items: [item(30, 'TRAINING')], version: 0 }
    const plan = await secretary.call(study.putStudyPlan, { params, body })
    expect(plan).toMatchObject({ addedLater: true, counted: 30, version: 1 })
    expect(await secretary.call(study.putStudyPlan, { params, body })).toEqual(plan)
    await home.catchUp()
    const { items } = await member.call(study.getMyLedger, {})
    expect(items).toHaveLength(before + 1)
    expect(items.find(({ gatheringId }) => gatheringId === params.gatheringId)).toMatchObject({ training: true })
  })

  test('is one’s own: on A4 for its owner, for nobody above the branch', async () => {
    const { status, body } = await member.ask(study.getMyLedgerPaper, {})
    expect(status).toBe(200)
    expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
    for (const other of [town, recorder, member])
      expect((await other.refusal(study.listLedgers, { params: branchParams() })).status).toBe(403)
  })

  test('has a pack only if it is offered to the branch', async () => {
    const { params } = await beginThemeDay(recorder, branch())
    const foreign = await publish({}, await home.signIn('COMMITTEE_ADMIN', '乙镇党委'), '乙镇党委')
    const own = await publish({ title: '真名' })
    const wrong = { ...item(10), packId: foreign.id }
    expect(await recorder.refusal(study.putStudyPlan, { params, body: { items: [wrong], version: 0 } })).toMatchObject({
      fields: [{ path: 'body.items.0.packId' }],
    })
    const plan = await recorder.call(study.putStudyPlan, {
      params,
      body: { items: [{ ...item(10), packId: own.id, title: '随手写的' }], version: 0 },
    })
    expect(plan.items).toMatchObject([{ title: '真名' }])
  })
})

describe('a question', () => {
  test('goes to the branch, is answered once, and is read by those two sides only', async () => {
    const params = { ...branchParams(), questionId: randomUUID() }
    const pack = await publish({ title: '开好会' })
    const body = { packId: pack.id, text: '预备党员能表决吗？' }
    const asked = await member.call(study.askQuestion, { params, body })
    expect(asked).toMatchObject({ about: '开好会', answer: '' })
    expect(await member.call(study.askQuestion, { params, body })).toEqual(asked)
    expect(await member.refusal(study.askQuestion, { params, body: { text: '别的' } })).toMatchObject({ code: 'ID_TAKEN' })
    await recorder.call(study.answerQuestion, { params, body: { text: '不能，可以参加讨论。' } })
    expect((await member.call(study.listMyQuestions, {})).items).toMatchObject([{ text: body.text, answer: '不能，可以参加讨论。' }])
    expect((await secretary.call(study.listQuestions, { params: branchParams() })).items).toHaveLength(1)
    const another = await home.signIn('MEMBER', '甲村党支部', { memberId: memberIds[1] ?? '' })
    expect((await another.call(study.listMyQuestions, {})).items).toEqual([])
    expect((await another.refusal(study.listQuestions, { params: branchParams() })).status).toBe(403)
  })
})
