/** Phones of a story that lasts for days. Each has a clock of its own, which may be wrong, and is in range or out of it. */
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Faces } from './faces.ts'

export const dayMilliseconds = 86_400_000

/** Calls the platform as the person of this page does. */
export const ask = <Answer = Record<string, unknown>>(page: Page, method: string, path: string, body?: object): Promise<Answer> =>
  page.evaluate(
    async ([how, where, what]) => {
      const headers = {
        'x-device-id': localStorage.getItem('yigongli.device') ?? '',
        'x-post': localStorage.getItem('yigongli.post') ?? '',
        ...(what === undefined ? {} : { 'content-type': 'application/json' }),
      }
      const answer = await fetch(`/api${where}`, { method: how, headers, ...(what === undefined ? {} : { body: JSON.stringify(what) }) })
      if (!answer.ok) throw new Error(`${how} ${where}: ${await answer.text()}`)
      return (await answer.json()) as never
    },
    [method, path, body] as const,
  )

/** What can be read of a row in the phone's store: its key, the id where it has one, and its value as text. */
interface Row {
  key: string
  id: string | undefined
  text: string
}

/** Everything in one part of the phone's store, as it stands there. */
export const inStore = (page: Page, store: 'shelf' | 'outbox'): Promise<Row[]> =>
  page.evaluate(async (name) => {
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error(`${name} cannot be read`)))
      })
    const database = await done(indexedDB.open(`yigongli.${localStorage.getItem('yigongli.account') ?? ''}`))
    const place = database.transaction(name).objectStore(name)
    const [keys, values] = await Promise.all([done(place.getAllKeys()), done(place.getAll())])
    database.close()
    const textIn = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value)
      if (typeof value === 'object' && value !== null) return Object.values(value).map(textIn).join(' ')
      return String(value)
    }
    return (values as { id?: string }[]).map((value, n) => ({ key: JSON.stringify(keys[n]), id: value.id, text: textIn(value) }))
  }, store)

interface PhoneOf {
  /** The number its owner signs in with. */
  number: string
  /** Milliseconds by which its clock is ahead. */
  ahead: number
  /** When the story begins, milliseconds since 1970. */
  at: number
}

export class Phone {
  readonly #url: string
  readonly #context: BrowserContext
  readonly #ahead: number
  #page: Page
  /** From the platform's time to the time of the story. */
  #shift: number

  private constructor(url: string, page: Page, { ahead, at }: PhoneOf) {
    this.#url = url
    this.#page = page
    this.#context = page.context()
    this.#ahead = ahead
    this.#shift = at - Date.now()
  }

  /** A new phone, in range; its owner signs in with number and code. */
  static async open({ browser, url }: Faces, of: PhoneOf): Promise<Phone> {
    const context = await browser.newContext({
      viewport: { width: 360, height: 780 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    })
    await context.clock.install({ time: of.at + of.ahead })
    const phone = new Phone(url, await context.newPage(), of)
    await phone.#hear()
    await phone.go('/')
    const { page } = phone
    await page.getByLabel('手机号').fill(of.number)
    await page.getByRole('button', { name: '获取验证码' }).click()
    await page.getByRole('status').getByText(/\d{6}/).waitFor()
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.locator('.tabs').waitFor()
    return phone
  }

  get page(): Page {
    return this.#page
  }

  async go(path: string): Promise<void> {
    await this.#page.goto(`${this.#url}${path}`)
  }

  /** The app itself, this gathering and the key for packages are on the phone. */
  async isReady(gatheringId: string): Promise<void> {
    await this.#page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await this.go('/carry')
    await this.#page.getByRole('button', { name: '打成包裹' }).waitFor()
    const has = async () => {
      if ((await inStore(this.#page, 'shelf')).some(({ key }) => key.includes(gatheringId))) return true
      await this.go('/sync')
      return false
    }
    await expect.poll(has, { timeout: 60_000, interval: 1000 }).toBe(true)
  }

  /** Ids of what is written down here and not known to have arrived. */
  async outbox(): Promise<string[]> {
    return (await inStore(this.#page, 'outbox')).flatMap(({ id }) => id ?? [])
  }

  /** Days pass. @param moment when the story goes on, milliseconds since 1970 */
  async wait(moment: number): Promise<void> {
    const shown = await this.#page.evaluate(() => Date.now())
    this.#shift = moment - Date.now()
    await this.#context.clock.fastForward(Math.max(0, moment + this.#ahead - shown))
  }

  async leave(): Promise<void> {
    await this.#context.unrouteAll({ behavior: 'wait' })
    await this.#context.setOffline(true)
  }

  /** @param lost the answer to the first act is lost on the way */
  async comeBack({ lost = false }: { lost?: boolean } = {}): Promise<void> {
    await this.#hear(lost)
    await this.#context.setOffline(false)
    // A page that was opened out of range is not told by this browser.
    await this.#page.evaluate(() => void window.dispatchEvent(new Event('online')))
  }

  /** What this phone hears of the platform's clock is the time of the story. */
  async #hear(lost = false): Promise<void> {
    let losing = lost
    await this.#context.route('**/api/**', async (route) => {
      try {
        const answer = await route.fetch()
        if (losing && route.request().url().includes('/api/me/acts/')) {
          losing = false
          return await route.abort()
        }
        const date = new Date(Date.now() + this.#shift).toUTCString()
        await route.fulfill({ response: answer, headers: { ...answer.headers(), date } })
      } catch {
        // The page has been left meanwhile: nobody waits for the answer.
      }
    })
  }

  /** The page dies without a word, as when the system needs the memory; then the app is opened again. */
  async kill(path: string): Promise<void> {
    const died = this.#page.waitForEvent('crash')
    const session = await this.#context.newCDPSession(this.#page)
    session.send('Page.crash').catch(() => {})
    await died
    const dead = this.#page
    this.#page = await this.#context.newPage()
    await dead.close()
    await this.go(path)
  }
}
