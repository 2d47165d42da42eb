/** Given a branch, its fixed day, its market and a kit from the town, when the rest of the quarter is arranged and accepted, then its duties are served. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listDuties } from '#contract/duties'
import { putFile } from '#contract/files'
import { listGatherings, putGathering } from '#contract/meetings'
import type { BodyIn } from '#contract/operation'
import { getKitFile, getPlanBasis, listKits, putKit, putMarketDays, putSeries, withdrawKit } from '#contract/plans'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { addMonths, arrange, calendarOf, dayOf, habitsOf, type KnownGathering } from '#rules'

let place: OpenTestHouse
let secretary: Person
let admin: Person
const branch = () => place.node('甲村党支部')
const town = () => place.node('甲镇党委')
const at = () => ({ organisationId: branch().id })

const today = dayOf(new Date())
const month = today.slice(0, 7)

const fixedDay: BodyIn<typeof putSeries> = {
  title: '固定党日',
  kinds: ['THEME_DAY'],
  months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  on: { by: 'DATE', day: 5 },
  start: '19:30',
  minutes: 90,
  mode: 'ONSITE',
  place: '活动室',
  from: '2026-01-01',
}

beforeAll(async () => {
  place = await openTestHouse()
  secretary = await place.signIn('BRANCH_SECRETARY', branch(), { name: '李书记' })
  admin = await place.signIn('COMMITTEE_ADMIN', town())
  await place.addMembers(branch(), 11)
  await place.catchUp()
})

afterAll(() => place.close())

describe('the fixed day of a branch', () => {
  const seriesId = randomUUID()
  const put = (body: BodyIn<typeof putSeries>) => ({ params: { ...at(), seriesId }, body })

  test('sent twice is there once; changed only by who saw the latest version', async () => {
    const first = await secretary.call(putSeries, put(fixedDay))
    expect(await secretary.call(putSeries, put(fixedDay))).toEqual(first)
    expect(await secretary.refusal(putSeries, put({ ...fixedDay, minutes: 60 }))).toMatchObject({ code: 'ID_TAKEN' })
    const changed = await secretary.call(putSeries, put({ ...fixedDay, minutes: 60, version: first.version }))
    expect(changed).toMatchObject({ id: seriesId, minutes: 60, version: 2, until: null })
    expect(await secretary.refusal(putSeries, put({ ...fixedDay, minutes: 45, version: 1 }))).toMatchObject({ code: 'STALE_VERSION' })
    expect((await secretary.call(getPlanBasis, { params: at() })).series).toEqual([changed])
  })

  test.each([
    [{ kinds: ['THEME_DAY', 'COMMITTEE_MEETING'] as const }, 'body.kinds', '请分别设置'],
    [{ kinds: ['GROUP_MEETING'] as const }, 'body.groupId', '请选择开会的党小组'],
    [{ kinds: ['GROUP_MEETING'] as const, groupId: randomUUID() }, 'body.groupId', '不是本支部的党小组'],
    [{ until: '2025-12-31' }, 'body.until', '不能早于'],
    [{ months: [3, 3] }, 'body.months', '不能选两次'],
    [{ on: { by: 'DATE' as const, day: 32 } }, 'body.on.day', ''],
    [{ start: '25:00' }, 'body.start', '19:30'],
  ])('wrong in one thing, names the field: %j', async (wrong, path, says) => {
    const body = { ...fixedDay, ...wrong } as BodyIn<typeof putSeries>
    const { status, fields } = await secretary.refusal(putSeries, { params: { ...at(), seriesId: randomUUID() }, body })
    expect(status).toBe(400)
    expect(fields.find((field) => field.path === path)?.message).toContain(says)
  })
})

test('the market days of the town are kept once, and a second hand does not overwrite the first unseen', async () => {
  const days = { market: { by: 'LUNAR_TEN' as const, ends: [3, 8] }, marketWish: 'AVOID' as const }
  expect(await secretary.call(putMarketDays, { params: at(), body: { ...days, version: 0 } })).toEqual({ ...days, version: 1 })
  expect(await secretary.call(putMarketDays, { params: at(), body: { ...days, version: 0 } })).toEqual({ ...days, version: 1 })
  const other = { market: null, marketWish: 'NONE' as const }
  expect(await secretary.refusal(putMarketDays, { params: at(), body: { ...other, version: 0 } })).toMatchObject({ code: 'STALE_VERSION' })
  expect(await secretary.call(putMarketDays, { params: at(), body: { ...other, version: 1 } })).toEqual({ ...other, version: 2 })
})

describe('a kit from the town', () => {
  const [kitId, kitFileId] = [randomUUID(), randomUUID()]
  const params = () => ({ organisationId: town().id, kitId })
  const kit = { month, title: '守边护林', agenda: [{ id: randomUUID(), title: '诵读公约' }], reading: '走一遍边境。', task: '认领一段路。' }

  test('is offered to every branch below it and to nobody beside, with its files', async () => {
    const sound = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(32)])
    await admin.call(putFile, { params: { fileId: kitFileId }, query: { name: '领读.mp3' }, body: sound })
    const published = await admin.call(putKit, { params: params(), body: { ...kit, fileIds: [kitFileId] } })
    expect(await admin.call(putKit, { params: params(), body: { ...kit, fileIds: [kitFileId] } })).toEqual(published)
    const { kits } = await secretary.call(getPlanBasis, { params: at() })
    expect(kits).toMatchObject([{ id: kitId, organisationName: '甲镇党委', files: [{ fileId: kitFileId, mediaType: 'audio/mpeg' }] }])
    expect((await secretary.call(getPlanBasis, { params: at(), query: { from: addMonths(`${month}-01`, 1).slice(0, 7) } })).kits).toEqual(
      [],
    )
    expect((await secretary.ask(getKitFile, { params: { ...at(), kitId, kitFileId } })).body).toEqual(sound)
    const far = place.node('丙村党支部')
    const stranger = await place.signIn('BRANCH_SECRETARY', far)
    expect((await stranger.call(getPlanBasis, { params: { organisationId: far.id } })).kits).toEqual([])
    expect(await stranger.refusal(getKitFile, { params: { organisationId: far.id, kitId, kitFileId } })).toMatchObject({ status: 404 })
  })

  test("holds only the publisher's own files", async () => {
    const body = { ...kit, fileIds: [randomUUID()] }
    const { fields } = await admin.refusal(putKit, { params: { ...params(), kitId: randomUUID() }, body })
    expect(fields).toMatchObject([{ path: 'body.fileIds.0' }])
  })

  test('withdrawn is not offered any more, stays in the list of its publisher, and is not changed again', async () => {
    const version = 1
    const withdrawn = await admin.call(withdrawKit, { params: params(), body: { version } })
    expect(await admin.call(withdrawKit, { params: params(), body: { version } })).toEqual(withdrawn)
    expect((await secretary.call(getPlanBasis, { params: at() })).kits).toEqual([])
    expect(await secretary.refusal(getKitFile, { params: { ...at(), kitId, kitFileId } })).toMatchObject({ status: 404 })
    expect((await admin.call(listKits, { params: { organisationId: town().id } })).items).toMatchObject([{ id: kitId }])
    expect(await admin.refusal(putKit, { params: params(), body: { ...kit, title: '另一个', version: 2 } })).toMatchObject({
      code: 'WRONG_STATE',
    })
  })
})

describe('what is still missing', () => {
  const gatheringsKnown = async (): Promise<KnownGathering[]> => {
    const { items } = await secretary.call(listGatherings, { params: at(), query: { limit: 200 } })
    return items.map(({ segments, ...row }) => ({ ...row, plannedEnd: null, groupId: null, kinds: segments.map(({ kind }) => kind) }))
  }

  async function propose() {
    const [basis, duties] = await Promise.all([
      secretary.call(getPlanBasis, { params: at() }),
      secretary.call(listDuties, { params: at(), query: { from: today, limit: 200 } }),
    ])
    const until = duties.items.reduce((last, { period, periodEnd }) => (period.includes('Q') && periodEnd > last ? periodEnd : last), '')
    const calendar = calendarOf(`${month}-01`, until, basis)
    const gatherings = await gatheringsKnown()
    const habits = habitsOf(basis.series, gatherings, calendar)
    return arrange({
      today,
      until,
      duties: duties.items,
      gatherings,
      groups: basis.groups,
      calendar,
      habits,
      marketWish: 'NONE',
      wishes: [],
    })
  }

  test('is arranged, accepted twice, there once, and then nothing is missing', async () => {
    const proposed = await propose()
    expect(proposed.served).toBeGreaterThan(1)
    expect(proposed.gatherings.length).toBeLessThan(proposed.served)
    const bodies = proposed.gatherings.map(({ title, kinds, day, start, mode, place: where, groupId, agenda }) => ({
      params: { ...at(), gatheringId: randomUUID() },
      body: {
        title: title.zh,
        segments: kinds.map((kind) => ({ id: randomUUID(), kind })),
        mode,
        place: where,
        groupId,
        plannedStart: `${day}T${start}:00+08:00`,
        agenda: agenda.map(({ zh }) => ({ id: randomUUID(), title: zh })),
      },
    }))
    for (const each of [...bodies, ...bodies]) await secretary.call(putGathering, each)
    expect(await gatheringsKnown()).toHaveLength(bodies.length)
    expect(await propose()).toEqual({ gatherings: [], additions: [], unmet: [], served: 0 })
  })
})
