/**
 * The rules give the same answers in a browser as in Node: the vectors of `rules/vectors.test.ts`, the very file, run in a real Chromium in
 * another time zone and language; and for many records by chance every duty is the same to the letter, the wording of its rule included.
 * Seen to fail: with working days counted in the zone of the device, and with one vector changed.
 */
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, type Circumstances, dutiesOf, type OnRecord } from '#rules'
import { launch } from './browser.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What the vectors ask of vitest, for a page. */
const runner = `
  export const ran = []
  const run = (name, work) => {
    try { work(); ran.push({ name, why: '' }) } catch (error) { ran.push({ name, why: String(error) }) }
  }
  const eachOf = (cases) => (name, work) => cases.forEach((of, n) => run(name + ' #' + n, () => work(...of)))
  export const test = Object.assign(run, { each: eachOf })
  export const expect = (answer) => ({
    toEqual(wanted) {
      const [got, want] = [JSON.stringify(answer), JSON.stringify(wanted)]
      if (got !== want) throw new Error(got + ' instead of ' + want)
    },
  })`

const entry = `
  import { ran } from 'vitest'
  import ${JSON.stringify(here('../../rules/vectors.test.ts'))}
  import { dutiesOf } from ${JSON.stringify(here('../../rules/index.ts'))}
  globalThis.ran = ran
  globalThis.dutiesOf = dutiesOf`

/** The vectors and the rules as one script. */
async function bundle(): Promise<string> {
  // An entry is made an absolute path before it is asked for.
  const partOf = (id: string) => id.split(/[\\/]/).at(-1) ?? ''
  const parts: Record<string, string> = { vitest: runner, 'vectors-entry': entry }
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'parts',
        enforce: 'pre',
        resolveId: (id) => (partOf(id) in parts ? `\0${partOf(id)}` : null),
        load: (id) => (id.startsWith('\0') ? (parts[id.slice(1)] ?? null) : null),
      },
    ],
    build: { write: false, minify: true, target: 'es2022', lib: { entry: 'vectors-entry', formats: ['iife'], name: 'vectors' } },
  })
  const [first] = Array.isArray(built) ? built : [built]
  if (first === undefined || !('output' in first)) throw new Error('nothing was built')
  return first.output[0].code
}

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

test('the vectors hold in a browser, and every duty is the same there and here', async () => {
  const context = await browser.newContext({ timezoneId: 'America/Los_Angeles', locale: 'de-DE' })
  const page = await context.newPage()
  page.on('pageerror', (e) => console.log(e))
  await page.addScriptTag({ content: await bundle() })
  const ran = await page.evaluate(() => (globalThis as unknown as { ran: { name: string; why: string }[] }).ran)
  expect(ran.filter(({ why }) => why !== '')).toEqual([])
  expect(ran.length).toBeGreaterThan(20)

  const branch: Circumstances = {
    kind: 'BRANCH',
    units: [],
    establishedOn: '2025-02-10',
    dissolvedOn: null,
    term: null,
    counts: { full: 11, all: 12 },
    committees: [{ from: '2025-05-01', until: '2026-08-31' }],
    groups: [{ from: '2025-06-01', until: null }],
    exceptions: [],
  }
  const kinds = ['GENERAL_MEETING', 'COMMITTEE_MEETING', 'GROUP_MEETING', 'THEME_DAY', 'PARTY_LECTURE', 'ORG_LIFE_MEETING']
  const record = Array.from({ length: 60 }, (_, n): OnRecord => ({
    gatheringId: `g${n}`,
    groupId: null,
    kind: kinds[(n * 7) % kinds.length] ?? '',
    heldOn: addDays('2025-03-01', (n * 37) % 600),
    valid: n % 5 !== 0,
    lateEntry: n % 4 === 0,
  }))
  const days = Array.from({ length: 40 }, (_, n) => addDays('2025-06-20', n * 13))
  const there = await page.evaluate(
    ([organisation, held, todays]) => {
      const { dutiesOf: judge } = globalThis as unknown as { dutiesOf: typeof dutiesOf }
      return todays.map((today) => JSON.stringify(judge(organisation, held, today)))
    },
    [branch, record, days] as const,
  )
  expect(there).toEqual(days.map((today) => JSON.stringify(dutiesOf(branch, record, today))))
  await context.close()
})
