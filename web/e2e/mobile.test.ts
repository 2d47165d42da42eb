/**
 * The phone: a gathering from plan to archive with three people's phones, and what every page owes its reader — no barrier in light,
 * dark and elder mode, room at 320 px and at double text size, the keyboard, its empty, offline and error states, the second visit without a network.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, type Look, openFaces, settled } from './faces.ts'
import { inStore } from './phone.ts'

const secretary = '李阿普'
const recorder = '白云芬'
const member = '盘文亮'

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

const atHeading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
async function openPhone(name: string, path = '/', look: Look = {}): Promise<Page> {
  const page = await faces.openAs(name, '/', look)
  await page.locator('.tabs').waitFor()
  if (path !== '/') await page.goto(`${faces.url}${path}`)
  await settled(page)
  return page
}

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${faces.url}${path}`)
  await page.locator('.page main').waitFor()
  await settled(page)
}

const here = (page: Page) => new URL(page.url()).pathname

/** The addresses of this person's gatherings by state, newest first. */
async function gatheringIn(page: Page, state: string): Promise<string> {
  const path = await page.evaluate(async (wanted) => {
    const headers = { 'x-device-id': localStorage.getItem('yigongli.device') ?? '' }
    const answer = await fetch('/api/me/gatherings?limit=100', { headers })
    const { items } = (await answer.json()) as { items: { id: string; organisationId: string; state: string }[] }
    const found = items.find((item) => item.state === wanted)
    return found === undefined ? undefined : `/meetings/${found.organisationId}/${found.id}`
  }, state)
  if (path === undefined) throw new Error(`${state}: no such gathering`)
  return path
}

/** How far the page is wider than the window, in px. */
const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Every page of the phone with something on it. */
async function allPages(page: Page): Promise<[name: string, path: string][]> {
  const told = await gatheringIn(page, 'NOTIFIED')
  const draft = await gatheringIn(page, 'DRAFT_MINUTES')
  const held = await gatheringIn(page, 'ARCHIVED').catch(() => gatheringIn(page, 'CONFIRMED'))
  return [
    ['home', '/'],
    ['meetings', '/meetings'],
    ['plan', '/meetings/plan?kind=PARTY_LECTURE'],
    ['meeting-told', told],
    ['edit', `${told}/edit`],
    ['leave', `${told}/leave`],
    ['sign-in', `${told}/sign-in`],
    ['meeting-draft', draft],
    ['roll', `${draft}/roll`],
    ['code', `${draft}/code`],
    ['record', `${draft}/record`],
    ['meeting-held', held],
    ['notices', '/notices'],
    ['me', '/me'],
    ['attendance', '/me/attendance'],
    ['my-record', '/me/record'],
    ['looked-at', '/me/looked-at'],
    ['devices', '/me/devices'],
    ['reminders', '/me/reminders'],
    ['missing', '/nowhere'],
  ]
}

const elderly = (page: Page) => page.evaluate(() => localStorage.setItem('yigongli.elder', 'yes'))

describe('every page', () => {
  test.each(['light', 'dark'] as const)(
    'has no barrier (%s)',
    async (theme) => {
      const page = await openPhone(secretary, '/', { theme })
      for (const [name, path] of await allPages(page)) {
        await go(page, path)
        expect(await barriers(page), name).toEqual([])
        await keepPicture(page, `mobile-${name}-${theme}`)
      }
    },
    180_000,
  )

  test('in elder mode is larger, has no barrier and contrasts of 7 : 1', async () => {
    const page = await openPhone(secretary)
    const usual = await page.locator('h1').evaluate((h1) => Number.parseFloat(getComputedStyle(h1).fontSize))
    await elderly(page)
    for (const [name, path] of await allPages(page)) {
      await go(page, path)
      expect(await barriers(page), name).toEqual([])
      const enhanced = await new AxeBuilder({ page }).withRules(['color-contrast-enhanced']).analyze()
      expect(
        enhanced.violations.flatMap(({ nodes }) => nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`)),
        name,
      ).toEqual([])
      await keepPicture(page, `mobile-${name}-elder`)
    }
    await go(page, '/')
    const large = await page.locator('h1').evaluate((h1) => Number.parseFloat(getComputedStyle(h1).fontSize))
    expect(large / usual).toBeCloseTo(1.35, 2)
  }, 240_000)

  test('fits 320 px in elder mode, and 360 px at double text size, without scrolling sideways', async () => {
    const page = await openPhone(secretary)
    await elderly(page)
    const pages = await allPages(page)
    await page.setViewportSize({ width: 320, height: 640 })
    for (const [name, path] of pages) {
      await go(page, path)
      expect(await tooWide(page), `${name} at 320 px`).toBeLessThanOrEqual(0)
    }
    await page.setViewportSize({ width: 360, height: 780 })
    await page.evaluate(() => localStorage.removeItem('yigongli.elder'))
    for (const [name, path] of pages) {
      await go(page, path)
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '34px'
      })
      expect(await tooWide(page), `${name} at double text size`).toBeLessThanOrEqual(0)
    }
  }, 240_000)
})

describe('a gathering', () => {
  test('goes from plan to archive on three phones', async () => {
    const [notes, mine, chair] = [await openPhone(recorder), await openPhone(member), await openPhone(secretary)]

    // The recorder plans a general meeting with a lecture and tells the members in one step.
    await go(notes, '/meetings/plan?kind=GENERAL_MEETING')
    await notes.getByLabel('党课').check()
    await notes.getByLabel('标题').fill('支部党员大会和党课：冬季巡边')
    await notes.getByRole('button', { name: '加一项议题' }).click()
    await notes.getByLabel('第 1 项议题').fill('冬季巡边排班')
    await notes.getByRole('button', { name: '存下并发通知' }).click()
    await notes.locator('.state', { hasText: '已通知' }).waitFor()
    const path = here(notes)

    // The member is told, with the reason.
    await go(mine, '/notices')
    const notice = mine.locator('.notice', { hasText: '冬季巡边' })
    expect(await notice.textContent()).toContain('应到名单')
    await notice.getByRole('link').click()
    await mine.getByRole('link', { name: '请假' }).waitFor()
    expect(await mine.getByRole('link', { name: '签到' }).count()).toBe(0)

    // It begins; nobody is there yet, and the page says by how many and by which article.
    await notes.getByRole('button', { name: '开始' }).click()
    await notes.locator('.late-edge', { hasText: '支部党员大会' }).waitFor()
    expect(await notes.locator('.late-edge').first().textContent()).toMatch(/还差\d+人.*第十一条/)

    // The member scans the code on the recorder's phone: the camera opens the address, nothing is left to tap.
    await go(notes, `${path}/code`)
    await notes.locator('.qr').waitFor()
    await keepPicture(notes, 'mobile-story-code')
    await go(mine, `${path}/sign-in?token=old`)
    expect(await mine.getByRole('alert').textContent()).toContain('已过期')
    const token = await notes.locator('.code-words code').textContent()
    await go(mine, `${path}/sign-in?token=${token}`)
    await mine.locator('.signed-in', { hasText: /已签到 \d\d:\d\d/ }).waitFor()
    expect(await mine.locator('.signed-in').textContent()).toContain('没有记录位置')
    expect(await barriers(mine)).toEqual([])
    await keepPicture(mine, 'mobile-story-signed-in')

    // Roll-call: a tap cycles, the heading counts, saving is continuous.
    await go(notes, `${path}/roll`)
    const present = notes.locator('.arithmetic-heads b').nth(1)
    expect(await present.textContent()).toBe('1')
    const first = notes.locator('.name', { hasNotText: member }).first()
    const cell = notes.locator('.name', { hasText: (await first.locator('b').textContent()) ?? '' })
    for (const said of ['到', '线上', '请假', '缺席', '到']) {
      await cell.getByRole('button').click()
      expect(await cell.locator('span').first().textContent()).toContain(said)
    }
    await notes.getByRole('status').getByText('已保存').waitFor()
    expect(await present.textContent()).toBe('2')
    await cell.getByRole('button').click()
    await cell.getByRole('button').click()
    await cell.getByRole('combobox').selectOption('BORDER_PATROL')
    await notes.getByRole('button', { name: /其余 \d+ 人都到/ }).click()
    await notes.locator('.arithmetic .ok', { hasText: '支部党员大会：有效' }).waitFor()
    await notes.getByRole('status').getByText('已保存').waitFor()
    await keepPicture(notes, 'mobile-story-roll')

    // The record, with a vote; that its votes do not add up is said while they are typed.
    await notes.getByRole('link', { name: '写记录' }).click()
    await atHeading(notes, '会议记录')
    await notes.getByLabel('说了什么、怎么定的').fill('从下月起两人一组，每天两班。')
    await notes.getByRole('button', { name: '这一项有表决' }).click()
    const agree = await notes.getByLabel('赞成', { exact: true }).inputValue()
    await notes.getByLabel('反对').fill('9')
    await notes.getByLabel('会议记录', { exact: true }).fill('会议通过了冬季巡边排班。')
    expect(await notes.locator('.vote').getByRole('status').textContent()).toContain('票数合计')
    await notes.getByLabel('反对').fill('0')
    await notes.getByRole('button', { name: '签名并存下' }).click()
    await notes.locator('.state', { hasText: '待确认' }).waitFor()
    expect(Number(agree)).toBeGreaterThan(5)
    expect(await notes.getByRole('button', { name: '确认' }).count(), 'the recorder may not confirm').toBe(0)

    // The secretary finds it on the home page, confirms it and sees what it has fulfilled.
    await go(chair, '/')
    await chair.locator('.meeting-card', { hasText: '冬季巡边' }).getByRole('link', { name: '看记录并确认' }).click()
    await chair.getByRole('button', { name: '确认' }).click()
    await chair.getByRole('dialog').waitFor()
    expect(await barriers(chair)).toEqual([])
    await keepPicture(chair, 'mobile-story-confirm')
    await chair.getByRole('dialog').getByRole('button', { name: '确认' }).click()
    await chair.locator('.state', { hasText: '已确认' }).waitFor()
    await chair.locator('.fulfilled', { hasText: '支部党员大会' }).waitFor({ timeout: 15_000 })
    await keepPicture(chair, 'mobile-story-fulfilled')
    await chair.getByRole('button', { name: '归档' }).click()
    await chair.locator('.state', { hasText: '已归档' }).waitFor()

    // It stands in the member's own attendance.
    await go(mine, '/me/attendance')
    expect(await mine.locator('.rows li', { hasText: '冬季巡边' }).textContent()).toContain('到会')
  }, 120_000)

  test('is refused without a kind, with the sentence at its field, and nothing is lost', async () => {
    const page = await openPhone(secretary, '/meetings/plan')
    await page.getByLabel('标题').fill('没有选类型')
    await page.getByRole('button', { name: '先存下' }).click()
    expect(await page.locator('.kinds').getByRole('alert').textContent()).toContain('至少选一种')
    expect(await page.getByLabel('标题').inputValue()).toBe('没有选类型')
  })

  test('keeps the roll that could not be sent, says so, and sends it when the network is back', async () => {
    const page = await openPhone(recorder)
    await go(page, `${await gatheringIn(page, 'DRAFT_MINUTES')}/roll`)
    const cell = page.locator('.name').first()
    await page.context().setOffline(true)
    await cell.getByRole('button').click()
    await page
      .getByRole('status')
      .getByText(/已存在本机/)
      .waitFor()
    await keepPicture(page, 'mobile-roll-offline')
    await page.context().setOffline(false)
    await page.getByRole('status').getByText('已保存').waitFor({ timeout: 15_000 })
    await page.reload()
    expect(await cell.locator('span').first().textContent()).toContain('线上')
  })
})

describe('home', () => {
  test('shows a duty in words, and why: the rule, the article and the arithmetic', async () => {
    const page = await openPhone(secretary)
    const duty = page.locator('.duty-card').first()
    expect(await duty.locator('h3').textContent()).toMatch(/还差 \d+ 次/)
    await duty.getByRole('button', { name: '为什么' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('依据').waitFor()
    expect(await sheet.textContent()).toMatch(/应 \d+ 次，已 \d+ 次.*《.+》/)
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'mobile-why')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('of a member shows no duties of the branch; a person with two posts acts in one', async () => {
    const page = await openPhone(member)
    expect(await page.locator('.duty-card').count()).toBe(0)
    const chair = await openPhone(secretary)
    expect(await chair.locator('.duty-card').count()).toBeGreaterThan(0)
    await chair.locator('.choose-post select').selectOption({ label: '隔界村党支部 · 党员' })
    await settled(chair)
    expect(await chair.locator('.duty-card').count()).toBe(0)
  })
})

/** Values of the phone's own store of this person, and how many of them hold the name as text. */
async function keptInClear(page: Page, name: string) {
  const shelf = await inStore(page, 'shelf')
  return { values: shelf.length, named: shelf.filter(({ text }) => text.includes(name)).length }
}

describe('states', () => {
  test('an empty month says what will stand here and how', async () => {
    const page = await openPhone(member, '/meetings')
    for (let month = 0; month < 4; month += 1) await page.getByRole('button', { name: '下个月' }).click()
    await settled(page)
    expect(await page.locator('[data-state=empty]').textContent()).toContain('支部发出通知后会出现在这里')
    await keepPicture(page, 'mobile-meetings-empty')
  })

  test('what does not exist, and what is not mine, is said in a sentence', async () => {
    const page = await openPhone(member, '/meetings/00000000-0000-7000-8000-000000000001/00000000-0000-7000-8000-000000000002')
    await page.locator('[data-state=error]').waitFor()
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'mobile-error')
  })

  test('the second visit opens without a network and shows what is kept; what is kept about people cannot be read', async () => {
    const page = await openPhone(member)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await go(page, '/sync')
    await page.getByText(/^今天 \d/).waitFor()
    const kept = await page.evaluate(async () => {
      const names = await caches.keys()
      const stores = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return stores.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept).toContain('/')
    expect(kept.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(10)
    expect(kept.filter((path) => path.startsWith('/api'))).toEqual([])
    expect(await keptInClear(page, member)).toEqual({ values: expect.any(Number), named: 0 })
    await page.context().setOffline(true)
    await go(page, '/')
    await page.locator('.truth-line').getByText('没有网络').waitFor()
    expect(await page.locator('.page h1').first().textContent()).toContain(member)
    expect(await barriers(page)).toEqual([])
    await keepPicture(page, 'mobile-offline')
  })

  test('can be installed: a manifest with its icons', async () => {
    const page = await faces.open('/')
    const href = await page.locator('link[rel=manifest]').getAttribute('href')
    const manifest = await page.evaluate(async (address) => {
      const { icons } = (await (await fetch(address)).json()) as { icons: { src: string }[] }
      return Promise.all(icons.map(async ({ src }) => (await fetch(src)).ok))
    }, href ?? '')
    expect(manifest.length).toBeGreaterThanOrEqual(4)
    expect(manifest.every(Boolean)).toBe(true)
  })
})

test('the keyboard does everything: sign in, the tabs, a switch, a sheet', async () => {
  const page = await faces.open('/')
  await page.locator('.sign-in-demo button').first().waitFor()
  const tabTo = async (name: string) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => document.activeElement?.textContent ?? '')
      if (focused.includes(name)) return
    }
    throw new Error(`Tab never reached ${name}`)
  }
  await tabTo(secretary)
  await page.keyboard.press('Enter')
  await page.locator('.tabs').waitFor()
  await settled(page)
  await tabTo('为什么')
  expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).not.toBe('none')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await tabTo('组织')
  await page.keyboard.press('Enter')
  await atHeading(page, '组织生活')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
})
