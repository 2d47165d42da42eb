/**
 * Reminders reach a person of 65: in elder mode every target of the pages they need is at least 56 px high at 320 px, home and notices are
 * read aloud, and what wakes the phone says only that there is something.
 * Seen to fail: with a link of 44 px among the meetings, with a number that could not be read on its button, and with the push not shown.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces, settled } from './faces.ts'

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

/** What can be pressed and is smaller than a finger that is not sure; a switch counts with its label. */
const tooSmall = (page: Page) =>
  page.evaluate(() => {
    const targets = [...document.querySelectorAll('.page :is(a:not(.cover), button, input, select, textarea, summary)')]
    const missed = targets.filter((target) => {
      const { width, height } = (target.closest('label') ?? target).getBoundingClientRect()
      return width > 0 && height > 0 && (height < 55.5 || width < 55.5)
    })
    return missed.map((target) => `${target.tagName}.${target.className} ${target.textContent}`)
  })

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${faces.url}${path}`)
  await page.locator('.page main').waitFor()
  await settled(page)
}

test('a secretary of 65 is told, reads large or listens, and finds whom to ring', async () => {
  const page = await faces.openAs('李阿普', '/')
  await page.locator('.tabs').waitFor()
  await page.evaluate(() => localStorage.setItem('yigongli.elder', 'yes'))
  await page.setViewportSize({ width: 320, height: 720 })
  // The voice of the device, written down instead of heard.
  await page.addInitScript(() => {
    const spoken: string[] = []
    Object.assign(window, { spoken })
    window.speechSynthesis.speak = (words) => void spoken.push(words.text)
  })
  for (const path of ['/', '/notices', '/notices/ring', '/me', '/me/reminders', '/meetings']) {
    await go(page, path)
    expect(await tooSmall(page), path).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0)
  }
  await go(page, '/')
  const urgent = await page.locator('section[aria-labelledby=urgent] h3').first().textContent()
  expect(await page.locator('section[aria-labelledby=urgent] article').count()).toBe(1)
  await page.getByRole('button', { name: '念给我听' }).click()
  const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken.join(' '))
  expect(spoken).toContain('要紧的')
  expect(spoken).toContain(urgent)
  await keepPicture(page, 'reminders-home-elder-320')
  await go(page, '/notices/ring')
  await page.getByRole('button', { name: '看号码' }).first().click()
  expect(await page.locator('a[href^="tel:"]').first().textContent()).toMatch(/^\d{11}$/)
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, 'reminders-ring-elder-320')

  // Pushed as the browser's push service would: the worker shows that there is something, and no more. A browser without a desktop shows
  // no notifications, so what it is asked to show is written down.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  const session = await page.context().newCDPSession(page)
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first !== undefined) resolve(first.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const [worker] = page.context().serviceWorkers()
  await worker?.evaluate(() => {
    const shown: unknown[] = []
    Object.assign(globalThis, { shown })
    ServiceWorkerRegistration.prototype.showNotification = (title, options) => {
      shown.push({ title, body: options?.body, href: options?.data as unknown })
      return Promise.resolve()
    }
  })
  const pushed = {
    title: { zh: '一公里', en: 'Yigongli' },
    body: { zh: '有新的提醒，打开看看。', en: 'There is something new; open to see it.' },
    href: '/notices',
  }
  const data = JSON.stringify(pushed)
  await session.send('ServiceWorker.deliverPushMessage', { origin: faces.url, registrationId: await found, data })
  await expect
    .poll(() => worker?.evaluate(() => (globalThis as unknown as { shown: unknown[] }).shown))
    .toEqual([{ title: '一公里', body: '有新的提醒，打开看看。', href: '/notices' }])
}, 180_000)
