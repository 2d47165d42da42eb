/** Study where there is no signal: a pack is published, fetched, the line is cut, it goes on where it stopped, is read and heard in flight mode. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'
import { type Line, openLine } from './line.ts'

let faces: Faces
let line: Line

beforeAll(async () => {
  faces = await openFaces()
  line = await openLine(Number(new URL(faces.url).port))
})

afterAll(async () => {
  line.close()
  await faces.close()
})

const title = '巡边路上听'

/** A hundred seconds of one tone: 800 KB that every browser plays (WAV, 8000 samples of one byte a second). */
function tone(): Buffer {
  const samples = 800_000
  const head = Buffer.from('RIFF\0\0\0\0WAVEfmt \0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x01\0\x08\0data\0\0\0\0', 'latin1')
  for (const [place, value] of [
    [4, 36 + samples],
    [16, 16],
    [24, 8000],
    [28, 8000],
    [40, samples],
  ] as const)
    head.writeUInt32LE(value, place)
  return Buffer.concat([head, Buffer.from(Array.from({ length: samples }, (_, n) => 128 + Math.round(40 * Math.sin(n / 4))))])
}

/** The town's committee publishes an article and a sound to everything below it. */
async function publish(): Promise<void> {
  const page = await faces.openAs('周丽萍', '/console', { size: 'console' })
  await page.getByRole('link', { name: '学习' }).click()
  await page.getByRole('button', { name: '发布学习包' }).click()
  await page.getByLabel('标题').fill(title)
  await page.getByRole('button', { name: '写一篇文章' }).click()
  const article = page.getByRole('group', { name: /文章/ })
  await article.getByLabel('这一部分叫什么').fill('路上读')
  await article.getByLabel('正文').fill('## 出门前三件事\n看天，看人，看东西。')
  await page.getByRole('button', { name: '加音频' }).click()
  const sound = page.getByRole('group', { name: /音频/ })
  await sound.getByLabel('这一部分叫什么').fill('路上听')
  await sound.getByLabel('文件').setInputFiles({ name: '路上听.wav', mimeType: 'audio/wav', buffer: tone() })
  await sound.getByText('✓ 已上传').waitFor()
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'console-study')
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('heading', { name: title }).waitFor()
}
const pack = (page: Page) => page.getByRole('article', { name: title })

test('a pack is published, fetched, cut, resumed and read without a network; what was studied together is counted', async () => {
  await publish()
  const page = await faces.open('/')
  await page.goto(`${line.url}/study`)
  await page.locator('.sign-in-demo button', { hasText: '盘文亮' }).first().click()
  const ranges: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/content')) ranges.push(request.headers()['range'])
  })
  await pack(page).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'mobile-study')

  // The browser does not tell what network it is, so the owner is asked, with the size.
  await pack(page)
    .getByRole('button', { name: /^下载（800 KB）/ })
    .click()
  line.holdAfter(400_000)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /现在下载/ })
    .click()
  // What a browser has not read when a line breaks is gone; so it breaks once a part has been written down.
  await expect.poll(() => pack(page).locator('progress').getAttribute('value').then(Number)).toBeGreaterThan(100_000)
  line.break()
  await pack(page).getByText('网络断了').waitFor()
  await keepPicture(page, 'mobile-study-cut')
  line.mend()
  await pack(page).getByRole('button', { name: '接着下载' }).click()
  await pack(page).getByRole('link', { name: '打开' }).waitFor()
  expect(ranges.filter((range) => /^bytes=[1-9]\d{4,}-$/.test(range ?? ''))).toHaveLength(1)

  // Flight mode, and the app opened anew.
  await page.context().setOffline(true)
  await page.reload()
  await pack(page).getByRole('link', { name: '打开' }).click()
  await page.getByRole('heading', { name: '出门前三件事' }).waitFor()
  await page.getByRole('button', { name: '播放', exact: true }).click()
  await page.getByRole('button', { name: '暂停播放' }).click()
  await page.getByLabel('我的笔记').fill('雨季走上面那条路。')
  await page.getByText('✓ 已存在这部手机').waitFor()
  await page.getByRole('radio', { name: '特大' }).check()
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'mobile-study-offline')
  await page.reload()
  await expect.poll(() => page.getByLabel('我的笔记').inputValue()).toBe('雨季走上面那条路。')

  await page.context().setOffline(false)
  await page.goto(`${line.url}/study/ledger`)
  await page.getByText(/年集体学习和集中培训共记[\d.]+学时/).waitFor()
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'mobile-study-ledger')
})
