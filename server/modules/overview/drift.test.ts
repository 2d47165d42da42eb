/** Whatever branches do and however the tree changes, in whatever order it is read: rollups equal the records, and past months stay where they were. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Change } from '#contract/organisations'
import { putChange } from '#contract/organisations'
import { getSignInCode, signInToGathering } from '#contract/attendance'
import { getGathering } from '#contract/meetings'
import { getOverview } from '#contract/overview'
import type { z } from 'zod'
import { openTestHouse, type OpenTestHouse, type Person } from '#house'
import { addOrganisations, findNode, pathUnder, superiorsOf, trailOf } from '#organisations'
import { catchUp, holdProjection, rebuild, sql } from '#platform'
import { addDays, addMonths, dayOf } from '#rules'
import { beginThemeDay, holdThemeDay } from '../../test/gathering.ts'
import { findDrift } from './index.ts'
import { countsOf } from './counts.ts'
import { rollups } from './projection.ts'
import { settle } from './rollups.ts'

let house: OpenTestHouse
let admin: Person
const branches = ['甲村党支部', '乙村党支部', '丙村党支部'] as const
const towns = ['甲镇党委', '乙镇党委', '甲县委', '乙县委'] as const
const people = new Map<string, [recorder: Person, secretary: Person]>()
const today = dayOf(new Date())

const staff = (branch: string) => people.get(branch) ?? []

/** Something that may happen; a refusal (already there, already ended) is as good as an answer. @returns gatherings confirmed */
type Step =
  | { what: 'hold'; branch: string; absent: number; daysAgo: number }
  | { what: 'begin'; branch: string }
  | { what: 'sign in'; branch: string; who: number }
  | { what: 'register'; branch: string; count: number }
  /** Watched: what was counted in the months before it must be the same afterwards. */
  | { what: 'move'; name: string; under: string; daysAgo: number; watched: boolean }
  | { what: 'merge'; branch: string; into: string }
  | { what: 'split'; branch: string }
  | { what: 'read' }
  | { what: 'rebuild' }

const branch = fc.constantFrom(...branches)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('hold' as const), branch, absent: fc.nat(3), daysAgo: fc.constantFrom(0, 0, 1, 40) }),
  },
  fc.record({ what: fc.constant('begin' as const), branch }),
  { weight: 4, arbitrary: fc.record({ what: fc.constant('sign in' as const), branch, who: fc.nat(3) }) },
  fc.record({ what: fc.constant('register' as const), branch, count: fc.integer({ min: 1, max: 3 }) }),
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('move' as const),
      name: fc.constantFrom(...branches, '甲镇党委', '乙镇党委'),
      under: fc.constantFrom(...towns),
      // Later ones first, so that not all that come after are refused as too early.
      daysAgo: fc.constantFrom(70, 45, 38, 0),
      watched: fc.boolean(),
    }),
  },
  fc.record({ what: fc.constant('split' as const), branch }),
  { weight: 3, arbitrary: fc.record({ what: fc.constant('read' as const) }) },
  fc.record({ what: fc.constant('rebuild' as const) }),
)

async function change(name: string, what: z.input<typeof Change>, day = today): Promise<void> {
  const { status } = await admin.ask(putChange, {
    params: { organisationId: house.node(name).id, changeId: randomUUID() },
    body: { documentNo: '云组发〔2026〕1号', decidedOn: day, effectiveOn: day, change: what },
  })
  expect(status).toBeLessThan(500)
}

async function memberIds(name: string): Promise<string[]> {
  const rows = await house.inside((ctx) =>
    ctx.query(sql<{ id: string }>`select id from members.member where organisation_id = ${house.node(name).id} order by id`),
  )
  return rows.map((row) => row.id)
}

/** The gathering begun last, by branch. */
const begun = new Map<string, { organisationId: string; gatheringId: string }>()

/** Somebody on the roster scans the code on the wall. */
async function signIn(name: string, who: number): Promise<void> {
  const params = begun.get(name)
  const [recorder] = staff(name)
  if (params === undefined || recorder === undefined) return
  const { roster } = await recorder.call(getGathering, { params })
  const { memberId } = roster[who] ?? {}
  if (memberId === undefined) return
  const { token } = await recorder.call(getSignInCode, { params })
  const person = await house.signIn('MEMBER', name, { memberId })
  await person.call(signInToGathering, {
    params: { ...params, memberId },
    body: { how: 'CODE', token, deviceAt: new Date().toISOString() },
  })
}

const fillAgain = () =>
  house.inside(async (ctx) => {
    await holdProjection(ctx, rollups.name)
    await rollups.reset(ctx)
  })

async function take(one: Step): Promise<number> {
  if (one.what === 'read') await house.catchUp()
  // A rebuild while events are unread: what was filled from the records is not added again when they are read.
  else if (one.what === 'rebuild') await fillAgain()
  else if (one.what === 'sign in') await signIn(one.branch, one.who)
  else if (one.what === 'register') await house.addMembers(one.branch, one.count)
  else if (one.what === 'move') {
    const effectiveOn = addDays(today, -one.daysAgo)
    if (one.watched) await house.catchUp()
    const before = await rollupsBefore(effectiveOn.slice(0, 7))
    await change(one.name, { kind: 'MOVE', newParentId: house.node(one.under).id }, effectiveOn)
    if (one.watched) {
      await house.catchUp()
      expect(await rollupsBefore(effectiveOn.slice(0, 7))).toEqual(before)
    }
  } else if (one.what === 'merge') await change(one.branch, { kind: 'MERGE', into: house.node(one.into).id })
  else if (one.what === 'split') {
    const [first] = await memberIds(one.branch)
    if (first !== undefined)
      await change(one.branch, { kind: 'SPLIT', newId: randomUUID(), name: '新设党支部', shortName: '新设党支部', memberIds: [first] })
  } else {
    const [recorder, secretary] = staff(one.branch)
    if (recorder === undefined || secretary === undefined || (await memberIds(one.branch)).length === 0) return 0
    // Members follow a branch that moved a moment later; no meeting begins within that moment.
    await catchUp(
      house.house.jobsPool,
      house.house.projections.filter(({ name }) => name === 'members.followBranches'),
    )
    if (one.what === 'begin') begun.set(one.branch, (await beginThemeDay(recorder, house.node(one.branch))).params)
    else {
      const at = new Date(Date.now() - one.daysAgo * 86_400_000 - 3_600_000).toISOString()
      await holdThemeDay(recorder, secretary, house.node(one.branch), one.absent, at)
      return 1
    }
  }
  return 0
}

const some = (rows: object[]) => rows.filter((row) => Object.values(row).some((value) => typeof value === 'number' && value !== 0))

/** All rollups of months before this one. */
async function rollupsBefore(month: string): Promise<object[]> {
  const rows = await house.inside((ctx) => ctx.query(sql<object>`select * from overview.rollup r where period < ${month} order by 1, 2, 3`))
  return some(rows)
}

/** Gatherings by `organisation month`, added up one by one for whoever was above on the last day of the month. */
async function addedUp(): Promise<Map<string, number>> {
  const [steps, held] = await house.inside(async (ctx) => [
    await ctx.query(sql<{ id: string; from: string; above: string | null }>`
      select organisation_id as id, valid_from as from, parent_id as above from organisations.affiliation order by valid_from`),
    await ctx.query(sql<{ id: string; month: string }>`
      select organisation_id as id, to_char(held_on, 'YYYY-MM') as month from meetings.gathering where state in ('CONFIRMED', 'ARCHIVED')`),
  ])
  const sums = new Map<string, number>()
  for (const { id, month } of held) {
    const lastDay = addDays(addMonths(`${month}-01`, 1), -1)
    for (let at: string | null | undefined = id; typeof at === 'string';) {
      sums.set(`${at} ${month}`, (sums.get(`${at} ${month}`) ?? 0) + 1)
      at = steps.findLast(({ id: of, from }) => of === at && from <= lastDay)?.above
    }
  }
  return sums
}

/** What the overview says for each organisation of the tree and each month must be this, and a superior the sum of those it lists. */
async function compare(sums: ReadonlyMap<string, number>): Promise<void> {
  for (const name of [...towns, '省委']) {
    const params = { organisationId: house.node(name).id }
    const { series } = await admin.call(getOverview, { params })
    expect(series.map(({ month, gatherings }) => [month, gatherings])).toEqual(
      series.map(({ month }) => [month, sums.get(`${params.organisationId} ${month}`) ?? 0]),
    )
    const month = addDays(today, -40).slice(0, 7)
    const then = await admin.call(getOverview, { params, query: { month } })
    expect(then.children.reduce((sum, child) => sum + child.measures.gatherings, 0)).toBe(then.measures.gatherings)
  }
}

const drift = () => house.inside((ctx) => findDrift(ctx))

/** Gatherings the province counts over all months that have any. */
async function counted(): Promise<number> {
  const overview = await admin.call(getOverview, { params: { organisationId: house.node('省委').id } })
  return overview.series.reduce((sum, month) => sum + month.gatherings, 0)
}

beforeAll(async () => {
  house = await openTestHouse()
  await rebuild(house.house.jobsPool, rollups)
  admin = await house.signIn('ORG_DEPARTMENT', '省委')
  for (const name of branches) {
    people.set(name, [await house.signIn('RECORDER', name), await house.signIn('BRANCH_SECRETARY', name)])
    await house.addMembers(name, 4)
  }
})
afterAll(() => house.close())

test('after any sequence of gatherings, registrations, moves, splits and readings', { timeout: 240_000 }, async () => {
  let held = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      for (const one of steps) {
        held += await take(one)
        // Before everything is read: what waits is lag, not drift.
        expect(await drift()).toEqual([])
      }
      await house.catchUp()
      expect(await drift()).toEqual([])
      expect(await counted()).toBe(held)
      await compare(await addedUp())
    }),
    { numRuns: 8, endOnFailure: true },
  )
  const day = addDays(today, -1)
  const kept = await house.inside((ctx) =>
    ctx.query(sql<object>`select * from overview.rollup r where length(period) <> 10 or period >= ${day} order by 1, 2, 3`),
  )
  await rebuild(house.house.jobsPool, rollups)
  const rebuilt = await house.inside((ctx) => ctx.query(sql<object>`select * from overview.rollup r order by 1, 2, 3`))
  expect(some(kept)).toEqual(some(rebuilt))
})

test('and after a branch has been merged away', async () => {
  const before = await counted()
  await take({ what: 'merge', branch: '乙村党支部', into: '甲村党支部' })
  expect(await drift()).toEqual([])
  await house.catchUp()
  expect(await drift()).toEqual([])
  expect(await counted()).toBe(before)
})

test('a sign-in counts once, whether the numbers are filled before or after its event is read', async () => {
  const signIns = async () => (await admin.call(getOverview, { params: { organisationId: house.node('省委').id } })).today.signIns
  const [recorder] = staff('甲村党支部')
  if (recorder === undefined) throw new Error('nobody records')
  begun.set('甲村党支部', (await beginThemeDay(recorder, house.node('甲村党支部'), new Date().toISOString())).params)
  await house.catchUp()
  const before = await signIns()
  await signIn('甲村党支部', 0)
  await signIn('甲村党支部', 1)
  await fillAgain()
  expect(await signIns()).toBe(before)
  await signIn('甲村党支部', 2)
  expect(await drift()).toEqual([])
  await house.catchUp()
  expect(await signIns()).toBe(before + 3)
  expect(await drift()).toEqual([])
})

test('sign-ins at an organisation that has no place yet come to its superiors with it', async () => {
  const { town, line } = await house.inside(async (ctx) => {
    // Where it stands now: it may have been moved above.
    const found = await findNode(ctx, house.node('甲镇党委').id)
    if (found === undefined) throw new Error('no town')
    return { town: found, line: [found, ...trailOf(found.path, await superiorsOf(ctx, [found.path]))] }
  })
  const id = randomUUID()
  const names = { name: '新村党支部', nameFull: '甲镇新村党支部', shortName: '新村党支部' }
  const where = {
    parentId: town.id,
    path: pathUnder(town.path, id),
    county: town.county,
    areaCode: '532530000000',
    establishedOn: '2020-01-01',
  }
  const rest = { sector: 'RURAL' as const, unitSituation: 'SAME_AS_SUPERIOR' as const, units: [], contactName: '', contactPhone: '' }
  await house.catchUp()
  const signIns = (of: { id: string; county: string }[]) =>
    house.inside(async (ctx) => {
      const counts = await countsOf(ctx, of, [today])
      return of.map((node) => counts.get(`${node.id} ${today}`)?.sign_ins ?? 0)
    })
  const before = await signIns(line)
  await house.inside(async (ctx) => {
    await addOrganisations(ctx, [{ id, kind: 'BRANCH', ...names, ...where, ...rest }])
    await settle(ctx, [], [{ county: town.county, organisationId: id, period: today, signIns: 3 }])
    await settle(ctx, [], [{ county: town.county, organisationId: id, period: today, signIns: 2 }])
  })
  expect(await signIns([{ id, county: town.county }])).toEqual([5])
  expect(await signIns(line)).toEqual(before.map((count) => count + 5))
})
