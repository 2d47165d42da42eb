/**
 * A day without a network: the app opens, the roll is called and a member signs in, a phone is killed, and back in range everything is
 * on record exactly once. What waits is said at the top, and signing out would lose it only after a warning.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lag, sql, transact } from '#platform'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'
import { openLine } from './line.ts'
import { ask, inStore } from './phone.ts'

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

/** The phone has put its shell and this gathering away for the time without a network. */
async function isReady(page: Page, gatheringId: string): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await expect.poll(() => lag(faces.house.jobsPool, 'sync.changes')).toBe(0)
  const has = async () => {
    const since = new Date().toISOString()
    await page.goto(`${faces.url}/sync`)
    await page.waitForFunction((moment) => (document.querySelector('time')?.dateTime ?? '') > moment, since)
    return (await inStore(page, 'shelf')).some(({ key }) => key.includes(gatheringId))
  }
  await expect.poll(has, { timeout: 60_000, interval: 500 }).toBe(true)
}

const truth = (page: Page) => page.locator('.truth-line')

interface Whole {
  state: string
  roster: { name: string; state: string }[]
}

/** Plans, tells and begins a lecture. @returns its id, and where it stands in the interface and on the phone */
async function beginLecture(recorder: Page, title: string): Promise<{ gatheringId: string; path: string; page: string }> {
  const me = await ask<{ posts: { role: string; organisationId: string }[] }>(recorder, 'GET', '/me')
  const organisationId = me.posts.find(({ role }) => role === 'RECORDER')?.organisationId ?? ''
  const gatheringId = crypto.randomUUID()
  const path = `/organisations/${organisationId}/gatherings/${gatheringId}`
  const soon = new Date(Date.now() - 600_000).toISOString()
  const segments = [{ id: crypto.randomUUID(), kind: 'PARTY_LECTURE' }]
  await ask(recorder, 'PUT', path, { title, segments, mode: 'HYBRID', plannedStart: soon })
  await ask(recorder, 'PUT', `${path}/notice`)
  await ask(recorder, 'PUT', `${path}/start`, { at: soon })
  return { gatheringId, path, page: path.replace('/organisations', '/meetings').replace('/gatherings', '') }
}

test('is opened, worked through, killed and counted once', async () => {
  const recorder = await faces.openAs('白云芬', '/')
  const member = await faces.openAs('盘文亮', '/')
  const { gatheringId, path, page } = await beginLecture(recorder, '界河边的党课')
  for (const phone of [recorder, member]) await isReady(phone, gatheringId)

  // Out of range. Reloaded, the app opens all the same.
  for (const phone of [recorder, member]) await phone.context().setOffline(true)
  await recorder.goto(`${faces.url}${page}/roll`)
  await truth(recorder).getByText('没有网络').waitFor()
  await recorder.locator('.names button').nth(1).click()
  await truth(recorder).getByText('本地已存 1 项').waitFor()
  await recorder.getByRole('button', { name: /其余 \d+ 人都到/ }).click()
  await truth(recorder).getByText('本地已存 2 项').waitFor()
  await keepPicture(recorder, 'offline-roll')
  expect(await barriers(recorder)).toEqual([])

  // The member signs in where the signal ends.
  await member.goto(`${faces.url}${page}/sign-in`)
  await member.getByRole('button', { name: /线上/ }).last().click()
  await member.getByText('界河边的党课').waitFor()
  await truth(member).getByText('本地已存 1 项').waitFor()

  // The recorder's phone is killed, started again, and still knows.
  const context = recorder.context()
  await recorder.close()
  const again = await context.newPage()
  await again.goto(`${faces.url}/sync`)
  await again.getByText('待发送 2 项').waitFor()
  await keepPicture(again, 'offline-outbox')
  expect(await barriers(again)).toEqual([])
  await again.goto(`${faces.url}/me`)
  await again.getByRole('button', { name: '退出登录' }).click()
  await again.getByText('还有 2 项没有送出').waitFor()
  expect(await barriers(again)).toEqual([])
  await keepPicture(again, 'offline-leaving')
  await again.getByRole('button', { name: '先不退出' }).click()

  // Back in range.
  await context.setOffline(false)
  await member.context().setOffline(false)
  const whole = () => ask<Whole>(again, 'GET', path)
  await expect.poll(async () => (await whole()).roster.filter(({ state }) => state.startsWith('PRESENT')).length).toBe(11)
  for (const phone of [again, member]) await expect.poll(() => truth(phone).count()).toBe(0)
  const receipts = await transact(faces.house.jobsPool, (ctx) =>
    ctx.query(sql<{ operation: string; count: number }>`select operation, count(*)::int as count from sync.act group by 1 order by 1`),
  )
  expect(receipts).toEqual([
    { operation: 'meetings.putAttendance', count: 2 },
    { operation: 'meetings.signInToGathering', count: 1 },
  ])
})

test('an answer that stops in the middle is none: what was done is kept, said to wait, and sent again by itself', async () => {
  const line = await openLine(Number(new URL(faces.url).port))
  try {
    const phone = await faces.open('/')
    await phone.goto(line.url)
    await phone.locator('.sign-in-demo button', { hasText: '白云芬' }).first().click()
    await phone.locator('.tabs').waitFor()
    const { path, page } = await beginLecture(phone, '信号断在半路的党课')
    await phone.goto(`${line.url}${page}/roll`)
    const first = phone.locator('.names button').first()
    await first.waitFor()
    line.cutAnswerTo('PUT /api/me/acts/')
    await first.click()
    await phone.getByRole('status').getByText('1 项已存在本机').waitFor()
    await phone.getByRole('status').getByText('已保存').waitFor()
    await expect.poll(() => truth(phone).count()).toBe(0)
    const { roster } = await ask<Whole>(phone, 'GET', path)
    expect(roster.filter(({ state }) => state.startsWith('PRESENT'))).toHaveLength(1)
  } finally {
    line.close()
  }
})
