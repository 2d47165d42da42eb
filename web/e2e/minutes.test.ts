/**
 * An ordinary meeting of eleven, recorded by its secretary on the phone with few taps, and nothing asked twice; around it the answers
 * before, a member on patrol, a page that is closed in the middle of writing, and the host's signature.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces, settled } from './faces.ts'

const mostTapsAndKeys = 40

let faces: Faces
/** The meeting the first story records; the second goes on with it. */
let meeting: string
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

async function openPhone(name: string, path = '/'): Promise<Page> {
  const page = await faces.openAs(name, '/')
  await page.locator('.tabs').waitFor()
  if (path !== '/') await page.goto(`${faces.url}${path}`)
  await settled(page)
  return page
}

/** A theme day of this evening, planned and told by its secretary: it was to begin two hours ago and to end half an hour ago. */
async function planThisEvening(page: Page): Promise<string> {
  const planned = await page.evaluate(async () => {
    const kept = (what: string) => localStorage.getItem(`yigongli.${what}`) ?? ''
    const headers = { 'x-device-id': kept('device'), 'x-post': kept('post'), 'content-type': 'application/json' }
    const me = (await (await fetch('/api/me', { headers })).json()) as { member: { memberId: string; organisationId: string } }
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    const shown = `/meetings/${me.member.organisationId}/${crypto.randomUUID()}`
    const address = `/api${shown.replace('/meetings/', '/organisations/').replace(/\/([^/]+)$/, '/gatherings/$1')}`
    const body = {
      title: '主题党日：水渠怎么修',
      segments: [{ id: crypto.randomUUID(), kind: 'THEME_DAY' }],
      mode: 'HYBRID',
      place: '隔界村党员活动室',
      plannedStart: ago(120),
      plannedEnd: ago(30),
      hostId: me.member.memberId,
      agenda: ['先修哪一段', '工具和分工'].map((title) => ({ id: crypto.randomUUID(), title })),
    }
    const put = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(body) })
    const told = await fetch(`${address}/notice`, { method: 'PUT', headers: { 'x-device-id': kept('device'), 'x-post': kept('post') } })
    return { ok: put.ok && told.ok, path: shown }
  })
  expect(planned.ok).toBe(true)
  return planned.path
}

/** From one time of a clock to the next, `19:30`. */
function minutesBetween(from: string, until: string): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return (minutes(until) - minutes(from) + 1440) % 1440
}

/** Counts what a person does on this page: every tap and every key. */
function counting(page: Page) {
  let done = 0
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  return {
    count: () => done,
    async tap(name: string | RegExp) {
      done += 1
      await button(name).click()
    },
    async tapLink(name: string) {
      done += 1
      await page.getByRole('link', { name, exact: true }).click()
    },
    /** A list opens with one tap and closes with another. */
    async choose(label: string | RegExp, option: string) {
      done += 2
      await page.getByLabel(label).selectOption({ label: option })
    },
    async type(label: string | RegExp, text: string) {
      done += 1 + text.length
      await page.getByLabel(label).first().pressSequentially(text)
    },
  }
}

test(`a secretary records an ordinary meeting of eleven with at most ${mostTapsAndKeys} taps and keys`, async () => {
  const page = await openPhone('李阿普')
  meeting = await planThisEvening(page)
  const member = await openPhone('盘文亮', meeting)
  await member.getByRole('button', { name: '我会到' }).click()
  await member.getByText('说了会到').waitFor()
  await keepPicture(member, 'minutes-answered')

  await page.goto(`${faces.url}${meeting}`)
  await page.getByText('会到：盘文亮').waitFor()
  expect(await barriers(page)).toEqual([])
  const hand = counting(page)

  await hand.tap('开始')
  await hand.tapLink('记名单')
  await page.locator('.names li').nth(10).waitFor()
  expect(await page.locator('.names li').count()).toBe(11)
  await hand.tap(/其余 \d+ 人都到/)
  await page.getByRole('status').getByText('已保存').waitFor()
  // Called to the border after all: 到 → 线上 → 请假.
  for (let tap = 0; tap < 2; tap += 1) await hand.tap(/盘文亮/)
  await hand.choose('盘文亮请假的原因', '巡边')
  await keepPicture(page, 'minutes-roll')

  await hand.tapLink('写记录')
  await page.getByLabel('第 1 项议题', { exact: true }).waitFor()
  // Planned once, asked never again: the agenda, the host, the day and the times stand there.
  expect(await page.getByLabel('第 1 项议题', { exact: true }).inputValue()).toBe('先修哪一段')
  const [from, until] = [
    await page.getByLabel('开始', { exact: true }).inputValue(),
    await page.getByLabel('结束', { exact: true }).inputValue(),
  ]
  expect(minutesBetween(from, until)).toBe(90)
  await hand.type('说了什么、怎么定的', '同意先修水渠')
  await hand.tap('第 1 项议题：这一项有表决')
  await page.locator('.sum').first().waitFor()
  expect(await page.locator('.sum').first().innerText()).toContain('须有')
  await keepPicture(page, 'minutes-record')
  expect(await barriers(page)).toEqual([])

  // The page is closed in the middle of it: what was written is still there.
  await page.reload()
  await page.getByText('已存在这部手机里').waitFor()
  expect(await page.getByLabel('说了什么、怎么定的').first().inputValue()).toContain('同意先修水渠')
  await hand.tap('签名并存下')
  await page.getByRole('heading', { name: '签名' }).waitFor()
  await keepPicture(page, 'minutes-signed')
  console.log(`an ordinary meeting of eleven: ${hand.count()} taps and keys`)
  expect(hand.count()).toBeLessThanOrEqual(mostTapsAndKeys)
})

test('on patrol the agenda is read first; what is said waits on the phone and counts when the recorder says so', async () => {
  const member = await openPhone('盘文亮')
  await member.goto(`${faces.url}${meeting}/patrol`)
  await member.getByRole('heading', { name: '我说几句' }).waitFor()
  expect(await barriers(member)).toEqual([])
  await member.context().setOffline(true)
  await member.getByLabel('或者写几句').fill('同意。界桩那边一切正常。')
  await member.getByRole('button', { name: '发给支部' }).click()
  await member.getByText('本地已存 1 项').waitFor()
  await keepPicture(member, 'minutes-patrol')
  await member.context().setOffline(false)
  await member.locator('.truth-line').waitFor({ state: 'detached', timeout: 30_000 })
  await member.getByText('等记录人决定').waitFor()

  const recorder = await openPhone('白云芬', meeting)
  await recorder.getByText('界桩那边一切正常').waitFor()
  await recorder.getByRole('button', { name: '计为线上到会' }).first().click()
  await recorder.getByText('已计为线上到会').waitFor()
  await keepPicture(recorder, 'minutes-decided')

  await recorder.goto(`${faces.url}/meetings/exemptions`)
  await settled(recorder)
  expect(await barriers(recorder)).toEqual([])
  await keepPicture(recorder, 'minutes-exemptions')
})
