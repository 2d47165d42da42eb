/** Given a branch with tens of thousands of gatherings: what is looked for is found newest first, wherever in time it lies. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listGatherings } from '#contract/meetings'
import type { QueryIn } from '#contract/operation'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { sql } from '#platform'

let place: OpenTestHouse
let secretary: Person

/** Each title with how many of it, and the days within which they lie, evenly. */
const laid: [title: string, count: number, from: string, until: string][] = [
  ['主题党日：植树', 6000, '2026-01-01', '2026-09-30'],
  ['专题学习：去年的精神', 21_000, '2025-03-05', '2025-03-28'],
  ['专题学习：去年的精神（补课）', 40, '2025-04-02', '2025-06-29'],
  ['专题学习：前年的精神', 300, '2024-03-01', '2024-12-31'],
]

beforeAll(async () => {
  place = await openTestHouse()
  const { id, county, path } = place.node('甲村党支部')
  await place.inside(async (ctx) => {
    for (const [title, count, from, until] of laid) {
      await ctx.query(sql`
        insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, planned_start, content_hash)
        select ${county}, gen_random_uuid(), ${id}, ${path}, ${title}, 'NOTIFIED', 'ONSITE',
          ${from}::timestamptz + (${until}::timestamptz - ${from}::timestamptz) * n / ${count}, decode('00', 'hex') from generate_series(1, ${count}::int) n`)
    }
    await ctx.query(sql`analyze meetings.gathering`)
  })
  secretary = await place.signIn('BRANCH_SECRETARY', '甲村党支部', {})
})
afterAll(() => place.close())

/** Ids of all that hold, as a plain question without an index would give them. */
const everyOne = (holds: string) =>
  place.inside(async (ctx) => {
    const rows = await ctx.query(sql<{ id: string }>`
      select id from meetings.gathering where ${sql.raw(holds)} order by planned_start desc, id desc`)
    return rows.map((row) => row.id)
  })

async function pages(query: QueryIn<typeof listGatherings>, count: number): Promise<string[]> {
  const found: string[] = []
  let cursor: string | undefined
  for (let n = 0; n < count; n += 1) {
    const page = await secretary.call(listGatherings, {
      params: { organisationId: place.node('甲村党支部').id },
      query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
    })
    found.push(...page.items.map((item) => item.id))
    if (page.next === null) break
    cursor = page.next
  }
  return found
}

test.each([
  ['what many were a year ago, and a few since', { q: '去年的精神' }, `title like '%去年的精神%'`],
  [
    'the same within days',
    { q: '去年的精神', from: '2025-03-10', until: '2025-05-31' },
    `title like '%去年的精神%' and planned_start >= '2025-03-10' and planned_start < '2025-06-01'`,
  ],
  [
    'the same within a month',
    { q: '去年的精神', from: '2025-03-01', until: '2025-03-31' },
    `title like '%去年的精神%' and planned_start < '2025-04-01'`,
  ],
  ['what many are, newest and older', { q: '专题学习' }, `title like '%专题学习%'`],
  ['what few were, long ago', { q: '前年' }, `title like '%前年%'`],
  ['what many of the newest are', { q: '植树' }, `title like '%植树%'`],
  ['every one', {}, 'true'],
  ['what none is', { q: '查无此会' }, 'false'],
  ['a state that none of them is in', { q: '精神', state: 'ARCHIVED' as const }, 'false'],
])('%s', async (_what, query, holds) => {
  const expected = await everyOne(holds)
  expect(await pages({ ...query, limit: 60 }, 3)).toEqual(expected.slice(0, 180))
})
