/**
 * The screen of a command centre: the way down to one record and up again by keys alone, every figure opened, a number that moves
 * as soon as a branch confirms, the states in which there is nothing to show, and standing there for days.
 */
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { putAttendance } from '#contract/attendance'
import { getGathering, notifyGathering, putGathering, startGathering } from '#contract/meetings'
import { confirmGathering, putRecord } from '#contract/record'
import { searchOrganisations } from '#contract/organisations'
import { demoId, findNode } from '#organisations'
import { type Node, transact } from '#platform'
import { registerMembers } from '../../server/test/membership.ts'
import { type Person, signInAs } from '../../server/test/person.ts'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'

const viewer = '王海燕'

// A story walks through many pages; on a busy machine each takes seconds.
vi.setConfig({ testTimeout: 240_000 })

let faces: Faces
let desk: Page | undefined
const open: Page[] = []
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())
afterEach(async () => {
  await desk?.context().setOffline(false)
  for (const page of open.splice(0)) await page.close()
})

/** A screen where the viewer has signed in; one device for all tests, since nobody may sign in without end. */
async function openScreen(theme: 'light' | 'dark' = 'dark', path = '/screen'): Promise<Page> {
  desk ??= await faces.openAs(viewer, '/screen', { size: 'screen', theme: 'dark' })
  await desk.evaluate((to) => {
    localStorage.removeItem('yigongli.language')
    if (to === 'light') localStorage.setItem('yigongli.theme', to)
    else localStorage.removeItem('yigongli.theme')
  }, theme)
  const page = await desk.context().newPage()
  await page.goto(`${faces.url}${path}`)
  open.push(page)
  return page
}

const heading = (page: Page) => page.locator('h1').textContent()
const atHeading = (page: Page, name: string) => page.locator('h1', { hasText: name }).waitFor()

/** Steers by arrow keys until the focus stands on the link. */
async function steerTo(page: Page, link: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const key = await page.evaluate((selector) => {
      const target = document.querySelector(selector)
      const active = document.activeElement
      if (target === null || target === active) return null
      if (active?.hasAttribute('data-way') !== true) return 'ArrowDown'
      const [from, to] = [active, target].map((element) => element.getBoundingClientRect())
      if (from === undefined || to === undefined) return null
      const down = to.top + to.height / 2 - from.top - from.height / 2
      const right = to.left + to.width / 2 - from.left - from.width / 2
      if (Math.abs(down) > to.height / 2) return down > 0 ? 'ArrowDown' : 'ArrowUp'
      return right > 0 ? 'ArrowRight' : 'ArrowLeft'
    }, link)
    if (key === null) break
    await page.keyboard.press(key)
  }
  expect(await page.evaluate((selector) => document.activeElement?.matches(selector), link), `the focus reaches ${link}`).toBe(true)
}

/** Somebody who may read the records of the whole province. */
const department = async () => signInAs(faces.house, { role: 'ORG_DEPARTMENT', node: await nodeOf(demoId('committee', '530000000000')) })

/** The branch of the first story and those who work there. */
async function borderVillage(): Promise<{ branch: Node; recorder: Person; secretary: Person }> {
  const { items } = await (await department()).call(searchOrganisations, { query: { q: '隔界村党支部', limit: 5 } })
  const branch = await nodeOf(items[0]?.id ?? '')
  return {
    branch,
    recorder: await signInAs(faces.house, { role: 'RECORDER', node: branch }),
    secretary: await signInAs(faces.house, { role: 'BRANCH_SECRETARY', node: branch }),
  }
}

async function nodeOf(id: string): Promise<Node> {
  const node = await transact(faces.house.jobsPool, (ctx) => findNode(ctx, id), { reads: true })
  if (node === undefined) throw new Error(`no organisation ${id}`)
  return node
}

/** A theme day with a party lecture, held an hour ago and recorded: only the second person's word is missing. */
async function recordedGathering(branch: Node, recorder: Person) {
  const gatheringId = crypto.randomUUID()
  const params = { organisationId: branch.id, gatheringId }
  const [start, end] = [-120, -30].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString())
  if (start === undefined || end === undefined) throw new Error('no time')
  await recorder.call(putGathering, {
    params,
    body: { title: '护边员的党课', segments: [{ id: crypto.randomUUID(), kind: 'PARTY_LECTURE' }], mode: 'ONSITE', plannedStart: start },
  })
  await recorder.call(notifyGathering, { params })
  const { roster } = await recorder.call(startGathering, { params, body: { at: start } })
  const rows = roster.map(({ memberId }) => ({ memberId, state: 'PRESENT_ONSITE' as const, deviceAt: start }))
  const { version } = await recorder.call(putAttendance, { params, body: { rows } })
  const recorded = await recorder.call(putRecord, {
    params,
    body: {
      actualStart: start,
      actualEnd: end,
      hostId: rows[0]?.memberId ?? '',
      agenda: [],
      minutes: '学习边境管理条例，讨论巡边排班。',
      version,
    },
  })
  return { params, title: recorded.title, present: rows.length, version: recorded.version }
}

describe('the way down', () => {
  test('from the province to one record and back, by keys alone', async () => {
    const page = await openScreen()
    await page.locator('.tiles-map [data-area]').nth(15).waitFor()
    expect(await page.locator('.tiles-map > [data-area]').count(), 'sixteen prefectures where they lie').toBe(16)
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-province-dark')

    const left: string[] = []
    const down = async (link: string, to: string) => {
      await steerTo(page, link)
      left.push((await page.locator(link).first().getAttribute('data-way')) ?? '')
      await page.keyboard.press('Enter')
      await atHeading(page, to)
    }
    await down('[data-area^="5325"]', '红河')
    await keepPicture(page, 'screen-prefecture-dark')
    await down('[data-area^="532530"]', '金平')
    await down('[data-area^="532530102"]', '金水河')
    const village = await page.locator('.tile', { hasText: '金水河村' }).getAttribute('data-way')
    await down(`[data-way="${village}"]`, '金水河村')
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-village-dark')
    const branch = await page.locator('tr', { hasText: '隔界村党支部' }).locator('a').getAttribute('data-way')
    await down(`[data-way="${branch}"]`, '隔界村党支部')
    await page.locator('.duties li').first().waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-branch-dark')
    const held = await page.locator('tr', { hasText: '已归档' }).first().locator('a').getAttribute('data-way')
    await steerTo(page, `[data-way="${held}"]`)
    await page.keyboard.press('Enter')
    await page.getByTestId('record').waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-record-dark')

    const [, organisationId = '', gatheringId = ''] = /o\/([^/]+)\/g\/([^/]+)/.exec(page.url()) ?? []
    const { roster } = await (await department()).call(getGathering, { params: { organisationId, gatheringId } })
    const away = roster.filter(({ state }) => !state.startsWith('PRESENT')).map(({ name }) => name)
    expect(away.length, 'somebody was away').toBeGreaterThan(0)
    const shown = (await page.getByTestId('record').textContent()) ?? ''
    expect(
      away.filter((name) => shown.includes(name)),
      'who was away is not named',
    ).toEqual([])

    for (const part of [held, ...left.toReversed()]) {
      await page.keyboard.press('Escape')
      await page.locator(`[data-way="${part}"]`).first().waitFor()
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-way') ?? document.activeElement?.tagName))
        .toMatch(part === held ? /./ : new RegExp(`^${part}$`))
    }
    expect(await page.locator('.tiles-map').count(), 'up again at the province').toBe(1)
    await page.keyboard.press('Escape')
    expect(new URL(page.url()).pathname, 'at the top Esc stays').toMatch(/^\/screen/)
  })

  test('every figure opens into definition, arithmetic, scope, source, freshness and rows', async () => {
    const page = await openScreen('light')
    await page.getByTestId('counter-duties').waitFor()
    await keepPicture(page, 'screen-province-light')
    const figures = [
      'counter-duties',
      'counter-gatherings',
      'counter-attendance',
      'fact-branches',
      'fact-members',
      'fact-floating',
      'fact-todayGatherings',
      'fact-todaySignIns',
    ]
    for (const figure of figures) {
      await page.getByTestId(figure).click()
      const panel = page.locator(`[data-opening="${figure.split('-')[1]}"]`)
      for (const term of ['这是什么', '怎么算的', '范围', '从哪里来', '新不新'])
        expect(await panel.locator('dt', { hasText: term }).count(), `${figure}: ${term}`).toBe(1)
      await panel.locator('.rows').first().waitFor()
      await page.keyboard.press('Escape')
      await panel.waitFor({ state: 'detached' })
    }
    await page.getByTestId('counter-duties').click()
    await page.locator('.chart svg').waitFor()
    await page.locator('.duties li').first().waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-duties-open-light')
    await page.getByRole('button', { name: '深色' }).click()
    await page.getByTestId('counter-gatherings').click()
    await page.locator('.kinds').waitFor()
    await page.locator('.chart svg').waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-gatherings-open-dark')
  })

  test('organisations stand in the order of their areas, whatever their numbers', async () => {
    const page = await openScreen()
    await page.getByTestId('fact-members').click()
    await page.locator('.opening-rows tbody tr').nth(15).waitFor()
    const names = await page.locator('.opening-rows tbody th').allTextContents()
    expect(names.filter((name) => /昆明|曲靖|玉溪|昭通|红河|迪庆/.test(name)).map((name) => name.replace('中共', '').slice(0, 2))).toEqual([
      '昆明',
      '曲靖',
      '玉溪',
      '昭通',
      '红河',
      '迪庆',
    ])
    expect(await page.locator('th button, th[aria-sort]').count(), 'nothing sorts by value').toBe(0)
  })
})

describe('what just happened', () => {
  test('a confirmed gathering moves the number, marks its prefecture and can be opened', async () => {
    const { branch, recorder, secretary } = await borderVillage()
    const { params, title, version } = await recordedGathering(branch, recorder)
    const page = await openScreen()
    await page.getByTestId('counter-gatherings').waitFor()
    await page.locator('.just li').first().waitFor()
    await page.waitForTimeout(1000)
    const before = await page.getByTestId('counter-gatherings').locator('b').textContent()
    const moved = page.evaluate(async () => {
      const figure = document.querySelector('[data-testid="counter-gatherings"] b')
      if (figure === null) throw new Error('no figure')
      return new Promise<number>((done) => {
        const watcher = new MutationObserver(() => {
          watcher.disconnect()
          done(Date.now())
        })
        watcher.observe(figure, { characterData: true, childList: true, subtree: true })
      })
    })
    await secretary.call(confirmGathering, { params, body: { version } })
    const committed = Date.now()
    const milliseconds = (await moved) - committed
    console.log(`the screen moved ${milliseconds} ms after the confirmation was answered`)
    expect(milliseconds).toBeLessThan(5000)
    expect(await page.getByTestId('counter-gatherings').locator('b').textContent()).not.toBe(before)

    await page.locator('.tile.moved[data-area^="5325"]').waitFor()
    const line = page.locator('.just li').first()
    expect(await line.textContent()).toContain(title)
    await keepPicture(page, 'screen-just-happened-dark')
    await line.locator('a').click()
    await page.getByTestId('record').waitFor()
    expect(await heading(page)).toBe(title)
    expect(await page.getByTestId('record').textContent()).toContain('已确认')
  })

  test('standing for days: the stream comes back by itself and the memory does not grow', async () => {
    const { branch, secretary } = await borderVillage()
    const page = await openScreen()
    await page.locator('.just li').first().waitFor()
    const devtools = await page.context().newCDPSession(page)
    const members = page.getByTestId('fact-members').locator('b')
    const shown = async () => Number((await members.textContent())?.replaceAll(',', ''))
    const happen = async (times: number) => {
      const before = await shown()
      await registerMembers(secretary, branch, times)
      await expect.poll(shown).toBe(before + times)
    }
    await happen(60)
    const first = await weigh(devtools)
    for (let round = 0; round < 3; round += 1) {
      faces.house.app.server.closeAllConnections()
      await happen(100)
    }
    const last = await weigh(devtools)
    console.log(
      `heap after 60 happenings ${first.megabytes.toFixed(2)} MB, after 360 ${last.megabytes.toFixed(2)} MB; nodes ${first.nodes} and ${last.nodes}; listeners ${first.listeners} and ${last.listeners}`,
    )
    expect(last.megabytes - first.megabytes).toBeLessThan(1.5)
    expect(last.nodes - first.nodes).toBeLessThan(200)
    expect(last.listeners - first.listeners).toBeLessThan(20)
    expect(await page.locator('.just li').count(), 'no more lines than are kept').toBeLessThanOrEqual(30)
  })
})

async function weigh(devtools: CDPSession): Promise<{ megabytes: number; nodes: number; listeners: number }> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters')
  return { megabytes: usedSize / 2 ** 20, nodes, listeners: jsEventListeners }
}

describe('when there is nothing to show', () => {
  test('a post without overview is told which posts have one', async () => {
    const page = await faces.openAs('孙静', '/screen', { size: 'screen', theme: 'dark' })
    await page.locator('[data-state="no-post"]').waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-no-post-dark')
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByRole('heading', { name: '登录' }).waitFor()
  })

  test('an organisation that is not there: a sentence, and the way to the start', async () => {
    const page = await openScreen('dark', `/screen/o/${crypto.randomUUID()}`)
    await page.locator('[data-state="error"]').waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-error-dark')
    await page.keyboard.press('Escape')
    await page.locator('.tiles-map').waitFor()
    await page.goto(`${faces.url}/screen/no/such/page`)
    await page.locator('.tiles-map').waitFor()
  })

  test('a township without branches says what will appear', async () => {
    const page = await openScreen()
    for (const area of ['5333', '5333', '5333']) {
      const before = page.url()
      await page.locator(`[data-area^="${area}"], .rows tbody a`).first().click()
      await page.waitForURL((url) => url.href !== before)
      await page.locator('.stage [data-way], [data-state="empty"]').first().waitFor()
    }
    await page.locator('[data-state="empty"]').waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-empty-dark')
  })

  test('while it is being read, and when the network goes and comes back', async () => {
    const page = await openScreen()
    await page.getByTestId('counter-duties').waitFor()
    let slow = true
    await page.route('**/overview*', async (route) => {
      if (slow) await new Promise((done) => setTimeout(done, 1500))
      await route.continue()
    })
    await page.getByRole('button', { name: '上一个月' }).click()
    await page.locator('[data-state="loading"] .bars').waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-loading-dark')
    await page.getByTestId('counter-duties').waitFor()
    slow = false

    await page.context().setOffline(true)
    await page.locator('.head-fresh.late', { hasText: '连接中断' }).waitFor({ timeout: 30_000 })
    await keepPicture(page, 'screen-stale-dark')
    await page.getByRole('button', { name: '上一个月' }).click()
    await page.locator('[data-state="offline"]').waitFor({ timeout: 15_000 })
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-offline-dark')
    await page.context().setOffline(false)
    await page.getByTestId('counter-duties').waitFor()
    await page.locator('.head-fresh:not(.late)').waitFor()
  })
})

describe('on every wall', () => {
  test('a command centre, a lobby standing upright, a small projector: nothing runs over the edge', async () => {
    const page = await openScreen()
    for (const [name, width, height] of [
      ['4k', 3840, 2160],
      ['projector', 1366, 768],
      ['upright', 1080, 1920],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.locator('.tiles-map').waitFor()
      const over = () =>
        page.evaluate(() =>
          Math.max(document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight),
        )
      await expect.poll(over, { message: `${name}: pixels over the edge`, timeout: 10_000 }).toBeLessThanOrEqual(0)
      if (name !== '4k') await keepPicture(page, `screen-${name}-dark`)
    }
  })

  test('at 200 % zoom, and in a window as narrow as a phone, everything is there in one column', async () => {
    const page = await openScreen()
    for (const width of [960, 320]) {
      await page.setViewportSize({ width, height: 540 })
      await page.getByTestId('counter-attendance').waitFor()
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      await expect.poll(over, { message: `${width} px`, timeout: 10_000 }).toBeLessThanOrEqual(0)
      for (const part of ['.tiles-map', '.just', '.facts', '.switches', '.month', '.clock'])
        await page.locator(part).waitFor({ state: 'visible' })
    }
    await page.setViewportSize({ width: 960, height: 540 })
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-zoom-dark')
  })

  test('in English', async () => {
    const page = await openScreen('light')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Duties met').first().waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'screen-english-light')
  })
})
