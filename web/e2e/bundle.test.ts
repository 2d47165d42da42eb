/**
 * The phone app is small: all script and style of a first visit, sign-in and home, is at most 200 KB compressed (ARCHITECTURE: numbers that must hold).
 * Measured as it is fetched, so that a page that loads too much at once shows. Seen to fail with the limit set to 20 KB.
 */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Faces, openFaces } from './faces.ts'

const mostKilobytes = 200

let faces: Faces
beforeAll(async () => {
  faces = await openFaces()
})
afterAll(() => faces.close())

test(`a first visit to the phone app fetches at most ${mostKilobytes} KB of script and style, gzip`, async () => {
  const page = await faces.open('/')
  const fetched = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (['script', 'stylesheet'].includes(response.request().resourceType())) fetched.set(response.url(), response.body())
  })
  await page.reload()
  await page.locator('.sign-in-demo button').first().click()
  await page.locator('.sign-in').waitFor({ state: 'detached' })
  await page.locator('nav').first().waitFor()
  await page.waitForLoadState('networkidle')
  const parts = await Promise.all([...fetched].map(async ([url, body]) => ({ url, bytes: gzipSync(await body).length })))
  const kilobytes = parts.reduce((sum, part) => sum + part.bytes, 0) / 1024
  console.log(`phone app, first visit: ${kilobytes.toFixed(1)} KB gzip in ${parts.length} files`)
  expect(parts.length).toBeGreaterThan(1)
  expect(kilobytes).toBeLessThanOrEqual(mostKilobytes)
})
