/** A branch holds a meeting and every superior counts it; whatever happens to the tree, sums stay what the records say. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putChange } from '#contract/organisations'
import { getOverview, listHappenings } from '#contract/overview'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { rebuild, sql } from '#platform'
import { addDays, dayOf } from '#rules'
import { beginThemeDay, holdThemeDay } from '../../test/gathering.ts'
import { reconcile } from './drift.ts'
import { findDrift } from './index.ts'
import { rollups } from './projection.ts'
import { seed } from './seed.ts'

let house: OpenTestHouse
const today = dayOf(new Date())
const month = today.slice(0, 7)
const people = new Map<string, Person>()

/** The person in this post, signed in once. */
async function who(role: 'BRANCH_SECRETARY' | 'RECORDER' | 'ORG_DEPARTMENT' | 'COMMITTEE_ADMIN', at: string): Promise<Person> {
  const known = people.get(`${role} ${at}`)
  if (known !== undefined) return known
  const person = await house.signIn(role, at)
  people.set(`${role} ${at}`, person)
  return person
}

const begin = async (branch: string) => beginThemeDay(await who('RECORDER', branch), house.node(branch))
const hold = async (branch: string, absent = 0, daysAgo = 0) =>
  holdThemeDay(
    await who('RECORDER', branch),
    await who('BRANCH_SECRETARY', branch),
    house.node(branch),
    absent,
    new Date(Date.now() - daysAgo * 86_400_000 - 3_600_000).toISOString(),
  )

const overviewOf = async (name: string, more: { month?: string } = {}) =>
  (await who('ORG_DEPARTMENT', '省委')).call(getOverview, { params: { organisationId: house.node(name).id }, query: more })

const decide = async (name: string, change: Parameters<typeof document>[0]) =>
  (await who('ORG_DEPARTMENT', '省委')).call(putChange, {
    params: { organisationId: house.node(name).id, changeId: randomUUID() },
    body: document(change),
  })

const document = (change: { kind: 'MOVE'; newParentId: string } | { kind: 'MERGE'; into: string } | { kind: 'DISSOLVE' }) => ({
  documentNo: '云组发〔2026〕1号',
  decidedOn: today,
  effectiveOn: today,
  change,
})

const drift = () => house.inside((ctx) => findDrift(ctx))
const kept = () =>
  house.inside(async (ctx) => ({
    own: await ctx.query(sql`select * from overview.own o where o is distinct from null order by county, organisation_id, period`),
    rollup: await ctx.query(sql`select * from overview.rollup r order by county, organisation_id, period`),
    place: await ctx.query(sql`select * from overview.place order by county, organisation_id, since`),
  }))

beforeAll(async () => {
  house = await openTestHouse()
  await rebuild(house.house.jobsPool, rollups)
  for (const [branch, count] of Object.entries({ 甲村党支部: 6, 乙村党支部: 4, 丙村党支部: 7 })) await house.addMembers(branch, count)
  await house.catchUp()
})
afterAll(() => house.close())

describe('a gathering that is confirmed', () => {
  test('is counted by the branch and by each of its superiors, once, and by nobody else', async () => {
    const line = ['甲村党支部', '甲镇党委', '甲县委', '省委']
    const before = await Promise.all([...line, '乙县委'].map((name) => overviewOf(name)))
    await hold('甲村党支部', 1)
    await house.catchUp()
    await house.catchUp()
    const after = await Promise.all([...line, '乙县委'].map((name) => overviewOf(name)))
    const moved = after.map(({ measures }, n) => [
      measures.gatherings - (before[n]?.measures.gatherings ?? 0),
      measures.expected - (before[n]?.measures.expected ?? 0),
      measures.present - (before[n]?.measures.present ?? 0),
      (measures.gatheringsByKind.THEME_DAY ?? 0) - (before[n]?.measures.gatheringsByKind.THEME_DAY ?? 0),
    ])
    expect(moved).toEqual([...line.map(() => [1, 6, 5, 1]), [0, 0, 0, 0]])
    const province = after[3]
    expect(province?.today).toEqual({ gatherings: 1, signIns: 5 })
    expect(province?.series.at(-1)).toMatchObject({ month, gatherings: 1, present: 5 })
    expect(province?.series).toHaveLength(12)
    expect(province?.measures).toMatchObject({ branches: 3, members: 17, fullMembers: 17 })
    expect(province?.children.map((child) => child.measures.gatherings)).toEqual([0, 1])
    expect(await drift()).toEqual([])
  })

  test('says how fresh the numbers are and where they come from', async () => {
    await hold('乙村党支部')
    const behind = await overviewOf('省委')
    expect(behind.asOf.source).toBe('overview.rollups')
    expect(behind.asOf.lagMilliseconds).toBeGreaterThan(0)
    await house.catchUp()
    const { asOf, measures } = await overviewOf('省委')
    expect(asOf.lagMilliseconds).toBe(0)
    expect(Date.parse(asOf.at)).toBeGreaterThan(Date.now() - 60_000)
    expect(measures.gatherings).toBe(behind.measures.gatherings + 1)
  })

  test('that is only begun counts for today and not for the month', async () => {
    const before = await overviewOf('乙县委')
    await begin('丙村党支部')
    await house.catchUp()
    const { today: now, measures } = await overviewOf('乙县委')
    expect(now.gatherings).toBe(before.today.gatherings + 1)
    expect(measures.gatherings).toBe(before.measures.gatherings)
    expect(await drift()).toEqual([])
  })
})

describe('duties', () => {
  test('of the branches are counted by every superior, and turn to met when a theme day is confirmed', async () => {
    const before = await overviewOf('省委')
    const branch = await overviewOf('丙村党支部')
    expect(branch.measures.dutiesDue + branch.measures.dutiesMissed).toBeGreaterThan(0)
    await hold('丙村党支部')
    await house.catchUp()
    await house.catchUp()
    const after = await overviewOf('省委')
    expect(after.measures.dutiesMet).toBe(before.measures.dutiesMet + 1)
    const sums = (key: 'dutiesMet' | 'dutiesDue' | 'dutiesMissed') => after.children.reduce((sum, child) => sum + child.measures[key], 0)
    expect(after.measures).toMatchObject({ dutiesMet: sums('dutiesMet'), dutiesDue: sums('dutiesDue'), dutiesMissed: sums('dutiesMissed') })
    expect(await drift()).toEqual([])
  })
})

describe('what just happened', () => {
  test('is told in a sentence, newest first, only for what is below', async () => {
    await hold('丙村党支部', 2)
    await house.catchUp()
    const secretary = await who('BRANCH_SECRETARY', '丙村党支部')
    const { items } = await secretary.call(listHappenings, { params: { organisationId: house.node('丙村党支部').id }, query: { limit: 2 } })
    expect(items.map((item) => item.type)).toEqual(['meetings.gathering.confirmed', 'meetings.gathering.started'])
    expect(items[0]).toMatchObject({
      organisationName: '丙村党支部',
      trail: '省委 › 乙县委 › 乙镇党委',
      text: {
        zh: '丙村党支部确认主题党日“学习新党章”，应到 7 人，实到 5 人',
        en: '丙村党支部 confirmed theme day “学习新党章”: 5 of 7 expected came',
      },
    })
    const below = await (
      await who('ORG_DEPARTMENT', '甲县委')
    ).call(listHappenings, { params: { organisationId: house.node('甲县委').id } })
    expect(below.items.length).toBeGreaterThan(0)
    expect(new Set(below.items.map((item) => item.organisationName))).toEqual(new Set(['甲村党支部', '乙村党支部']))
  })
})

describe('outside one’s own part of the tree', () => {
  test('there is nothing to be found', async () => {
    const admin = await who('ORG_DEPARTMENT', '甲县委')
    for (const operation of [getOverview, listHappenings]) {
      const refusal = await admin.refusal(operation, { params: { organisationId: house.node('乙县委').id } })
      expect(refusal).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    }
    const own = await admin.call(getOverview, { params: { organisationId: house.node('甲镇党委').id } })
    expect(own.trail.map((superior) => superior.name)).toEqual(['甲县委'])
  })
})

test('a month nobody lived in is refused at its field; the first one that may be asked shows the year before it', async () => {
  const admin = await who('ORG_DEPARTMENT', '甲县委')
  const params = { organisationId: house.node('甲县委').id }
  for (const wrong of ['0000-10', '1899-12', '2200-01']) {
    expect(await admin.refusal(getOverview, { params, query: { month: wrong } })).toMatchObject({
      status: 400,
      fields: [{ path: 'query.month' }],
    })
  }
  const { series } = await admin.call(getOverview, { params, query: { month: '1900-01' } })
  expect(series.at(0)?.month).toBe('1899-02')
})

describe('an organisation that moves', () => {
  const daysAgo = 40
  const past = addDays(today, -daysAgo).slice(0, 7)

  test('takes what is counted now and its happenings along, and leaves the past months where they were counted', async () => {
    await hold('甲村党支部', 1, daysAgo)
    await house.catchUp()
    await house.catchUp()
    const then = { from: await overviewOf('甲县委', { month: past }), to: await overviewOf('乙县委', { month: past }) }
    expect(then.from.measures).toMatchObject({ gatherings: 1, expected: 6, present: 5 })
    const before = await overviewOf('乙县委')
    const moving = await overviewOf('甲镇党委')
    await decide('甲镇党委', { kind: 'MOVE', newParentId: house.node('乙县委').id })
    await house.catchUp()
    const after = await overviewOf('乙县委')
    expect(after.measures.gatherings).toBe(before.measures.gatherings + moving.measures.gatherings)
    expect(after.measures.members).toBe(before.measures.members + moving.measures.members)
    const left = await overviewOf('甲县委')
    expect(left.measures).toMatchObject({ gatherings: 0, members: 0, branches: 0 })
    expect(left.children).toEqual([])
    expect(left.series.slice(0, -1)).toEqual(then.from.series.filter((each) => each.month < month).slice(-11))
    const now = { branches: 0, members: 0, fullMembers: 0, floating: null }
    const from = await overviewOf('甲县委', { month: past })
    expect(from.measures).toEqual({ ...then.from.measures, ...now })
    expect(from.children).toEqual(then.from.children.map((child) => ({ ...child, measures: { ...child.measures, ...now } })))
    const to = await overviewOf('乙县委', { month: past })
    expect(to.series).toEqual(then.to.series)
    expect(to.children.map((child) => child.name)).toEqual(['乙镇党委'])
    const { items } = await (
      await who('ORG_DEPARTMENT', '甲县委')
    ).call(listHappenings, { params: { organisationId: house.node('甲县委').id } })
    expect(items).toEqual([])
    expect(await drift()).toEqual([])
  })

  test('and one that is merged leaves its record where it stood', async () => {
    const before = await overviewOf('乙县委')
    await decide('乙村党支部', { kind: 'MERGE', into: house.node('甲村党支部').id })
    await house.catchUp()
    await house.catchUp()
    const after = await overviewOf('乙县委')
    expect(after.measures).toMatchObject({
      branches: before.measures.branches - 1,
      members: before.measures.members,
      gatherings: before.measures.gatherings,
    })
    expect((await overviewOf('甲村党支部')).measures.members).toBe(10)
    expect(await drift()).toEqual([])
  })
})

describe('rollups that are wrong', () => {
  test('are found, repaired, and written down', async () => {
    const id = house.node('甲镇党委').id
    await house.inside(async (ctx) => {
      await ctx.query(sql`update overview.rollup set gatherings = gatherings + 3 where organisation_id = ${id} and period = ${month}`)
      await ctx.query(sql`update overview.own set members = 99 where organisation_id = ${house.node('丙村党支部').id} and period = 'now'`)
      await ctx.query(
        sql`update overview.place set adds_to = adds_to[2:], adds_to_counties = adds_to_counties[2:] where organisation_id = ${house.node('甲村党支部').id}`,
      )
    })
    const found = (await drift()) ?? []
    expect(new Set(found.map((row) => row.what))).toEqual(new Set(['place', 'own', 'sum']))
    const repaired = await house.inside((ctx) => reconcile(ctx))
    expect(repaired?.length).toBeGreaterThanOrEqual(3)
    expect(await drift()).toEqual([])
    const written = await house.inside((ctx) => ctx.query(sql`select from overview.drift`))
    expect(written).toHaveLength(repaired?.length ?? 0)
    expect(await house.inside((ctx) => reconcile(ctx))).toEqual([])
  })

  test('are not taken for wrong while events wait to be read', async () => {
    await hold('甲村党支部')
    expect(await drift()).toEqual([])
    expect(await house.inside((ctx) => reconcile(ctx))).toEqual([])
    await house.catchUp()
    expect(await drift()).toEqual([])
  })

  test('and rebuilt from the records they are the same as kept step by step', async () => {
    const before = await kept()
    await rebuild(house.house.jobsPool, rollups)
    const after = await kept()
    const told = (rows: unknown[]) =>
      rows.filter((row) => Object.values(row as object).some((value) => typeof value === 'number' && value !== 0))
    expect(told(after.own)).toEqual(told(before.own))
    expect(told(after.rollup)).toEqual(told(before.rollup))
    expect(after.place).toEqual(before.place)
  })
})

describe('history that was put in without events', () => {
  test('is counted and its latest is told', async () => {
    const before = await kept()
    await house.inside(async (ctx) => {
      for (const table of ['own', 'rollup', 'place', 'happening_at', 'happening'])
        await ctx.query(sql`delete from ${sql.table(`overview.${table}`)}`)
      await seed(ctx)
    })
    expect((await kept()).place).toEqual(before.place)
    expect(await drift()).toEqual([])
    const { items } = await (
      await who('ORG_DEPARTMENT', '省委')
    ).call(listHappenings, { params: { organisationId: house.node('省委').id } })
    expect(new Set(items.map((item) => item.type))).toEqual(new Set(['meetings.gathering.confirmed']))
    expect(items.map((item) => item.at)).toEqual(
      items
        .map((item) => item.at)
        .toSorted()
        .toReversed(),
    )
  })
})
