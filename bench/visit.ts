/**
 * `npm run bench:visit`: how long somebody waits for the phone app on a slow line with a slow phone, the first time and, without any network, the
 * second. Builds the pages and a demo in a temporary folder, then opens each visit in a browser of its own.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launch } from '../web/e2e/browser.ts'
import { median } from './pair.ts'
import { machine, milliseconds, table } from './table.ts'

/** 3 Mbit/s with the delay of a mobile network, on a phone whose processor is four times slower. */
const line = { offline: false, downloadThroughput: (3 * 2 ** 20) / 8, uploadThroughput: 2 ** 20 / 8, latency: 70 }
const slowness = 4
const visits = 5
const port = 8399

interface Visit {
  /** Milliseconds until the page can be used: the first visit's sign-in, then home after one tap, then home opened anew without a network. */
  signIn: number
  home: number
  again: number
  /** The same with this machine's own processor. */
  fast: number
}

/** A page on a phone whose processor is so many times slower, with or without a network. */
async function openPage(context: BrowserContext, rate: number, offline: boolean): Promise<Page> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', { ...line, offline })
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  return page
}

async function timed(page: Page, act: () => Promise<unknown>, shown: string): Promise<number> {
  const began = performance.now()
  await act()
  await page.locator(shown).first().waitFor()
  return performance.now() - began
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await openPage(context, slowness, false)
  const open = (on: Page) => on.goto(url, { waitUntil: 'commit' })
  const signIn = await timed(page, () => open(page), '.sign-in-demo button')
  const home = await timed(page, () => page.locator('.sign-in-demo button', { hasText: '白云芬' }).first().click(), '.page main')
  // The app puts itself and what its owner may see away for the time without a network.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.waitForLoadState('networkidle')
  await pause(3000)
  await page.close()
  await context.setOffline(true)
  const anew = async (rate: number) => {
    const second = await openPage(context, rate, true)
    return timed(second, () => open(second), '.page main')
  }
  const [again, fast] = [await anew(slowness), await anew(1)]
  await context.close()
  return { signIn, home, again, fast }
}

async function answering(server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error('the server ended while it started')
    const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined)
    if (answer?.ok === true) return
    await pause(200)
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'yigongli-visit-'))
const server = fork(fileURLToPath(new URL('../server/main.ts', import.meta.url)), {
  env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'fatal' },
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
})
try {
  await answering(server)
  const browser = await launch()
  const all: Visit[] = []
  for (let i = 0; i < visits; i += 1) all.push(await visit(browser, `http://127.0.0.1:${port}/`))
  await browser.close()
  const row = (name: string, of: keyof Visit) => [
    name,
    milliseconds(median(all.map((one) => one[of]))),
    milliseconds(Math.max(...all.map((one) => one[of]))),
  ]
  console.log(`3 Mbit/s, 70 ms, processor ${slowness} × slower, ${visits} visits. ${machine()}\n`)
  console.log(
    table(
      ['phone app', 'median', 'longest'],
      [
        row('first visit, until one can sign in', 'signIn'),
        row('from the tap until home can be used', 'home'),
        row('second visit without a network, until home can be used', 'again'),
        row('the same with a processor that is not slowed down', 'fast'),
      ],
    ),
  )
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  await rm(dataDir, { recursive: true, force: true })
}
