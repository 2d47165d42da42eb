/** The branch's year: what is missing this quarter is arranged with one touch, accepted, and then nothing is missing; the console shows it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

test('the secretary has the rest of the quarter arranged and accepts it; the calendar of the branch holds it', async () => {
  const page = await faces.openAs('李阿普', '/')
  await page.goto(`${faces.url}/year`)
  await page.locator('.year-month').first().waitFor()
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'mobile-year')
  const arrange = page.getByRole('link', { name: '最省事地安排好' })
  // On the last days of a quarter everything may be planned already; then the year after is planned instead.
  if ((await arrange.count()) === 0) await page.getByRole('button', { name: '下一年' }).click()
  await page.locator('a[href^="/year/arrange"]').first().click()
  await page.locator('.proposal').first().waitFor()
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'mobile-arrange')
  const titles = await page.locator('.proposal h2').allTextContents()
  expect(titles.length).toBeGreaterThan(0)
  expect(await page.locator('.proposal p').allTextContents()).toContainEqual(expect.stringContaining('依据：《'))
  await page.getByRole('button', { name: /就这样安排/ }).click()
  await page.waitForURL('**/year')
  await page.goto(`${faces.url}/year`)
  await page.getByText('本季度该办的都已安排').waitFor()
  const lines = (await page.locator('.year-line').allTextContents()).join('\n')
  expect(lines).toContain(titles[0])

  const console = await faces.openAs('周丽萍', '/console', { size: 'console' })
  await console.waitForURL('**/o/*')
  await console.goto(`${console.url()}/year`)
  await console.getByRole('button', { name: '发布主题党日包' }).click()
  await console.getByLabel('主题', { exact: true }).fill('清洁家园')
  await console.getByLabel('议题', { exact: true }).fill('打扫水源地\n商量分段包干')
  await console.locator('.kit-form button[type="submit"]').click()
  await console.locator('.rows').getByText('清洁家园').waitFor()
  expect(await barriers(console)).toEqual([])
  await keepPicture(console, 'console-kits')
})
