/** Given a branch with tens of thousands of gatherings, and its county: what is looked for is found newest first, wherever in time it lies. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listGatherings } from '#contract/meetings'
import type { QueryIn } from '#contract/operation'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { sql } from '#platform'

let place: OpenTestHouse
/** Two who ask the same: of a branch, and of a county above it, where a kind is looked for another way. */
let people: [person: Person, at: string][]

/** Each title with its kind, how many of it, and the days within which they lie, evenly. */
const laid: [title: string, kind: string, count: number, from: string, until: string][] = [
  ['主题党日：植树', 'THEME_DAY', 6000, '2026-01-01', '2026-09-30'],
  ['专题学习：去年的精神', 'PARTY_LECTURE', 21_000, '2025-03-05', '2025-03-28'],
  ['专题学习：去年的精神（补课）', 'PARTY_LECTURE', 40, '2025-04-02', '2025-06-29'],
  ['专题学习：前年的精神', 'ORG_LIFE_MEETING', 300, '2024-03-01', '2024-12-31'],
]
/** SQL: gatherings of this kind. */
const of = (kind: string) => `id in (select gathering_id from meetings.segment where kind = '${kind}')`

beforeAll(async () => {
  place = await openTestHouse()
  const { id, county, path } = place.node('甲村党支部')
  await place.inside(async (ctx) => {
    for (const [title, kind, count, from, until] of laid) {
      await ctx.query(sql`
        insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, planned_start, content_hash)
        select ${county}, gen_random_uuid(), ${id}, ${path}, ${title}, 'NOTIFIED', 'ONSITE',
          ${from}::timestamptz + (${until}::timestamptz - ${from}::timestamptz) * n / ${count}, decode('00', 'hex') from generate_series(1, ${count}::int) n`)
      await ctx.query(sql`
        insert into meetings.segment (county, id, gathering_id, kind, place, planned_start)
        select county, gen_random_uuid(), id, ${kind}, 1, planned_start from meetings.gathering where title = ${title}`)
    }
    // A neighbour's are in no answer, though they are newer and of the kind that is looked for along time.
    const other = place.node('丙村党支部')
    await ctx.query(sql`
      with g as (
        insert into meetings.gathering (county, id, organisation_id, path, title, state, mode, planned_start, content_hash)
        select ${other.county}, gen_random_uuid(), ${other.id}, ${other.path}, '别处的', 'NOTIFIED', 'ONSITE', '2026-10-01'::timestamptz + n * interval '1 minute', decode('00', 'hex')
        from generate_series(1, 5200) n returning county, id, planned_start)
      insert into meetings.segment (county, id, gathering_id, kind, place, planned_start)
      select county, gen_random_uuid(), id, 'ORG_LIFE_MEETING', 1, planned_start from g`)
    await ctx.query(sql`analyze meetings.gathering`)
    await ctx.query(sql`analyze meetings.segment`)
  })
  people = [
    [await place.signIn('BRANCH_SECRETARY', '甲村党支部', {}), '甲村党支部'],
    [await place.signIn('ORG_DEPARTMENT', '甲县委', {}), '甲县委'],
  ]
})
afterAll(() => place.close())

/** Ids of all that hold, as a plain question without an index would give them. */
const everyOne = (holds: string) =>
  place.inside(async (ctx) => {
    const rows = await ctx.query(sql<{ id: string }>`
      select id from meetings.gathering where title <> '别处的' and ${sql.raw(holds)} order by planned_start desc, id desc`)
    return rows.map((row) => row.id)
  })

async function pages([person, at]: (typeof people)[number], query: QueryIn<typeof listGatherings>, count: number): Promise<string[]> {
  const found: string[] = []
  let cursor: string | undefined
  for (let n = 0; n < count; n += 1) {
    const page = await person.call(listGatherings, {
      params: { organisationId: place.node(at).id },
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
  ['a kind that the newest are', { kind: 'THEME_DAY' as const }, of('THEME_DAY')],
  ['a kind that the newest are not', { kind: 'PARTY_LECTURE' as const }, of('PARTY_LECTURE')],
  [
    'the same within a month',
    { kind: 'PARTY_LECTURE' as const, from: '2025-03-01', until: '2025-03-31' },
    `${of('PARTY_LECTURE')} and planned_start < '2025-04-01'`,
  ],
  ['the same with words', { kind: 'PARTY_LECTURE' as const, q: '补课' }, `title like '%补课%'`],
  ['a kind that the neighbours have more and newer of', { kind: 'ORG_LIFE_MEETING' as const }, of('ORG_LIFE_MEETING')],
  ['a kind that none is', { kind: 'DEMOCRATIC_REVIEW' as const }, 'false'],
])('%s', async (_what, query, holds) => {
  const expected = await everyOne(holds)
  for (const one of people) expect(await pages(one, { ...query, limit: 60 }, 3)).toEqual(expected.slice(0, 180))
})
