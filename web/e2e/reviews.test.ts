/**
 * The year's review of 隔界村: the secretary opens it on the phone, members write and put sealed ballots in the box, the recorder enters the
 * votes on paper by keyboard, the box is counted once, and last year's letter is read by the member and printed for a member without a phone.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces, settled } from './faces.ts'

const secretary = '李阿普'
const recorder = '白云芬'
const patrolling = '盘文亮'

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${faces.url}${path}`)
  await page.locator('main').first().waitFor()
  await settled(page)
}
const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Gives everybody the same grade and casts. */
async function vote(page: Page): Promise<void> {
  await go(page, '/reviews/ballot')
  for (const choice of await page.getByRole('radio', { name: '合格', exact: true }).all()) await choice.check({ force: true })
  await page.getByRole('button', { name: '投进票箱' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '投进票箱' }).click()
  await page.getByText('已投进票箱').waitFor()
}

test('a branch reviews its members', { timeout: 240_000 }, async () => {
  const [chief, keeper, member] = [
    await faces.openAs(secretary, '/'),
    await faces.openAs(recorder, '/'),
    await faces.openAs(patrolling, '/', { theme: 'dark' }),
  ]

  // Before: the member sees last year's letter, what is promised and what is to come; nothing is asked yet.
  await go(member, '/reviews')
  await member.getByText('支部开始评议后可以投').waitFor()
  expect(await barriers(member)).toEqual([])
  await keepPicture(member, 'reviews-mine-dark')
  await member
    .getByRole('link', { name: /反馈意见书/ })
    .first()
    .click()
  await member.getByText('不是对党籍的处理').waitFor()
  expect(await barriers(member)).toEqual([])
  await keepPicture(member, 'reviews-letter-dark')

  // The secretary opens the ratings on the phone.
  await go(chief, '/reviews/branch')
  expect(await barriers(chief)).toEqual([])
  await keepPicture(chief, 'reviews-branch')
  // On a slow line a tick shows before its answer is there; the next step waits for that.
  await chief.route('**/preparation', async (route) => {
    const response = await route.fetch()
    await pause(800)
    await route.fulfill({ response })
  })
  await chief.getByRole('switch', { name: /征求意见/ }).click()
  await chief.getByRole('switch', { name: /征求意见/, checked: true }).waitFor()
  await chief.getByRole('button', { name: '开始评议' }).click()
  await chief.getByRole('button', { name: '截止并计票' }).waitFor()

  // A member writes about himself; three put their ballots in the box.
  await go(member, '/reviews/assessment')
  await member.getByLabel('一年来做得怎样').fill('护边没有缺过班，不足是学习不够系统。')
  expect(await barriers(member)).toEqual([])
  await member.getByRole('button', { name: '封存送出' }).click()
  await member.getByText('已写，封存').waitFor()
  await go(keeper, '/reviews/ballot')
  expect(await barriers(keeper)).toEqual([])
  await keepPicture(keeper, 'reviews-ballot')
  for (const page of [member, keeper, chief]) await vote(page)

  // The pages of the branch, large, at 320 px.
  await keeper.evaluate(() => localStorage.setItem('yigongli.elder', 'yes'))
  await keeper.setViewportSize({ width: 320, height: 780 })
  for (const path of ['/reviews', '/reviews/branch', '/reviews/branch/talks', '/reviews/rectifications', '/reviews/promises']) {
    await go(keeper, path)
    expect(await barriers(keeper), path).toEqual([])
    expect(await tooWide(keeper), path).toBeLessThanOrEqual(0)
    await keepPicture(keeper, `reviews-elder${path.replaceAll('/', '-')}`)
  }

  // On the console the recorder enters the votes on paper with the keyboard alone, and the secretary counts.
  const desk = await faces.openAs(recorder, '/console', { size: 'console' })
  await desk.getByRole('link', { name: '民主评议', exact: true }).click()
  await settled(desk)
  await desk.getByText('票箱里 3 张手机票').waitFor()
  expect(await barriers(desk)).toEqual([])
  await keepPicture(desk, 'reviews-console')
  await desk.getByRole('button', { name: '互评纸质票' }).click()
  await desk.getByLabel('参加测评的群众人数').fill('9')
  await desk.keyboard.press('Tab')
  await desk.keyboard.type('2')
  await desk.keyboard.press('Tab')
  await desk.keyboard.type('4')
  expect(await barriers(desk)).toEqual([])
  await keepPicture(desk, 'reviews-console-tallies')
  await desk.keyboard.press('Enter')
  await desk.getByText('2 · 4 · 0 · 0').waitFor()
  const office = await faces.openAs(secretary, '/console', { size: 'console' })
  await office.getByRole('link', { name: '民主评议', exact: true }).click()
  await office.getByRole('button', { name: '截止并计票' }).click()
  await office.getByText(/“优秀”一般不超过三分之一/).waitFor()

  // One opinion, on the same page; the paper opens with a purpose.
  await office.getByRole('grid', { name: '参加评议的党员' }).locator('tbody tr', { hasText: patrolling }).click()
  await office.getByRole('button', { name: '打开自评和意见' }).click()
  await office.getByText('护边没有缺过班').waitFor()
  await office.getByRole('combobox', { name: '等次' }).selectOption({ label: '优秀' })
  await office.getByLabel('组织意见', { exact: true }).fill('护边固边走在前。')
  expect(await barriers(office)).toEqual([])
  await keepPicture(office, 'reviews-console-opinion')
  await office.getByRole('button', { name: '存下', exact: true }).click()
  await office.getByText('已写，封存').waitFor()

  // Last year's letter, as it is printed; and the list of what is put right.
  const last = String(new Date().getFullYear() - 1)
  await office.getByLabel('哪一年的评议').selectOption(last)
  await office.getByRole('grid', { name: '参加评议的党员' }).locator('tbody tr', { hasText: patrolling }).click()
  await office.getByRole('button', { name: '打印反馈意见书' }).click()
  await office.getByRole('heading', { name: '民主评议党员反馈意见书' }).waitFor()
  expect(await barriers(office)).toEqual([])
  await office.emulateMedia({ media: 'print' })
  await keepPicture(office, 'reviews-print-letter')
  await office.emulateMedia({ media: 'screen' })
  await office.getByRole('button', { name: '回到评议' }).click()
  await office.getByRole('button', { name: '打印整改清单' }).click()
  await office.getByText('上寨饮水管').waitFor()
  await office.emulateMedia({ media: 'print' })
  await keepPicture(office, 'reviews-print-list')

  // The member sees that his papers were opened, by whom and for what.
  await go(member, '/me/looked-at')
  await member.getByText('写评定意见').first().waitFor()
})
