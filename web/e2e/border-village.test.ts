/**
 * Seven days of a branch whose members walk along a stream without a signal. Three phones leave the range on the first day; its recorder
 * changes the plan while the secretary in the town changes it too, a member asks for leave, another speaks from the way, the recorder
 * opens the meeting, calls the roll and writes the record, and her phone dies in the middle of it. On the fifth day what one did is carried
 * to the town by another; on the seventh all are in range. Afterwards every act is on record exactly once, and the branch's duties are right.
 *
 * Simulated: the clocks of the phones (seven days pass in a minute, one clock is two days ahead, one a day behind), being out of range,
 * and the platform's clock as the phones hear it before the seventh day. Real: everything else; the week ends now, so that what the
 * phones wrote on the third day is four days old when it arrives.
 */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { duties } from '#duties'
import { demoId } from '#organisations'
import { type Context, sql, transact } from '#platform'
import { addDays, dayOf } from '#rules'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'
import { ask, dayMilliseconds, Phone } from './phone.ts'

const organisationId = demoId('branch', '隔界村')
const secretary = '李阿普'
const numbers = { recorder: '19900000002', onTheWay: '19900000004', inTheField: '19900000005' }
const names = { recorder: '白云芬', onTheWay: '盘文亮', inTheField: '刀玉香' }
const days = 7

let faces: Faces
/** The day of the story with this number, counted so that the last is today. */
let dayNumber: (n: number) => string
beforeAll(async () => {
  faces = await openFaces()
  const today = dayOf(new Date())
  dayNumber = (n) => addDays(today, n - days)
})
afterAll(() => faces.close())

const momentOn = (n: number, time: string) => Date.parse(`${dayNumber(n)}T${time}:00+08:00`)

interface Whole {
  title: string
  place: string
  plannedStart: string
  state: string
  version: number
  agenda: { note: string }[]
  roster: { memberId: string; name: string; state: string; leaveReason: string | null }[]
  contributions: { text: string; deviceAt: string; counts: boolean | null }[]
}

const path = (gatheringId: string) => `/organisations/${organisationId}/gatherings/${gatheringId}`
const truth = (page: Page) => page.locator('.truth-line')

interface Owed {
  ruleId: string
  period: string
  state: string
  gatheringIds: string[]
}

/** The branch's duties as they stand. */
const dutiesNow = (ctx: Context) =>
  ctx.query(sql<Owed>`
    select rule_id as "ruleId", period, period_start, period_end, state, required, done, gathering_ids as "gatheringIds", why
    from duties.duty where organisation_id = ${organisationId} order by rule_id, period`)

/** The same, computed again from nothing but the records. */
async function dutiesAgain(ctx: Context): Promise<Owed[]> {
  await ctx.query(sql`delete from duties.duty where organisation_id = ${organisationId}`)
  await ctx.query(sql`update duties.outlook set look_again_on = '2000-01-01' where organisation_id = ${organisationId}`)
  const jobs = duties.jobs?.(faces.house.services) ?? []
  for (const job of jobs) if (job.name === 'duties.turnTheDay') await job.work(ctx, {})
  return dutiesNow(ctx)
}

/** Receipts of the owners of these three phones, whatever they were sent by. */
const receipts = () =>
  transact(faces.house.jobsPool, (ctx) =>
    ctx.query(sql<{ id: string; operation: string; outcome: string }>`
      select id, operation, outcome from sync.act
      where account_id in (select id from platform.account where name = any(${Object.values(names)}::text[])) order by received_at, seq`),
  )

/** How often things happened to the gathering. */
const happened = (gatheringId: string) =>
  transact(faces.house.jobsPool, async (ctx) => {
    const rows = await ctx.query(sql<{ type: string; count: number }>`
      select type, count(*)::int as count from platform.event
      where (subject_id = ${gatheringId} or data ->> 'gatheringId' = ${gatheringId}) group by 1 order by 1`)
    return Object.fromEntries(rows.map(({ type, count }) => [type.replace('meetings.', ''), count]))
  })

/** Plans a theme day and tells the members. */
async function planThemeDay(page: Page, gatheringId: string, plannedStart: number): Promise<Whole> {
  const { items } = await ask<{ items: { id: string; name: string }[] }>(page, 'GET', `/organisations/${organisationId}/members?limit=200`)
  await ask(page, 'PUT', path(gatheringId), {
    title: '主题党日：界碑和水渠',
    segments: [{ id: crypto.randomUUID(), kind: 'THEME_DAY' }],
    mode: 'HYBRID',
    place: '隔界村党员活动室',
    plannedStart: new Date(plannedStart).toISOString(),
    hostId: items.find(({ name }) => name === secretary)?.id,
    agenda: ['界碑巡查怎么排班', '水渠先修哪一段'].map((title) => ({ id: crypto.randomUUID(), title })),
  })
  await ask(page, 'PUT', `${path(gatheringId)}/notice`)
  return ask<Whole>(page, 'GET', path(gatheringId))
}

test('seven days offline: every act is on record exactly once, and the duties are right', { timeout: 240_000 }, async () => {
  const gatheringId = crypto.randomUUID()
  const address = `/meetings/${organisationId}/${gatheringId}`
  const firstDay = Date.now() - days * dayMilliseconds

  // Day 0, in range: the recorder plans a theme day for day 3; three phones put away what they need.
  const [recorder, onTheWay, inTheField] = await Promise.all([
    Phone.open(faces, { number: numbers.recorder, ahead: 0, at: firstDay }),
    Phone.open(faces, { number: numbers.onTheWay, ahead: 2 * dayMilliseconds, at: firstDay }),
    Phone.open(faces, { number: numbers.inTheField, ahead: -dayMilliseconds, at: firstDay }),
  ])
  const phones = [recorder, onTheWay, inTheField]
  await planThemeDay(recorder.page, gatheringId, momentOn(3, '19:30'))
  for (const phone of phones) await phone.isReady(gatheringId)
  await onTheWay.go('/sync')
  await onTheWay.page.getByText('本机时钟快了约2天').waitFor()
  await keepPicture(onTheWay.page, 'border-0-clock-ahead')
  await recorder.go(address)
  await recorder.page.getByText('已通知').first().waitFor()
  await keepPicture(recorder.page, 'border-0-in-range')
  for (const phone of phones) await phone.leave()

  // Day 1: the recorder, out of range, changes title and time. In the town the secretary changes place and time.
  for (const phone of phones) await phone.wait(momentOn(1, '09:00'))
  await onTheWay.go(address)
  await onTheWay.page.getByRole('button', { name: '我会到' }).click()
  await onTheWay.page.getByText('说了会到').waitFor()
  await truth(onTheWay.page).getByText('本地已存 1 项').waitFor()
  await keepPicture(onTheWay.page, 'border-1-coming')
  await recorder.go(`${address}/edit`)
  await recorder.page.getByLabel('标题').fill('主题党日：界碑、水渠和护林')
  await recorder.page.getByLabel('几点开始').fill('20:00')
  await recorder.page.getByRole('button', { name: '存下', exact: true }).click()
  await recorder.page.getByRole('heading', { name: '主题党日：界碑、水渠和护林' }).waitFor()
  await keepPicture(recorder.page, 'border-1-recorder-changed')
  const town = await faces.openAs(secretary, '/')
  await town.goto(`${faces.url}${address}/edit`)
  await town.getByLabel('地点').fill('界河边的小广场')
  await town.getByLabel('几点开始').fill('19:00')
  await town.getByRole('button', { name: '存下', exact: true }).click()
  await town.getByText('界河边的小广场').first().waitFor()
  await keepPicture(town, 'border-1-secretary-changed')

  // Day 2: one member asks for leave.
  for (const phone of phones) await phone.wait(momentOn(2, '12:00'))
  await inTheField.go(`${address}/leave`)
  await inTheField.page.getByLabel('还想说明的').fill('割胶，夜里才回来。')
  await inTheField.page.getByRole('button', { name: '请假', exact: true }).click()
  await inTheField.page.locator('.my-line').getByText('请假 · 工作').waitFor()
  await truth(inTheField.page).getByText('本地已存 1 项').waitFor()
  await keepPicture(inTheField.page, 'border-2-leave')
  expect(await barriers(inTheField.page)).toEqual([])

  // Day 3: nine are in the room, one speaks from the way.
  for (const phone of phones) await phone.wait(momentOn(3, '20:05'))
  await onTheWay.go(`${address}/patrol`)
  await onTheWay.page.getByLabel('或者写几句').fill('七号界碑完好，水渠同意先修上段。')
  await onTheWay.page.getByRole('button', { name: '发给支部' }).click()
  await onTheWay.page.locator('.said').getByText('七号界碑完好').waitFor()
  await truth(onTheWay.page).getByText('本地已存 2 项').waitFor()
  await onTheWay.page.locator('.said').scrollIntoViewIfNeeded()
  await keepPicture(onTheWay.page, 'border-3-from-the-way')
  await recorder.go(address)
  await recorder.page.getByRole('button', { name: '开始', exact: true }).click()
  await recorder.page.getByRole('link', { name: '记名单' }).click()
  const room = recorder.page.locator('.names button')
  await room.nth(10).waitFor()
  for (let n = 0; n < 11; n += 1) {
    const name = (await room.nth(n).locator('b').textContent()) ?? ''
    if (name !== names.onTheWay && name !== names.inTheField) await room.nth(n).click()
  }
  await recorder.page.getByText('实到 9').waitFor()
  await recorder.page.getByText('9 项已存在本机').waitFor()
  await keepPicture(recorder.page, 'border-3-roll')
  await recorder.page.getByRole('link', { name: '写记录' }).click()
  await recorder.page.getByLabel('说了什么、怎么定的').first().fill('两人一组，逢五巡查；')
  await recorder.page.getByText('已存在这部手机里').waitFor()
  const rollCalled = await recorder.outbox()

  // The phone dies in the middle of writing. What was written and done is still there.
  await recorder.kill(`${address}/record`)
  await recorder.page.getByText('已存在这部手机里').waitFor()
  const note = recorder.page.getByLabel('说了什么、怎么定的').first()
  expect(await note.inputValue()).toBe('两人一组，逢五巡查；')
  expect(await recorder.outbox()).toEqual(rollCalled)
  await keepPicture(recorder.page, 'border-3-killed')
  await note.fill('两人一组，逢五巡查；护林防火一并看。')
  await recorder.page.getByLabel('说了什么、怎么定的').nth(1).fill('先修上段，周六出工。')
  await recorder.page.getByLabel('结束', { exact: true }).fill('21:10')
  await recorder.page.getByRole('button', { name: '签名并存下' }).click()
  await recorder.page.locator('.meeting-state').waitFor()
  await keepPicture(recorder.page, 'border-3-recorded')
  expect(await barriers(recorder.page)).toEqual([])

  // Day 5: what was done on the way is packed and handed over; its carrier reaches the town first.
  for (const phone of phones) await phone.wait(momentOn(5, '10:00'))
  await onTheWay.go('/carry')
  await onTheWay.page.getByText('本机有 2 件事还没送到平台').waitFor()
  await onTheWay.page.getByRole('button', { name: '打成包裹' }).click()
  await onTheWay.page.locator('.codes').waitFor()
  await keepPicture(onTheWay.page, 'border-5-packed')
  const [file] = await Promise.all([
    onTheWay.page.waitForEvent('download'),
    onTheWay.page.getByRole('button', { name: '存成文件' }).click(),
  ])
  const sealed = await readFile(await file.path())
  await inTheField.go('/carry/others')
  await inTheField.page.locator('input[type=file]').setInputFiles({ name: 'p.txt', mimeType: 'text/plain', buffer: sealed })
  await inTheField.page.getByText('还没有送到').waitFor()
  await keepPicture(inTheField.page, 'border-5-carried')
  const outboxes = await Promise.all(phones.map((phone) => phone.outbox()))
  const [ofRecorder = [], ofWay = [], ofField = []] = outboxes
  expect(ofWay).toHaveLength(2)
  expect(ofField).toHaveLength(1)
  expect(await receipts()).toEqual([])
  // The answer to the carrier's own leave is lost on the way back: it is sent once more.
  await inTheField.comeBack({ lost: true })
  await inTheField.page.getByText(/平台 .* 收到，共 2 件/).waitFor({ timeout: 30_000 })
  await inTheField.go('/sync')
  await inTheField.page.getByText('都已送到平台').waitFor({ timeout: 30_000 })
  await keepPicture(inTheField.page, 'border-5-delivered')
  expect(new Set((await receipts()).map(({ id }) => id))).toEqual(new Set([...ofWay, ...ofField]))

  // Day 7: all are in range. What was carried is sent once more by the phone it was done on.
  for (const phone of phones) await phone.wait(Date.now())
  // Plan, beginning, roll and record at least: taps may have travelled apart.
  expect(ofRecorder.length).toBeGreaterThanOrEqual(4)
  expect(await onTheWay.outbox()).toEqual(ofWay)
  await onTheWay.comeBack()
  await onTheWay.go('/sync')
  await onTheWay.page.getByText('都已送到平台').waitFor({ timeout: 30_000 })
  await keepPicture(onTheWay.page, 'border-7-sent-again')
  expect(await receipts()).toHaveLength(ofWay.length + ofField.length)
  expect(await recorder.outbox()).toEqual(ofRecorder)
  await recorder.comeBack()
  await recorder.go('/sync')
  await recorder.page.getByText('都已送到平台').waitFor({ timeout: 30_000 })
  await recorder.page.getByText('“开始时间”两边都改过').waitFor()
  expect(await barriers(recorder.page)).toEqual([])
  await keepPicture(recorder.page, 'border-7-told')

  // Both sides changed the time: the recorder decides. The words from the way count as present.
  await recorder.page.getByRole('link', { name: '两边都改过的地方' }).click()
  await recorder.page.getByText('平台上已记录的').waitFor()
  expect(await recorder.page.getByRole('button', { name: '用已记录的' }).count()).toBe(1)
  await keepPicture(recorder.page, 'border-7-conflict')
  expect(await barriers(recorder.page)).toEqual([])
  await recorder.page.getByRole('button', { name: '用已记录的' }).click()
  await recorder.page.getByText('没有等您决定的地方').waitFor()
  await recorder.go(address)
  await recorder.page.getByRole('button', { name: '计为线上到会' }).click()
  await recorder.page.getByText('已计为线上到会').waitFor()
  await keepPicture(recorder.page, 'border-7-counted')

  // The secretary confirms.
  await town.goto(`${faces.url}${address}`)
  await town.getByRole('button', { name: '确认', exact: true }).click()
  await town.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click()
  await town.getByRole('heading', { name: '这次活动完成了' }).waitFor()
  await keepPicture(town, 'border-7-confirmed')
  expect(await barriers(town)).toEqual([])

  // On record: what each phone held, each act once, as it was told.
  const done = await receipts()
  expect(done.map(({ id }) => id).toSorted()).toEqual([...new Set(done.map(({ id }) => id))].toSorted())
  for (const id of outboxes.flat()) expect(done.filter((act) => act.id === id)).toHaveLength(1)
  expect(done.filter(({ outcome }) => outcome === 'REFUSED')).toEqual([])
  const whole = await ask<Whole>(town, 'GET', path(gatheringId))
  expect(whole).toMatchObject({ title: '主题党日：界碑、水渠和护林', place: '界河边的小广场', state: 'CONFIRMED' })
  expect(Date.parse(whole.plannedStart)).toBe(momentOn(3, '19:00'))
  expect(whole.agenda.map(({ note: said }) => said)).toEqual(['两人一组，逢五巡查；护林防火一并看。', '先修上段，周六出工。'])
  const stateOf = (name: string) => whole.roster.find((row) => row.name === name)?.state
  expect(whole.roster.filter(({ state }) => state === 'PRESENT_ONSITE')).toHaveLength(9)
  expect([stateOf(names.onTheWay), stateOf(names.inTheField)]).toEqual(['PRESENT_ONLINE', 'LEAVE'])
  expect(whole.contributions).toHaveLength(1)
  // The clock that was two days ahead has been put right.
  expect(Math.abs(Date.parse(whole.contributions[0]?.deviceAt ?? '') - momentOn(3, '20:05'))).toBeLessThan(300_000)
  const events = await happened(gatheringId)
  console.log(`border village: ${done.length} acts of three phones; ${JSON.stringify(events)}`)
  expect(events).toMatchObject({
    'gathering.notified': 1,
    'gathering.started': 1,
    'gathering.recorded': 1,
    'gathering.confirmed': 1,
    'attendance.coming': 1,
    'attendance.leaveAsked': 1,
    'contribution.received': 1,
    'sync.conflict.found': 1,
    'gathering.planned': 3,
  })

  // The duty of the month is met by it, and all duties are what the records say.
  const met = (duty: Owed) => duty.ruleId === 'MEET-THEME' && duty.period === dayNumber(3).slice(0, 7)
  const { jobsPool } = faces.house
  await expect
    .poll(async () => (await transact(jobsPool, dutiesNow)).find(met))
    .toMatchObject({ state: 'MET', gatheringIds: expect.arrayContaining([gatheringId]) as unknown })
  const stored = await transact(jobsPool, dutiesNow)
  expect(stored.length).toBeGreaterThan(0)
  expect(await transact(jobsPool, dutiesAgain)).toEqual(stored)
  await town.goto(`${faces.url}/`)
  await town.locator('.duty-card').first().waitFor()
  await keepPicture(town, 'border-8-duties')
})

test('two marks of one person within half a second both hold', async () => {
  const page = await faces.openAs(names.recorder, '/')
  const gatheringId = crypto.randomUUID()
  await planThemeDay(page, gatheringId, Date.now() - 600_000)
  await ask(page, 'PUT', `${path(gatheringId)}/start`, { at: new Date().toISOString() })
  const before = await receipts()
  // The answer to the first has not come when the second is made.
  const both = Promise.withResolvers<void>()
  await page.route('**/api/me/acts/*', async (route) => {
    await both.promise
    await route.continue()
  })
  await page.goto(`${faces.url}/meetings/${organisationId}/${gatheringId}/roll`)
  const member = page.locator('.names button', { hasText: names.onTheWay })
  await member.click()
  await truth(page).getByText('本地已存 1 项').waitFor()
  await member.click()
  await truth(page).getByText('本地已存 2 项').waitFor()
  both.resolve()
  await expect.poll(async () => (await receipts()).slice(before.length).map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE'])
  const { roster } = await ask<Whole>(page, 'GET', path(gatheringId))
  expect(roster.find(({ name }) => name === names.onTheWay)?.state).toBe('PRESENT_ONLINE')
})
