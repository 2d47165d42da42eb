/**
 * A pass is checked at /verify by whoever stands at the door: by camera, picture, text and hand scanner, without an account and without a network.
 * Every verdict is shown, and nothing about a person is left on the device. The platform here serves the pages and a trust bundle and nothing else.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import qrcode from 'qrcode'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openTrust, outcomes, qrLevel, verify } from '#pass'
import { content, later, now, scenes, trustBytes } from '#pass/example'
import { serveFaces } from '../../server/faces.ts'
import { launch } from './browser.ts'
import { barriers, keepPicture } from './faces.ts'

let app: FastifyInstance
let url: string
let browser: Browser
let folder: string
let trust: Uint8Array
let asked = 0
const all = await scenes()
const textOf = (outcome: string) => all.find((scene) => scene.outcome === outcome)?.text ?? ''
const refused = new Set<string>()

beforeAll(async () => {
  trust = await trustBytes()
  app = Fastify()
  app.get('/pass/trust', (_request, reply) => {
    asked += 1
    return reply.header('cache-control', 'no-cache').type('application/cbor').send(Buffer.from(trust))
  })
  // What a page of ours never asks here would be answered with 404, and the story would see it.
  await serveFaces(app, inject('demo').dist)
  url = await app.listen({ port: 0, host: '127.0.0.1' })
  folder = await mkdtemp(join(tmpdir(), 'yigongli-film-'))
  const film = join(folder, 'film.mjpeg')
  await writeFile(film, await filmOf(textOf('VALID')))
  browser = await launch([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ])
})
afterAll(async () => {
  await browser.close()
  await app.close()
  await rm(folder, { recursive: true, force: true })
  expect([...refused]).toEqual([])
})

const codeOf = (text: string, width: number) => qrcode.toBuffer(text, { width, margin: 4, errorCorrectionLevel: qrLevel(text) })

/** What the camera sees: a phone held a little askew. */
async function filmOf(text: string): Promise<Buffer> {
  const seen = await sharp(await codeOf(text, 560))
    .rotate(4, { background: '#8a8f8c' })
    .png()
    .toBuffer()
  const scene = sharp({ create: { width: 1280, height: 720, channels: 3, background: '#8a8f8c' } }).composite([{ input: seen }])
  const frame = await scene.jpeg({ quality: 80 }).toBuffer()
  return Buffer.concat(Array.from({ length: 10 }, () => frame))
}

interface Look {
  at?: Date
  theme?: 'light' | 'dark'
  size?: { width: number; height: number }
}

async function open({ at = now, theme = 'light', size = { width: 360, height: 780 } }: Look = {}, context?: BrowserContext): Promise<Page> {
  const device =
    context ??
    (await browser.newContext({
      viewport: size,
      colorScheme: theme,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      permissions: ['camera'],
    }))
  const page = await device.newPage()
  page.on('console', (message) => message.text().includes('Content Security Policy') && refused.add(message.text()))
  await page.clock.setFixedTime(at)
  await page.goto(`${url}/verify`)
  await page.getByText('名单截至').waitFor()
  return page
}

async function check(page: Page, text: string): Promise<string> {
  await page.locator('#typed').fill(text)
  await page.getByRole('button', { name: '核对', exact: true }).click()
  const card = page.locator('.verdict-card')
  await card.waitFor()
  return (await card.getAttribute('data-outcome')) ?? ''
}

test('every outcome is shown with its title, sentence and what to do, and is within reach of everybody', async () => {
  const page = await open()
  await keepPicture(page, 'verify-idle')
  expect(await barriers(page)).toEqual([])
  const opened = await openTrust(trust)
  for (const outcome of outcomes) {
    const scene = all.find((each) => each.outcome === outcome)
    const { outcome: found, title, sentence, next, pass } = await verify(scene?.text ?? '', opened, now)
    expect(await check(page, scene?.text ?? '')).toBe(found)
    const said = await page.locator('.verdict-card').innerText()
    for (const { zh } of [title, sentence, next]) expect(said).toContain(zh)
    expect(said.includes('王*明')).toBe(pass !== null)
    expect(said).not.toContain('王小明')
    await keepPicture(page, `verify-${outcome.toLowerCase()}`)
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: '清除，核对下一个' }).click()
    await page.locator('.verdict-card').waitFor({ state: 'detached' })
  }
})

test('dark, large, English, and at a counter', async () => {
  for (const [name, look] of [
    ['dark', { theme: 'dark' }],
    ['counter', { size: { width: 1440, height: 900 } }],
  ] as const) {
    const page = await open(look)
    expect(await check(page, textOf('VALID'))).toBe('VALID')
    await keepPicture(page, `verify-${name}`)
    expect(await barriers(page)).toEqual([])
    await page.context().close()
  }
  const page = await open()
  await page.getByRole('button', { name: '大字' }).click()
  expect(await check(page, textOf('COPY'))).toBe('COPY')
  await keepPicture(page, 'verify-elder')
  expect(await barriers(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.getByRole('button', { name: '标准字' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Show it on the phone' }).waitFor()
  await keepPicture(page, 'verify-english')
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})

test('the camera reads a code by itself, and its light goes out when it is turned off', async () => {
  const page = await open()
  await page.getByRole('button', { name: '打开摄像头扫码' }).click()
  await page.locator('.verdict-card[data-outcome=VALID]').waitFor({ timeout: 30_000 })
  await keepPicture(page, 'verify-camera')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: '关掉摄像头' }).click()
  await page.locator('video').waitFor({ state: 'detached' })
})

test('a picture is read, and one without a code says so', async () => {
  const page = await open()
  const input = page.locator('input[type=file]')
  const paper = await sharp(await codeOf(textOf('VALID_PAPER'), 700))
    .extend({ top: 300, bottom: 900, left: 200, right: 200, background: '#cfcac0' })
    .jpeg({ quality: 70 })
    .toBuffer()
  await input.setInputFiles({ name: 'paper.jpg', mimeType: 'image/jpeg', buffer: paper })
  await page.locator('.verdict-card[data-outcome=VALID_PAPER]').waitFor()
  const blank = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  await input.setInputFiles({ name: 'blank.png', mimeType: 'image/png', buffer: blank })
  await page.getByText('没有找到二维码').waitFor()
  await input.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await page.getByText('不是能打开的照片').waitFor()
  expect(await page.locator('.verdict-card').count()).toBe(0)
})

test('a hand scanner is heard wherever the cursor is', async () => {
  const page = await open({ size: { width: 1440, height: 900 } })
  await page.getByRole('button', { name: '深色' }).focus()
  await page.keyboard.type(textOf('VALID'))
  await page.keyboard.press('Enter')
  await page.locator('.verdict-card[data-outcome=VALID]').waitFor()
  // The button under the focus was not pressed by it.
  expect(await page.getByRole('button', { name: '深色' }).count()).toBe(1)
  await page.keyboard.type(textOf('REVOKED'))
  await page.keyboard.press('Enter')
  await page.locator('.verdict-card[data-outcome=REVOKED]').waitFor()
})

test('once opened it works without a network, says how old the lists are, and renews them in range', async () => {
  const page = await open()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const context = page.context()
  await context.setOffline(true)
  const away = await open({ at: later(60) }, context)
  await away.getByText('现在没有网络，按这份名单核对').waitFor()
  expect(await check(away, textOf('VALID_PAPER'))).toBe('VALID_PAPER')
  expect(await check(away, textOf('PROOF_OLD'))).toBe('PROOF_OLD')
  await keepPicture(away, 'verify-offline')
  expect(await barriers(away)).toEqual([])

  // Five days later, still without a network: valid as far as this list knows, and it says so.
  const later5 = await open({ at: later(5 * 86_400) }, context)
  expect(await check(later5, textOf('VALID_PAPER'))).toBe('LIST_OLD')
  await later5.getByText('按 5 天前的吊销名单核对').waitFor()

  // In range again it asks by itself; a bundle that does not open changes nothing.
  const before = asked
  const good = trust
  trust = Uint8Array.from([1, 2, 3])
  await context.setOffline(false)
  await expect.poll(() => asked).toBeGreaterThan(before)
  await away.getByText('名单截至').waitFor()
  trust = good
  await away.getByRole('button', { name: '更新' }).click()
  await away.getByText('已是最新').waitFor()
})

test('nothing about anybody stays on the device', async () => {
  const page = await open()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  for (const outcome of ['VALID', 'VALID_PAPER', 'REVOKED', 'COPY']) expect(await check(page, textOf(outcome))).toBe(outcome)
  const stored = await page.evaluate(async () => {
    const parts = [localStorage, sessionStorage].map((store) => JSON.stringify(Object.entries(store)))
    parts.push(document.cookie, location.href)
    const databases = await indexedDB.databases()
    for (const { name = '' } of databases) parts.push(`database ${name}`)
    for (const name of await caches.keys()) {
      const store = await caches.open(name)
      for (const request of await store.keys()) {
        const answer = await store.match(request)
        parts.push(name, request.url, new TextDecoder('latin1').decode(await answer?.arrayBuffer()))
      }
    }
    return parts.join('\n')
  })
  // It looked: the page and the bundle are there.
  expect(stored).toContain('/pass/trust')
  expect(stored).toContain('/verify')
  expect(stored).not.toContain('database ')
  const written = (text: string) => new TextDecoder('latin1').decode(new TextEncoder().encode(text))
  const copy = new TextDecoder('latin1').decode(Buffer.from(content.copyId.replaceAll('-', ''), 'hex'))
  for (const secret of ['王*明', '隔界村党支部', content.copyId, copy, textOf('VALID').slice(5, 60)])
    for (const form of [secret, written(secret)]) expect(stored).not.toContain(form)
})
