import { afterAll, beforeAll, expect, test } from 'vitest'
import { house, type TestHouse } from '#house'
import { type Context, openPool, type Pool, type Services, sql, transact } from '#platform'
import { areas } from './index.ts'
import { find, listChildren, search } from './read.ts'

let place: TestHouse
let pool: Pool

beforeAll(async () => {
  place = await house()
  pool = openPool(place.url, 'jobs', 2)
  // The seed asks the platform for nothing.
  await transact(pool, async (ctx) => areas.seed?.(ctx, {} as Services))
})

afterAll(async () => {
  await pool.end()
  await place.close()
})

const reading = <T>(work: (ctx: Context) => Promise<T>) => transact(pool, work, { reads: true })

test('the province is complete', async () => {
  const counts = await reading((ctx) =>
    ctx.query(sql<{ level: string; rows: number }>`select level, count(*)::int as rows from areas.area group by 1`),
  )
  expect(Object.fromEntries(counts.map((c) => [c.level, c.rows]))).toEqual({
    PROVINCE: 1,
    PREFECTURE: 16,
    COUNTY: 129,
    TOWNSHIP: 1461,
    VILLAGE: 14888,
  })
})

test('an area knows those above and below', async () => {
  const town = await reading((ctx) => find(ctx, '532530102000'))
  expect(town).toMatchObject({ name: '金水河镇', level: 'TOWNSHIP', parentCode: '532530000000' })
  expect(town?.trail.map((area) => area.name)).toEqual(['云南省', '红河州', '金平县'])
  expect(await reading((ctx) => listChildren(ctx, '532530102000'))).toHaveLength(town?.children ?? -1)
})

test.each(['金平', 'jinping', 'jin ping', 'jpx', '金平苗族', 'JINPING'])('“%s” finds 金平县 first', async (typed) => {
  const [first] = await reading((ctx) => search(ctx, typed, undefined, 5))
  expect(first?.name).toBe('金平苗族瑶族傣族自治县')
})

test('a search can be kept inside one area', async () => {
  const found = await reading((ctx) => search(ctx, '新村', '532301000000', 20))
  expect(found.length).toBeGreaterThan(0)
  expect(found.every((area) => area.code.startsWith('532301'))).toBe(true)
})
