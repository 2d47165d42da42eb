/** Given a village branch with 11 members, when it meets, changes, moves or lets the calendar pass, then its duties say so. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getRule, listDuties, summariseDuties } from '#contract/duties'
import { putChange } from '#contract/organisations'
import { type OpenTestHouse, openTestHouse, type Person } from '#house'
import { type Context, type Node, rebuild, sql, transact } from '#platform'
import { addDays, addMonths, type Circumstances, dayOf, dutiesOf } from '#rules'
import { holdThemeDay } from '../../test/gathering.ts'
import { followRecords } from './follow.ts'
import { remind, turnTheDay } from './jobs.ts'
import { dutiesByMonth } from './read.ts'
import { recompute } from './recompute.ts'

let place: OpenTestHouse
let secretary: Person
let recorder: Person
const branch = (): Node => place.node('甲村党支部')

/** Runs work as the system at another moment. */
const at = <T>(moment: string, work: (ctx: Context) => Promise<T>) => transact(place.house.jobsPool, work, { now: new Date(moment) })

interface Row {
  ruleId: string
  period: string
  periodEnd: string
  state: string
  required: number
  done: number
  why: { zh: string; en: string }
}

const stored = (node: Node) =>
  place.inside((ctx) =>
    ctx.query(sql<Row>`
      select rule_id as "ruleId", period, period_end as "periodEnd", state, required, done, why from duties.duty
      where county = ${node.county} and organisation_id = ${node.id} order by rule_id, period`),
  )

const dutyOf = async (node: Node, ruleId: string, period: string) =>
  (await stored(node)).find((row) => row.ruleId === ruleId && row.period === period)

const told = (node: Node) =>
  place.inside((ctx) =>
    ctx.query(sql<{ months: string[] }>`
      select data -> 'months' as months from platform.event where type = 'duties.organisation.recomputed' and node_id = ${node.id} order by position`),
  )

beforeAll(async () => {
  place = await openTestHouse()
  secretary = await place.signIn('BRANCH_SECRETARY', branch(), { name: '李书记' })
  recorder = await place.signIn('RECORDER', branch(), { name: '王记录' })
  await place.addMembers(branch(), 11)
  await place.catchUp()
})

afterAll(() => place.close())

describe('a theme day', () => {
  test('confirmed turns the duty of its month to met, within one reading of the events, and the duty names it', async () => {
    const month = dayOf(new Date(Date.now() - 3_600_000)).slice(0, 7)
    expect(await dutyOf(branch(), 'MEET-THEME', month)).toMatchObject({ required: 1, done: 0 })
    const { gatheringId } = await holdThemeDay(recorder, secretary, branch())
    await place.catchUp()
    const { items } = await secretary.call(listDuties, {
      params: { organisationId: branch().id },
      query: { ruleId: 'MEET-THEME', limit: 200 },
    })
    expect(items.find((duty) => duty.period === month)).toMatchObject({
      organisationName: '甲村党支部',
      ruleName: '每月相对固定1天开展主题党日',
      citation: '《中国共产党支部工作条例（试行）》第十六条',
      state: 'MET',
      required: 1,
      done: 1,
      gatheringIds: [gatheringId],
      why: {
        zh: `${month.slice(0, 4)}年${Number(month.slice(5))}月应开展主题党日1次，已有1次，已完成。《中国共产党支部工作条例（试行）》第十六条`,
      },
    })
    expect((await told(branch())).at(-1)).toEqual({ months: [month] })
  })

  test('entered weeks later is met late, and nobody but its month is told of', async () => {
    const begun = new Date(Date.now() - 45 * 86_400_000)
    const month = dayOf(begun).slice(0, 7)
    expect((await dutyOf(branch(), 'MEET-THEME', month))?.state).toBe('MISSED')
    await holdThemeDay(recorder, secretary, branch(), 0, begun.toISOString())
    await place.catchUp()
    const duty = await dutyOf(branch(), 'MEET-THEME', month)
    expect(duty).toMatchObject({ state: 'MET_LATE_ENTRY', done: 1 })
    expect(duty?.why.zh).toContain('已有1次（补录1次），已完成')
    expect((await told(branch())).at(-1)).toEqual({ months: [month] })
  })

  test('counts in the sums by month that the screens are made of', async () => {
    const rows = await place.inside((ctx) =>
      ctx.query(sql<{ period: string; met: number }>`
        select period, duties_met as met from (${dutiesByMonth(sql`select ${branch().county}::text, ${branch().id}::uuid`)}) sums`),
    )
    const kept = await stored(branch())
    expect(rows.reduce((sum, row) => sum + row.met, 0)).toBe(kept.filter((row) => row.state.startsWith('MET')).length)
    expect(kept.filter((row) => row.state.startsWith('MET'))).toHaveLength(2)
  })
})

describe('what is there decides what is asked', () => {
  test('eleven full members without a committee: no committee meetings are asked for, but a committee is', async () => {
    const rows = await stored(branch())
    expect(rows.filter((row) => row.ruleId === 'MEET-COMMITTEE')).toMatchObject([{ period: '-', state: 'NOT_APPLICABLE' }])
    expect(rows.find((row) => row.ruleId === 'ORG-COMMITTEE-MIN')).toMatchObject({
      state: 'DUE_SOON',
      periodEnd: '2199-12-31',
      why: { zh: '有正式党员11人，达到7人，还没有支部委员会：应当选举产生支部委员会。《中国共产党支部工作条例（试行）》第六章' },
    })
  })

  test('with a committee elected this month its meetings are asked for, and the standing duty is gone', async () => {
    const node = place.node('乙村党支部')
    await place.addMembers(node, 7)
    const admin = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
    const today = dayOf(new Date())
    const startOn = addMonths(today, -2)
    const roles = ['书记', '组织委员', '宣传委员'] as const
    await admin.call(putChange, {
      params: { organisationId: node.id, changeId: randomUUID() },
      body: {
        documentNo: '甲组发〔2026〕1号',
        decidedOn: today,
        effectiveOn: today,
        change: {
          kind: 'TERM',
          term: {
            seq: 1,
            startOn,
            nominalEndOn: addMonths(startOn, 60),
            extendedTo: null,
            seats: roles.map((role) => ({
              role,
              memberId: randomUUID(),
              name: '张三',
              from: startOn,
              until: null,
              source: 'ELECTED' as const,
            })),
          },
        },
      },
    })
    await place.catchUp()
    const rows = await stored(node)
    expect(rows.find((row) => row.ruleId === 'ORG-COMMITTEE-MIN')).toBeUndefined()
    expect(rows.find((row) => row.ruleId === 'MEET-COMMITTEE' && row.period === today.slice(0, 7))).toMatchObject({ required: 1, done: 0 })
    expect(rows.find((row) => row.ruleId === 'MEET-COMMITTEE' && row.period === addMonths(today, -6).slice(0, 7))?.state).toBe(
      'NOT_APPLICABLE',
    )
  })

  test('a group makes its branch owe group meetings, once the group has been there for half of the time', async () => {
    const node = place.node('乙村党支部')
    const admin = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
    expect(await dutyOf(node, 'MEET-GROUP', '-')).toMatchObject({ state: 'NOT_APPLICABLE', required: 0 })
    const today = dayOf(new Date())
    const effectiveOn = addMonths(today, -3)
    const organisation = { name: '第一党小组', shortName: '第一党小组', organisationKind: 'GROUP' as const, sector: 'RURAL' as const }
    await admin.call(putChange, {
      params: { organisationId: node.id, changeId: randomUUID() },
      body: {
        documentNo: '甲组发〔2026〕3号',
        decidedOn: effectiveOn,
        effectiveOn,
        change: { kind: 'CREATE', newId: randomUUID(), parentId: node.id, ...organisation },
      },
    })
    await place.catchUp()
    expect(await dutyOf(node, 'MEET-GROUP', '-')).toBeUndefined()
    expect(await dutyOf(node, 'MEET-GROUP', today.slice(0, 7))).toMatchObject({ required: 1, done: 0 })
    expect(await dutyOf(node, 'MEET-GROUP', addMonths(today, -5).slice(0, 7))).toMatchObject({ state: 'NOT_APPLICABLE' })
  })

  test('a branch founded in the second half of a month owes nothing in that month', async () => {
    const founded = randomUUID()
    const admin = await place.signIn('COMMITTEE_ADMIN', '甲县委')
    await admin.call(putChange, {
      params: { organisationId: place.node('甲县委').id, changeId: randomUUID() },
      body: {
        documentNo: '甲组发〔2026〕2号',
        decidedOn: '2026-03-17',
        effectiveOn: '2026-03-17',
        change: {
          kind: 'CREATE',
          newId: founded,
          parentId: place.node('甲镇党委').id,
          name: '甲镇新村党支部',
          shortName: '新村党支部',
          organisationKind: 'BRANCH',
          sector: 'RURAL',
        },
      },
    })
    await at('2026-04-10T12:00:00+08:00', (ctx) => recompute(ctx, [founded]))
    const node = { ...place.node('甲镇党委'), id: founded }
    expect(await dutyOf(node, 'MEET-THEME', '2026-02')).toBeUndefined()
    expect((await dutyOf(node, 'MEET-THEME', '2026-03'))?.state).toBe('NOT_APPLICABLE')
    expect((await dutyOf(node, 'MEET-THEME', '2026-04'))?.state).toBe('UPCOMING')
    expect((await dutyOf(node, 'ORG-BRANCH-MIN', '-'))?.state).toBe('DUE_SOON')
  })
})

describe('the stored duties', () => {
  test('are what the pure function says', async () => {
    const node = place.node('丙村党支部')
    await place.inside((ctx) => recompute(ctx, [node.id]))
    const circumstances: Circumstances = {
      kind: 'BRANCH',
      units: [],
      establishedOn: '2010-07-01',
      dissolvedOn: null,
      term: null,
      counts: { full: 0, all: 0 },
      committees: [],
      groups: [],
      exceptions: [],
    }
    const pure = dutiesOf(circumstances, [], dayOf(new Date())).map(({ ruleId, period, periodEnd, state, required, done, sentence }) => ({
      ruleId,
      period,
      periodEnd,
      state,
      required,
      done,
      why: sentence,
    }))
    const order = (rows: Row[]) => rows.toSorted((a, b) => (`${a.ruleId} ${a.period}` < `${b.ruleId} ${b.period}` ? -1 : 1))
    expect(order(await stored(node))).toEqual(order(pure))
    expect(pure.length).toBeGreaterThan(20)
  })

  test('are the same rows after the projection is built again, and computing again tells nobody', async () => {
    const branches = ['甲村党支部', '乙村党支部', '丙村党支部'].map((name) => place.node(name).id)
    const everything = () =>
      place.inside((ctx) =>
        ctx.query(
          sql`select * from duties.duty where organisation_id = any(${branches}::uuid[]) order by organisation_id, rule_id, period`,
        ),
      )
    await place.catchUp()
    await place.inside((ctx) => recompute(ctx, branches))
    const before = await everything()
    const events = await told(branch())
    await place.inside((ctx) => recompute(ctx, [branch().id]))
    expect(await told(branch())).toEqual(events)
    await rebuild(place.house.jobsPool, followRecords)
    expect(await everything()).toEqual(before)
    expect(before.length).toBeGreaterThan(100)
  })
})

describe('the calendar', () => {
  const period = '2025-03'
  const node = () => place.node('丙村党支部')
  const states = async (ruleId: string) => (await dutyOf(node(), ruleId, period))?.state

  test('makes a duty urgent and then missed, on the days the rules say and without any event', async () => {
    await at('2025-03-10T12:00:00+08:00', (ctx) => recompute(ctx, [node().id]))
    expect(await states('MEET-THEME')).toBe('UPCOMING')
    for (const [day, state] of [
      ['2025-03-20', 'UPCOMING'],
      ['2025-03-21', 'DUE_SOON'],
      ['2025-04-07', 'DUE_SOON'],
      ['2025-04-08', 'MISSED'],
    ] as const) {
      await at(`${day}T00:02:00+08:00`, turnTheDay)
      expect([day, await states('MEET-THEME')]).toEqual([day, state])
    }
  })

  test('lets go of what is older than fourteen months', async () => {
    await at('2026-06-01T00:02:00+08:00', turnTheDay)
    expect(await states('MEET-THEME')).toBeUndefined()
    expect((await dutyOf(node(), 'MEET-THEME', '2025-04'))?.state).toBe('MISSED')
  })
})

describe('reminders', () => {
  const inbox = (person: Person) =>
    place.inside((ctx) =>
      ctx.query(sql<{ title: { zh: string }; because: { zh: string }; once: string }>`
        select title, because, once from platform.notification where account_id = ${person.accountId} and kind = 'duties.reminder' order by once`),
    )

  test('come seven days and one day before the end, once each, by day, to secretary and recorder of the branch only', async () => {
    const node = place.node('丙村党支部')
    const [own, writes, member] = await Promise.all([
      place.signIn('BRANCH_SECRETARY', node),
      place.signIn('RECORDER', node),
      place.signIn('MEMBER', node),
    ])
    const hour = (day: string, time: string) => at(`${day}T${time}:00+08:00`, (ctx) => remind(ctx))
    await at('2026-05-24T09:00:00+08:00', (ctx) => recompute(ctx, [node.id]))
    await hour('2026-05-23', '09:10')
    expect(await inbox(own)).toEqual([])
    await hour('2026-05-24', '07:59')
    await hour('2026-05-24', '20:00')
    expect(await inbox(own)).toEqual([])
    await hour('2026-05-24', '09:10')
    await hour('2026-05-24', '14:10')
    const first = await inbox(own)
    expect(first).toMatchObject([
      {
        title: { zh: '请在2026-05-31前开展主题党日' },
        because: { zh: '您是丙村党支部的书记或记录人，期末前7天提醒一次。依据：《中国共产党支部工作条例（试行）》第十六条' },
      },
    ])
    await hour('2026-05-29', '09:10')
    expect(await inbox(own)).toEqual(first)
    await hour('2026-05-30', '09:10')
    expect(await inbox(own)).toHaveLength(2)
    expect(await inbox(writes)).toEqual(await inbox(own))
    expect(await inbox(member)).toEqual([])
    expect(await inbox(secretary)).toEqual([])
  })

  test('of many branches are sent in portions, until nobody is left that day', async () => {
    const branches = ['甲村党支部', '乙村党支部'].map((name) => place.node(name))
    const secretaries = await Promise.all(branches.map((node) => place.signIn('BRANCH_SECRETARY', node)))
    const reminded = async () => (await Promise.all(secretaries.map(inbox))).filter((items) => items.length > 0).length
    await at('2026-05-25T09:00:00+08:00', (ctx) =>
      recompute(
        ctx,
        branches.map((node) => node.id),
      ),
    )
    const portion = () => at('2026-05-25T09:10:00+08:00', (ctx) => remind(ctx, 1))
    while ((await reminded()) === 0) expect(await portion()).toBe('again')
    expect(await reminded()).toBe(1)
    while ((await portion()) === 'again');
    expect(await reminded()).toBe(2)
    await place.inside((ctx) =>
      recompute(
        ctx,
        branches.map((node) => node.id),
      ),
    )
  })
})

describe('reading', () => {
  test('lists what lies below, page by page without a gap, and never what lies beside', async () => {
    await place.catchUp()
    const admin = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
    const params = { organisationId: place.node('甲镇党委').id }
    const all = await admin.call(listDuties, { params, query: { reach: 'below', limit: 200 } })
    const pages: typeof all.items = []
    for (let cursor: string | undefined; ;) {
      const page = await admin.call(listDuties, {
        params,
        query: { reach: 'below', limit: 37, ...(cursor === undefined ? {} : { cursor }) },
      })
      pages.push(...page.items)
      if (page.next === null) break
      cursor = page.next
    }
    expect(pages.slice(0, 200)).toEqual(all.items)
    expect(new Set(pages.map((d) => `${d.organisationId} ${d.ruleId} ${d.period}`)).size).toBe(pages.length)
    expect(new Set(pages.map((d) => d.organisationName))).toEqual(new Set(['甲村党支部', '乙村党支部', '新村党支部']))
    const missed = await admin.call(listDuties, { params, query: { reach: 'below', state: 'MISSED', ruleId: 'MEET-GENERAL', limit: 200 } })
    expect(missed.items).toEqual(pages.filter((d) => d.state === 'MISSED' && d.ruleId === 'MEET-GENERAL'))
    expect(missed.items.length).toBeGreaterThan(0)
    expect((await admin.refusal(listDuties, { params: { organisationId: place.node('丙村党支部').id } })).status).toBe(404)
    expect(await admin.refusal(listDuties, { params, query: { cursor: 'elsewhere' } })).toMatchObject({ status: 400, code: 'INVALID' })
  })

  test('a part of the year is what overlaps it', async () => {
    const today = dayOf(new Date())
    const month = today.slice(0, 7)
    const from = `${month}-01`
    const { items } = await secretary.call(listDuties, {
      params: { organisationId: branch().id },
      query: { from, until: addDays(addMonths(from, 1), -1), limit: 200 },
    })
    const periods = new Set(items.map((duty) => duty.period))
    expect(periods).toEqual(new Set(['-', month, today.slice(0, 4), `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`]))
  })

  test('the summary counts and names nobody', async () => {
    const admin = await place.signIn('COMMITTEE_ADMIN', '甲镇党委')
    const { items } = await admin.call(summariseDuties, { params: { organisationId: place.node('甲镇党委').id } })
    const theme = items.find((item) => item.ruleId === 'MEET-THEME')
    expect(Object.values(theme?.counts ?? {}).reduce((sum, n) => sum + n, 0)).toBe(3)
    expect(JSON.stringify(items)).not.toContain(branch().id)
  })

  test('a rule says what it asks and where it comes from', async () => {
    expect(await place.stranger.call(getRule, { params: { ruleId: 'MEET-GENERAL' } })).toMatchObject({
      id: 'MEET-GENERAL',
      name: '支部党员大会一般每季度1次',
      citation: '《中国共产党支部工作条例（试行）》第十一条',
      params: { per: 'QUARTER', min: 1 },
    })
    expect((await place.stranger.refusal(getRule, { params: { ruleId: 'MEET-NOTHING' } })).status).toBe(404)
  })
})

describe('a move', () => {
  test('takes the duties along: the new superior finds them, the old one no longer does', async () => {
    const admin = await place.signIn('ORG_DEPARTMENT', '省委')
    await admin.call(putChange, {
      params: { organisationId: branch().id, changeId: randomUUID() },
      body: {
        documentNo: '省组发〔2026〕9号',
        decidedOn: dayOf(new Date()),
        effectiveOn: dayOf(new Date()),
        change: { kind: 'MOVE', newParentId: place.node('乙镇党委').id },
      },
    })
    await place.catchUp()
    const below = async (name: string) => {
      const { items } = await admin.call(listDuties, {
        params: { organisationId: place.node(name).id },
        query: { reach: 'below', limit: 200 },
      })
      return new Set(items.map((duty) => duty.organisationName))
    }
    expect([...(await below('乙镇党委'))].sort()).toEqual(['丙村党支部', '甲村党支部'])
    expect((await below('甲镇党委')).has('甲村党支部')).toBe(false)
  })
})
