/** Signing in, on all three faces: by code, by one tap in the demo, and what is said when it goes wrong. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type Faces, keepPicture, openFaces } from './faces.ts'

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

test.each([
  ['phone', '/', 'light'],
  ['console', '/console', 'light'],
  ['screen', '/screen', 'dark'],
] as const)('the sign-in page of the %s has no barrier', async (size, path, theme) => {
  const page = await faces.open(path, { size, theme })
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await page.locator('.sign-in-demo button').first().waitFor()
  expect(await barriers(page)).toEqual([])
  await keepPicture(page, `sign-in-${size}-${theme}`)
})

test('a number that is none is refused at its field', async () => {
  const page = await faces.open('/')
  await page.getByLabel('手机号').fill('123')
  await page.getByRole('button', { name: '获取验证码' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('11 位手机号')
})

test('without a network the page says what is safe', async () => {
  const page = await faces.open('/')
  await page.getByLabel('手机号').fill('19900000001')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '获取验证码' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('连不上平台')
})
