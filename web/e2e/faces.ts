/** The three faces for a story: the whole house on its own copy of the demo, served to a real Chromium. */
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { type House, readConfig } from '#platform'
import { serveFaces } from '../../server/faces.ts'
import { openYigongli } from '../../server/open.ts'
import { databaseUrl, onServer } from '../../server/test/database.ts'
import { launch } from './browser.ts'

/** Pictures of every page, kept by the run. */
const pictures = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url))

const sizes = {
  phone: { width: 360, height: 780 },
  console: { width: 1440, height: 900 },
  screen: { width: 1920, height: 1080 },
} as const

export interface Look {
  size?: keyof typeof sizes
  theme?: 'light' | 'dark'
}

export interface Faces {
  url: string
  house: House
  browser: Browser
  /** A page on a device of its own. */
  open(path: string, look?: Look): Promise<Page>
  /** A page where the demo person with this name has signed in with one tap. */
  openAs(name: string, path: string, look?: Look): Promise<Page>
  close(): Promise<void>
}

/** Opens the house with the demo, its worker running. Call it in `beforeAll`, and `close` in `afterAll`. */
export async function openFaces(): Promise<Faces> {
  const admin = inject('adminUrl')
  const { template, keyFile, dist } = inject('demo')
  const name = `faces_${randomBytes(6).toString('hex')}`
  await onServer(admin, `create database ${name} template ${template}`)
  const dataDir = await mkdtemp(join(tmpdir(), 'yigongli-faces-'))
  const house = await openYigongli(
    readConfig({ DATA_DIR: dataDir, KEY_FILE: keyFile, DEMO: '1', LOG_LEVEL: 'error' }),
    databaseUrl(admin, name),
  )
  await serveFaces(house.app, dist)
  await house.startWorker()
  const url = await house.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launch()
  const contexts: BrowserContext[] = []
  const refused = new Set<string>()
  const open: Faces['open'] = async (path, { size = 'phone', theme = 'light' } = {}) => {
    const context = await browser.newContext({
      viewport: sizes[size],
      colorScheme: theme,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    })
    contexts.push(context)
    await tellRefused(context, (what) => refused.add(what))
    const page = await context.newPage()
    await page.goto(`${url}${path}`)
    return page
  }
  return {
    url,
    house,
    browser,
    open,
    async openAs(person, path, look) {
      const page = await open(path, look)
      await page.locator('.sign-in-demo button', { hasText: person }).first().click()
      await page.locator('.sign-in').waitFor({ state: 'detached' })
      return page
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
      await browser.close()
      await house.close()
      await onServer(admin, `drop database if exists ${name} with (force)`)
      await rm(dataDir, { recursive: true, force: true })
      if (refused.size > 0) throw new Error(`pages tried what their content security policy forbids: ${[...refused].join('; ')}`)
    },
  }
}

/** Tells what pages try to do against their policy, `eval` among it; a browser refuses it in silence. */
async function tellRefused(context: BrowserContext, tell: (what: string) => void): Promise<void> {
  await context.exposeFunction('tellRefused', tell)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const { tellRefused: say } = globalThis as unknown as { tellRefused: (what: string) => void }
      say([violatedDirective, blockedURI, sourceFile].join(' '))
    })
  })
}

/** Waits until nothing on the page is being fetched. */
export const settled = (page: Page) => expect.poll(() => page.locator('[data-state=loading]').count()).toBe(0)

/** Keeps a picture of the page, for people to look at. @param name file name without ending, for example `mobile-home-dark` */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** What stands in the way of people with a disability, one line each; empty is what is wanted. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  // The analysis opens a page of its own; keys pressed next are meant for this one.
  await page.bringToFront()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}
