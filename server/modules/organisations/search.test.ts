/** Given the demo: what people type, and what they find inside their scope. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { areas } from '#areas'
import { house, type TestHouse } from '#house'
import { type Context, openPool, type Pool, Scope, type Services, sql, transact } from '#platform'
import { demoId } from './demo.ts'
import { organisations } from './index.ts'
import { findNode } from './nodes.ts'
import { search } from './search.ts'

let place: TestHouse
let pool: Pool

beforeAll(async () => {
  place = await house()
  pool = openPool(place.url, 'jobs', 4)
  // Neither seed asks the platform for anything.
  const services = {} as Services
  await transact(pool, async (ctx) => areas.seed?.(ctx, services))
  await transact(pool, async (ctx) => organisations.seed?.(ctx, services))
})

afterAll(async () => {
  await pool.end()
  await place.close()
})

const reading = <T>(work: (ctx: Context) => Promise<T>) => transact(pool, work, { reads: true })

async function scopeOf(id: string): Promise<Scope> {
  const node = await reading((ctx) => findNode(ctx, id))
  if (node === undefined) throw new Error('not in the demo')
  return new Scope(node.path)
}

const province = () => scopeOf(demoId('committee', '530000000000'))

test('the demo holds the whole province down to the townships and the branch of the first story', async () => {
  const counts = await reading((ctx) =>
    ctx.query(sql<{ level: string; rows: number }>`
    select a.level, count(*)::int as rows from organisations.organisation o join areas.area a on a.code = o.area_code
    where o.kind in ('LOCAL_COMMITTEE', 'WORK_COMMITTEE', 'GRASSROOTS_COMMITTEE') and o.sector in ('GOV', 'COMMUNITY') and a.level <> 'VILLAGE' group by 1`),
  )
  expect(Object.fromEntries(counts.map((c) => [c.level, c.rows]))).toEqual({ PROVINCE: 1, PREFECTURE: 16, COUNTY: 129, TOWNSHIP: 1461 })
  const branch = await reading((ctx) => findNode(ctx, demoId('branch', '隔界村')))
  expect(branch).toMatchObject({ name: '隔界村党支部', county: '532530', kind: 'BRANCH' })
})

test.each(['隔界村', '隔界村党支部', 'gejiecun', 'gjcdzb', '金水河镇隔界村'])('%s finds the branch and says where it stands', async (q) => {
  const scope = await province()
  const { items } = await reading((ctx) => search(ctx, scope, { q, limit: 5 }))
  expect(items.map((item) => item.shortName)).toContain('隔界村党支部')
  expect(items.find((item) => item.shortName === '隔界村党支部')?.trail).toBe(
    '云南省委 › 红河州委 › 金平县委 › 金水河镇党委 › 金水河村党总支',
  )
})

test('what is called exactly so comes first', async () => {
  const scope = await province()
  const { items } = await reading((ctx) => search(ctx, scope, { q: '金河镇党委', limit: 5 }))
  expect(items[0]?.shortName).toBe('金河镇党委')
})

test('nothing outside the scope is found', async () => {
  const xishan = await scopeOf(demoId('committee', '530112000000'))
  expect((await reading((ctx) => search(ctx, xishan, { q: '隔界村', limit: 5 }))).items).toEqual([])
})

test.each(['', '新村', 'xincun', '党支部'])('pages of “%s” give every organisation once', async (q) => {
  const scope = await province()
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await reading((ctx) => search(ctx, scope, { q, limit: 150, ...(cursor === undefined ? {} : { cursor }) }))
    seen.push(...page.items.map((item) => item.id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const { rows } = await reading((ctx) =>
    ctx.get(sql<{ rows: number }>`
    select count(*)::int as rows from organisations.organisation
    where position(${q} in short_name) > 0 or position(${q} in name) > 0 or position(${q} in name_full) > 0 or starts_with(pinyin, ${q}) or starts_with(initials, ${q})`),
  )
  expect([seen.length, new Set(seen).size]).toEqual([rows, rows])
})
