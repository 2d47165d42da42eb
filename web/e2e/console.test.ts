/**
 * The console as its people use it: a recorder holds a meeting by keyboard alone and the secretary confirms it; the township
 * registers a member and is told at the field what is wrong; the county founds a branch by document; and every page has its states,
 * with nothing in the way of people with a disability.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'

/** A story walks through many pages; on a busy machine each takes its time. */
const storyMilliseconds = 300_000

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
}, 180_000)
afterAll(() => faces.close())

const wide = { size: 'console' } as const

async function openConsole(person: string, look: { theme?: 'light' | 'dark' } = {}, path = '/console'): Promise<Page> {
  const page = await faces.openAs(person, path, { ...wide, ...look })
  await page.locator('.selected-head h1').waitFor()
  return page
}

/** What has the focus, as a reader would say it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null
    return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? ''
  })

/** Presses Tab until the thing with this name has the focus. @throws Error when no Tab leads there */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  for (let n = 0; n < 120; n += 1) {
    const here = await focused(page)
    if (typeof name === 'string' ? here.trim().startsWith(name) : name.test(here)) return
    await page.keyboard.press(key)
  }
  throw new Error(`no key leads to ${String(name)}`)
}

/** Keys pressed within one frame of the page; what the page does in the next two has been done. */
const pressAtOnce = (page: Page, ...keys: string[]) =>
  page.evaluate(async (all) => {
    for (const key of all) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    for (let n = 0; n < 2; n += 1) await new Promise((resolve) => void requestAnimationFrame(resolve))
  }, keys)

const toPage = async (page: Page, name: string) => {
  await page.locator('.tabs').getByRole('link', { name, exact: true }).click()
  await page.locator('.tabs a[aria-current]', { hasText: name }).first().waitFor()
  await settled(page)
}

/** Nothing is being read any more. */
const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle')
  await page.locator('[data-state="loading"]').waitFor({ state: 'detached' })
}

test(
  'a recorder plans, notifies, calls the roll and writes the record by keyboard alone; the secretary confirms and archives',
  async () => {
    const page = await openConsole('白云芬')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('会议')
    await page.keyboard.press('Enter')
    await page.locator('.month').waitFor()
    await tabTo(page, /，\d+ 场$/)
    await page.keyboard.press('n')

    await page.locator('form.plan').waitFor()
    await tabTo(page, '支部党员大会')
    await page.keyboard.press('Space')
    await tabTo(page, '主题党日')
    await page.keyboard.press('Space')
    await tabTo(page, '地点')
    await page.keyboard.type('党员活动室')
    await tabTo(page, '添一个议题')
    await page.keyboard.press('Enter')
    await page.keyboard.type('学习边疆治理')
    await page.keyboard.press('Control+Enter')
    await page.locator('.gathering-head', { hasText: '支部党员大会 + 主题党日' }).waitFor()

    await tabTo(page, '发出通知')
    await page.keyboard.press('Enter')
    await page.locator('.gathering-head', { hasText: '已通知' }).waitFor()
    await tabTo(page, '开始点名')
    await page.keyboard.press('Enter')
    await page.locator('.roll-table').waitFor()
    await tabTo(page, /，应到$/)
    for (const key of ['1', '2', '1', '4']) await page.keyboard.press(key)
    // Fingers that are faster than the page: nobody is called back to the reason. Whoever waits chooses it.
    await pressAtOnce(page, '3', 'Enter')
    expect(await focused(page)).toMatch(/，应到$/)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('3')
    await expect.poll(() => focused(page)).toMatch(/请假的原因$/)
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toMatch(/，应到$/)
    const arithmetic = page.locator('.arithmetic')
    await arithmetic.getByText('应到 11 · 实到 3').waitFor()
    await arithmetic.getByText(/还差3人/).waitFor()
    expect(await barriers(page)).toEqual([])
    // The analysis may have taken the focus; the next of those not yet called has it again.
    await tabTo(page, /，应到$/)
    for (const key of ['1', '1', '1', '1', '1', '1']) await page.keyboard.press(key)
    await arithmetic.getByText('应到 11 · 实到 9').waitFor()
    await arithmetic.getByText('支部党员大会 有效').waitFor()
    await keepPicture(page, 'console-roll-call')

    await tabTo(page, '主持人')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, '议题 1 的情况')
    await page.keyboard.type('李阿普领学，九人讨论。')
    await page.reload()
    await page.locator('textarea').first().waitFor()
    expect(await page.locator('textarea').first().inputValue()).toBe('李阿普领学，九人讨论。')
    await tabTo(page, '这个议题有表决')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+s')
    await page.locator('.judged').getByText('决议通过').waitFor()
    await page.locator('.confirming').getByText('等支部书记确认').waitFor()
    await keepPicture(page, 'console-minutes')
    expect(await barriers(page)).toEqual([])

    const secretary = await openConsole('李阿普', { theme: 'dark' }, new URL(page.url()).pathname)
    await tabTo(secretary, '确认记录')
    await secretary.keyboard.press('Enter')
    await secretary.locator('.gathering-head', { hasText: '已确认' }).waitFor()
    await secretary.locator('.fulfilled').getByText('2026').first().waitFor()
    await keepPicture(secretary, 'console-confirmed-dark')
    expect(await barriers(secretary)).toEqual([])
    await tabTo(secretary, '写一条更正')
    await secretary.keyboard.press('Enter')
    await tabTo(secretary, '改为')
    await secretary.keyboard.type('会议延长十分钟。')
    await tabTo(secretary, '为什么更正')
    await secretary.keyboard.type('漏记')
    await secretary.keyboard.press('Enter')
    await secretary.locator('.amendments').getByText('漏记').waitFor()
    await tabTo(secretary, '归档')
    await secretary.keyboard.press('Enter')
    await secretary.locator('.gathering-head', { hasText: '已归档' }).waitFor()
  },
  storyMilliseconds,
)

test(
  'what is wrong with a member stands at the field; a newer version is shown before it is replaced',
  async () => {
    const page = await openConsole('李阿普')
    await toPage(page, '党员')
    const first = page.locator('.rows tbody tr').first()
    await first.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.member-name').waitFor()
    await page.locator('.reveal button', { hasText: '修改' }).click()
    await page.keyboard.press('Enter')
    const form = page.locator('.member-form')
    await form.waitFor()
    expect(await barriers(page)).toEqual([])

    // A second tab of the same person: drafts are each tab's own.
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.locator('.reveal button', { hasText: '修改' }).click()
    await other.keyboard.press('Enter')
    await other.getByLabel('工作岗位').fill('护林员')
    await other.keyboard.press('Enter')
    await other.getByText('的信息已保存').waitFor()

    await page.getByLabel('身份证号').fill('530000190001010003')
    await form.locator('.buttons button').first().click()
    await form.locator('.field[data-wrong] .wrong').first().waitFor()
    await keepPicture(page, 'console-member-wrong')
    expect(await form.locator('.field[data-wrong]').count()).toBe(1)
    await form.locator('.buttons button', { hasText: '取消' }).click()
    await page.getByText('已丢弃未保存的内容').waitFor()

    await other.locator('.reveal button', { hasText: '修改' }).click()
    await other.keyboard.press('Enter')
    await page.reload()
    await page.locator('.reveal button', { hasText: '修改' }).click()
    await page.keyboard.press('Enter')
    await page.getByLabel('工作岗位').fill('护边员')
    await page.keyboard.press('Enter')
    await page.getByText('的信息已保存').waitFor()
    await other.getByLabel('工作岗位').fill('村医')
    await other.keyboard.press('Enter')
    const conflict = other.locator('.conflict')
    await conflict.getByText('护边员').waitFor()
    expect(await conflict.getByText('村医').count()).toBe(1)
    await keepPicture(other, 'console-conflict')
    await conflict.getByRole('button', { name: '用我写的' }).click()
    await other.locator('.member-form .buttons button').first().click()
    await other.getByText('的信息已保存').waitFor()
  },
  storyMilliseconds,
)

test(
  'the county founds a branch by document: seen before, asked once, on record after',
  async () => {
    const page = await openConsole('杨志强')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('jinshuihecundangzongzhi')
    await page.locator('.find-goals').getByText('金水河村党总支').first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('h1', { hasText: '金水河村党总支' }).waitFor()
    await toPage(page, '调整文件')
    await page.getByRole('button', { name: '新文件' }).first().click()
    await page.getByLabel('名称', { exact: true }).fill('金水河村边贸党支部')
    await page.getByLabel('简称').fill('边贸党支部')
    await page.locator('.change-preview').getByText('成立边贸党支部').waitFor()
    await page.getByLabel('类别').selectOption('LOCAL_COMMITTEE')
    await page.locator('.blockers').getByText('不能设在').waitFor()
    expect(await page.getByRole('button', { name: '生效…' }).isDisabled()).toBe(true)
    await page.getByLabel('类别').selectOption('BRANCH')
    await page.getByLabel('文号').fill('金平组发〔2026〕8号')
    await page.locator('.blockers').waitFor({ state: 'detached' })
    await keepPicture(page, 'console-change-preview')
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: '生效…' }).click()
    await page.locator('.ask').getByText('生效后不能撤回').waitFor()
    await page.getByRole('button', { name: '确认生效' }).click()
    await page.locator('.rows').getByText('金平组发〔2026〕8号').first().waitFor()
    await page.getByRole('treeitem', { name: /^金水河村党总支/ }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('treeitem', { name: '边贸党支部' }).first().waitFor()
  },
  storyMilliseconds,
)

describe.each(['light', 'dark'] as const)('every page in %s', (theme) => {
  test(
    'stands without barriers and without an error',
    async () => {
      const page = await openConsole('周丽萍', { theme })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      const look = async (name: string) => {
        await settled(page)
        await keepPicture(page, `console-${name}-${theme}`)
        expect.soft(await barriers(page), name).toEqual([])
      }
      await look('organisation')
      await toPage(page, '党员')
      await look('members')
      await page.locator('.rows tbody tr').nth(1).click()
      await page.locator('.member-name').waitFor()
      await look('member')
      await toPage(page, '会议和活动')
      await look('calendar')
      await page.locator('.month-line').first().click()
      await page.locator('.day').waitFor()
      await look('day')
      await page.locator('.day a').first().click()
      await page.locator('.sheet').waitFor()
      await look('record')
      await toPage(page, '应办事项')
      await page.locator('.rows tbody tr').first().click()
      await look('duties')
      await page.getByRole('button', { name: '需要帮助的' }).click()
      await look('to-help')
      await toPage(page, '调整文件')
      await look('changes')
      for (const section of ['通知', '谁看过我的资料', '登录的设备', '密码']) {
        await page.keyboard.press('Control+k')
        await page.keyboard.type(section)
        await page.keyboard.press('Enter')
        await page.locator('.tabs a[aria-current]', { hasText: section }).waitFor()
        await look(`me-${section}`)
      }
      expect(errors).toEqual([])
    },
    storyMilliseconds,
  )
})

test(
  'each page says what is missing: nothing there, no network, refused, not for this post',
  async () => {
    const page = await openConsole('周丽萍')
    await toPage(page, '党员')
    await page.getByLabel('姓名、拼音、首字母').fill('没有这个人')
    await page.locator('[data-state="empty"]').getByText('没有符合条件的党员').waitFor()
    await page.getByLabel('姓名、拼音、首字母').fill('')
    await page.locator('.rows').waitFor()

    await page.route('**/api/organisations/*/duties*', (route) => route.abort())
    await page.route('**/api/organisations/*/duty-summary*', (route) => route.abort())
    await toPage(page, '应办事项').catch(() => {})
    await page.locator('[data-state="offline"]').first().waitFor()
    await keepPicture(page, 'console-offline')
    await page.unroute('**/api/organisations/*/duties*')
    await page.unroute('**/api/organisations/*/duty-summary*')
    const retry = page.locator('[data-state="offline"] button').first()
    while (await retry.isVisible()) {
      await retry.click()
      await settled(page)
    }
    await page.locator('.rows tbody tr').first().waitFor()

    await page.goto(`${page.url().replace(/\?.*$/, '')}/nowhere`)
    await page.locator('[data-state="empty"]').getByText('没有这一页').waitFor()
    await keepPicture(page, 'console-no-such-page')

    await page.goto(`${faces.url}/console/o/00000000-0000-4000-8000-000000000000`)
    await page.locator('[data-state="error"]').getByText('没有找到').waitFor()
    await keepPicture(page, 'console-not-found')

    const machine = await faces.openAs('何明辉', '/console', wide)
    await machine.locator('[data-state="empty"]').getByText('不看业务资料').waitFor()
    expect(await barriers(machine)).toEqual([])
  },
  storyMilliseconds,
)
