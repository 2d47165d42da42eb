/**
 * Hand-over without any network: the recorder's phone shows codes, another phone reads them with its camera, carries them to where there is
 * a network, delivers, and shows the receipt back; the same package comes to the town once more as a file. Each thing done is on record once.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsqr from 'jsqr'
import type { Browser, Locator, Page } from 'playwright-core'
import qrcode from 'qrcode'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql, transact } from '#platform'
import { launch } from './browser.ts'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'

const recorder = '白云芬'
const carrier = '盘文亮'
const secretary = '李阿普'

let faces: Faces
let folder: string
let browser: Browser
/** What the camera of every phone sees. */
let film: string

beforeAll(async () => {
  faces = await openFaces()
  folder = await mkdtemp(join(tmpdir(), 'yigongli-film-'))
  film = join(folder, 'film.mjpeg')
  await show([await pictureOf('https://example.org/not-ours')])
  browser = await launch([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ])
})
afterAll(async () => {
  await browser.close()
  await faces.close()
  await rm(folder, { recursive: true, force: true })
})

/** A phone with a camera; the person signs in with one tap. */
async function phone(name: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 780 },
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    permissions: ['camera'],
  })
  const page = await context.newPage()
  await page.goto(faces.url)
  await page.locator('.sign-in-demo button', { hasText: name }).first().click()
  await page.locator('.tabs').waitFor()
  // In range: the app itself, what its owner may see, and the keys are kept on the phone.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await go(page, '/sync')
  await page.getByText(/^今天 \d/).waitFor()
  return page
}

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${faces.url}${path}`)
  await page.locator('.page main').waitFor()
}

async function pictureOf(text: string): Promise<Buffer> {
  return qrcode.toBuffer(text, { width: 420, margin: 6 })
}

/** From now on the camera sees these pictures in turn, a little tilted, each for a while. It looks at the film when it is opened. */
async function show(pictures: readonly Buffer[]): Promise<void> {
  const frames = await Promise.all(
    pictures.map(async (picture) => {
      const seen = await sharp(picture).resize(560, 560).rotate(4, { background: '#8a8f8c' }).png().toBuffer()
      const scene = sharp({ create: { width: 1280, height: 720, channels: 3, background: '#8a8f8c' } })
      return scene
        .composite([{ input: seen }])
        .jpeg({ quality: 80 })
        .toBuffer()
    }),
  )
  await writeFile(film, Buffer.concat(frames.flatMap((frame) => Array.from({ length: 12 }, () => frame))))
}

/** Every code of the series on this page, as somebody stepping through it sees them. */
async function codes(page: Page, series: Locator): Promise<Buffer[]> {
  const total = Number(/共 (\d+) 张/.exec((await series.locator('.codes-place').textContent()) ?? '')?.[1])
  const pictures: Buffer[] = []
  for (let i = 0; i < total; i += 1) {
    pictures.push(await series.locator('.qr').screenshot())
    if (total > 1) await page.getByRole('button', { name: '下一张' }).click()
  }
  return pictures
}

async function readPicture(picture: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return jsqr(Uint8ClampedArray.from(data), info.width, info.height)?.data
}

/** Acts with a receipt, and packages, as they stand on record. */
const onRecord = () =>
  transact(faces.house.jobsPool, (ctx) =>
    ctx.get(sql<{ acts: number; packages: number; present: number }>`
      select (select count(*)::int from sync.act) as acts, (select count(*)::int from sync.package) as packages,
        (select count(*)::int from platform.event where type = 'meetings.gathering.rollCalled' and at > now() - interval '1 hour') as present`),
  )

test('a package goes from phone to phone by codes, to the platform, and its receipt back', async () => {
  const mine = await phone(recorder)
  const draft = await mine.evaluate(async () => {
    const headers = { 'x-device-id': localStorage.getItem('yigongli.device') ?? '' }
    const answer = await fetch('/api/me/gatherings?limit=100', { headers })
    const { items } = (await answer.json()) as { items: { id: string; organisationId: string; state: string }[] }
    const found = items.find((item) => item.state === 'DRAFT_MINUTES')
    return `/meetings/${found?.organisationId}/${found?.id}/roll`
  })
  await go(mine, draft)
  const names = mine.locator('.names button')
  await names.first().waitFor()
  await go(mine, '/carry')
  await mine.getByText('本机没有等着送出的事').waitFor()
  await mine.getByRole('button', { name: '打成包裹' }).waitFor()
  const before = await onRecord()

  // Up the stream: no network. What is done stays on the phone and is packed.
  await mine.context().setOffline(true)
  await go(mine, draft)
  await names.nth(1).click()
  await names.nth(2).click()
  await mine
    .getByText(/2 项已存在本机|2 项，待发送/)
    .first()
    .waitFor()
  await go(mine, '/carry')
  await mine.getByText(/本机有 [12] 件事还没送到平台/).waitFor()
  expect(await barriers(mine)).toEqual([])
  await mine.getByRole('button', { name: '打成包裹' }).click()
  const series = mine.locator('.codes')
  await series.waitFor()
  await keepPicture(mine, 'carry-codes')
  expect(await barriers(mine)).toEqual([])
  const shown = await codes(mine, series)
  for (const picture of shown) expect(await readPicture(picture)).toMatch(/^YGL:/)
  const [download] = await Promise.all([mine.waitForEvent('download'), mine.getByRole('button', { name: '存成文件' }).click()])
  const file = await readFile(await download.path(), 'utf8')
  await mine.getByRole('button', { name: '好了' }).click()
  const name = (await mine.locator('article h3').first().textContent()) ?? ''
  expect(name).toMatch(/^包裹 [0-9A-F]{4}-[0-9A-F]{4}$/)

  // Another phone, without a network too, reads them; a code of something else in between is told apart.
  const theirs = await phone(carrier)
  await go(theirs, '/carry/others')
  await theirs.getByText('还没有替人带的包裹').waitFor()
  await theirs.context().setOffline(true)
  await theirs.getByRole('button', { name: '扫码读取' }).click()
  await theirs.getByText('这不是一公里的交接码').waitFor()
  await keepPicture(theirs, 'carry-foreign')
  expect(await barriers(theirs)).toEqual([])
  await theirs.getByRole('button', { name: '不读了' }).click()
  await show([shown[0] ?? Buffer.alloc(0), await pictureOf('https://example.org/not-ours'), ...shown.slice(1).toReversed()])
  await theirs.getByRole('button', { name: '扫码读取' }).click()
  await theirs.getByRole('heading', { name }).waitFor({ timeout: 60_000 })
  await theirs.getByText('还没有送到').waitFor()
  await keepPicture(theirs, 'carry-carried')
  expect(await onRecord()).toEqual(before)

  // In the town the carrier's phone delivers by itself.
  await theirs.context().setOffline(false)
  await theirs.getByText(/平台 .* 收到，共 [12] 件/).waitFor({ timeout: 30_000 })
  const after = await onRecord()
  expect(after.packages).toBe(before.packages + 1)
  await theirs.getByRole('button', { name: '出示回执' }).click()
  await keepPicture(theirs, 'carry-receipt')
  expect(await barriers(theirs)).toEqual([])
  await show(await codes(theirs, theirs.locator('.codes')))

  // Back in the village, still without a network, the recorder reads the receipt.
  await mine.getByRole('button', { name: '读回执' }).click()
  await mine.getByText('收到回执').waitFor({ timeout: 60_000 })
  await mine.getByText(/其中 [12] 件已有回执/).waitFor()
  await keepPicture(mine, 'carry-received')

  // In range again the phone sends the same by itself: on record it stays once.
  await mine.context().setOffline(false)
  await mine.getByText('本机没有等着送出的事').waitFor({ timeout: 30_000 })
  expect(await onRecord()).toEqual(after)

  // The file comes to the town too, whole and altered.
  const office = await faces.openAs(secretary, '/console/me/carry', { size: 'console' })
  const input = office.locator('input[type=file]')
  const bring = (fileName: string, text: string) =>
    input.setInputFiles({ name: fileName, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await bring('a.txt', file)
  await office.getByText(/就已送到，共 [12] 件，没有重复记/).waitFor()
  await bring('b.txt', file.trim().replace(/.{8}$/, 'AAAAAAAA'))
  await office.getByText('包裹在路上被改动了').waitFor()
  await bring('c.txt', '会议记录')
  await office.getByText('不是一公里的交接包').waitFor()
  await keepPicture(office, 'carry-console')
  expect(await barriers(office)).toEqual([])
  expect(await onRecord()).toEqual(after)
}, 300_000)
