/** What a branch carries away: minutes from the phone, the year from the console, the calendar at an address that can be revoked. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'

let faces: Faces

beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

/** Presses what gives a file. @returns its name and its first bytes */
async function take(page: Page, press: () => Promise<void>): Promise<{ name: string; begins: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), begins: (await readFile(await download.path())).subarray(0, 5).toString('latin1') }
}

test('the secretary binds the year and takes ledger, minutes and archive from the console', async () => {
  const page = await faces.openAs('李阿普', '/console', { size: 'console' })
  const exports = page.locator('.exports')
  const ledger = await take(page, () => exports.getByRole('button', { name: '会议活动台账（Excel）' }).click())
  expect(ledger.name).toMatch(/^隔界村党支部_\d{4}年度会议活动台账\.xlsx$/)
  expect(ledger.begins).toMatch(/^PK/)
  await exports.getByRole('button', { name: '编制年度档案（PDF）' }).click()
  const bound = exports.locator('.yearbooks').getByRole('button', { name: /^\d{4}年度档案（PDF）$/ })
  await bound.waitFor({ timeout: 60_000 })
  await keepPicture(page, 'console-papers')
  expect(await barriers(page)).toEqual([])
  expect(await take(page, () => bound.click())).toMatchObject({ begins: '%PDF-' })
})

test('a member takes the notice from the phone, and opens and revokes a calendar', async () => {
  const page = await faces.openAs('李阿普', '/meetings')
  await page.locator('a[href^="/meetings/"]:not([href$="/plan"])').first().click()
  const notice = await take(page, () => page.getByRole('button', { name: '会议通知' }).click())
  expect(notice).toMatchObject({ name: expect.stringMatching(/_会议通知\.pdf$/) as string, begins: '%PDF-' })
  await keepPicture(page, 'mobile-papers')

  await page.goto(`${faces.url}/me/calendar`)
  await page.getByRole('button', { name: '生成私有地址' }).click()
  const address = (await page.locator('.feed-address').innerText()).trim()
  const read = () => fetch(address)
  expect(await (await read()).text()).toMatch(/^BEGIN:VCALENDAR/)
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'mobile-calendar')
  await page.getByRole('button', { name: '停用 我的手机' }).click()
  await page.getByText('还没有订阅').waitFor()
  expect((await read()).status).toBe(404)
})
