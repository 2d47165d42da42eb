/** Given a branch and what is on record, when the calendar moves, then its duties are in these states and say why. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './dates.ts'
import { type Circumstances, committeesOf, dutiesOf, lookAgainOn, type OnRecord, type OwedDuty } from './duties.ts'

const branch: Circumstances = {
  kind: 'BRANCH',
  units: [],
  establishedOn: '2010-07-01',
  dissolvedOn: null,
  term: {
    startOn: '2024-01-10',
    nominalEndOn: '2029-01-10',
    extendedTo: null,
    seats: [{ role: '书记' }, { role: '组织委员' }, { role: '宣传委员' }],
  },
  counts: { full: 11, all: 12 },
  committees: [{ from: '2024-01-10', until: null }],
  groups: [],
  exceptions: [],
}

let gatherings = 0
const held = (kind: string, heldOn: string, more: Partial<OnRecord> = {}): OnRecord => {
  gatherings += 1
  return { gatheringId: `g${gatherings}`, groupId: null, kind, heldOn, valid: true, lateEntry: false, ...more }
}

const find = (duties: OwedDuty[], ruleId: string, period: string) => duties.find((d) => d.ruleId === ruleId && d.period === period)

/** The duty of this rule and period. */
function duty(ruleId: string, period: string, today: string, record: OnRecord[] = [], organisation = branch): OwedDuty {
  const found = find(dutiesOf(organisation, record, today), ruleId, period)
  if (found === undefined) throw new Error(`no duty ${ruleId} ${period}`)
  return found
}

describe('a quarter without a general meeting', () => {
  test.each([
    { today: '2026-02-28', state: 'UPCOMING', zh: '还差1次，请在2026-03-31前完成' },
    { today: '2026-03-01', state: 'DUE_SOON', zh: '还差1次，请在2026-03-31前完成' },
    { today: '2026-03-31', state: 'DUE_SOON', zh: '还差1次，请在2026-03-31前完成' },
    { today: '2026-04-01', state: 'DUE_SOON', zh: '少1次；已经开过的请在2026-04-07前记录' },
    { today: '2026-04-07', state: 'DUE_SOON', zh: '少1次；已经开过的请在2026-04-07前记录' },
    { today: '2026-04-08', state: 'MISSED', zh: '少1次' },
  ])('is $state on $today', ({ today, state, zh }) => {
    expect(duty('MEET-GENERAL', '2026-Q1', today)).toMatchObject({
      state,
      required: 1,
      done: 0,
      periodStart: '2026-01-01',
      periodEnd: '2026-03-31',
      sentence: { zh: `2026年第一季度应召开支部党员大会1次，已有0次，${zh}。《中国共产党支部工作条例（试行）》第十一条` },
    })
  })
})

test('a month is urgent in its last ten days', () => {
  expect(duty('MEET-THEME', '2026-03', '2026-03-20').state).toBe('UPCOMING')
  expect(duty('MEET-THEME', '2026-03', '2026-03-21').state).toBe('DUE_SOON')
})

describe('a meeting on record', () => {
  test('meets the duty, and the duty names it', () => {
    const meeting = held('GENERAL_MEETING', '2026-03-31')
    expect(duty('MEET-GENERAL', '2026-Q1', '2026-04-08', [meeting])).toMatchObject({
      state: 'MET',
      done: 1,
      gatheringIds: [meeting.gatheringId],
      sentence: { zh: '2026年第一季度应召开支部党员大会1次，已有1次，已完成。《中国共产党支部工作条例（试行）》第十一条' },
    })
  })

  test('of the next day does not, and one that was not valid does not and is mentioned', () => {
    const record = [held('GENERAL_MEETING', '2026-04-01'), held('GENERAL_MEETING', '2026-03-02', { valid: false })]
    expect(duty('MEET-GENERAL', '2026-Q1', '2026-04-08', record)).toMatchObject({
      state: 'MISSED',
      done: 0,
      sentence: {
        zh: '2026年第一季度应召开支部党员大会1次，已有0次，另有1次因到会人数不足不计入，少1次。《中国共产党支部工作条例（试行）》第十一条',
      },
    })
  })

  test('entered late is met late, and says so; with one in time it is simply met', () => {
    const late = held('THEME_DAY', '2026-03-05', { lateEntry: true })
    expect(duty('MEET-THEME', '2026-03', '2026-04-08', [late])).toMatchObject({
      state: 'MET_LATE_ENTRY',
      done: 1,
      sentence: { zh: '2026年3月应开展主题党日1次，已有1次（补录1次），已完成。《中国共产党支部工作条例（试行）》第十六条' },
    })
    expect(duty('MEET-THEME', '2026-03', '2026-04-08', [late, held('THEME_DAY', '2026-03-20')]).state).toBe('MET')
  })

  test('of several segments counts for each of its duties', () => {
    const id = 'one gathering'
    const record = ['THEME_DAY', 'GENERAL_MEETING'].map((kind) => held(kind, '2026-03-05', { gatheringId: id }))
    expect(duty('MEET-THEME', '2026-03', '2026-03-06', record).gatheringIds).toEqual([id])
    expect(duty('MEET-GENERAL', '2026-Q1', '2026-03-06', record).gatheringIds).toEqual([id])
  })
})

describe('what does not apply', () => {
  test('without a committee there is one line that says so, and no month asks for its meeting', () => {
    const duties = dutiesOf({ ...branch, committees: [] }, [], '2026-03-15').filter((d) => d.ruleId === 'MEET-COMMITTEE')
    expect(duties).toHaveLength(1)
    expect(duties[0]).toMatchObject({
      period: '-',
      state: 'NOT_APPLICABLE',
      required: 0,
      sentence: { zh: '没有设支部委员会，不要求召开支部委员会会议。《中国共产党支部工作条例（试行）》第十二条' },
    })
  })

  test('a committee elected in the middle of the month owes from the next one on, and one that sat half of it owes it', () => {
    const since = (from: string) => ({ ...branch, committees: [{ from, until: null }] })
    expect(duty('MEET-COMMITTEE', '2026-02', '2026-03-15', [], since('2026-02-16')).state).toBe('NOT_APPLICABLE')
    expect(duty('MEET-COMMITTEE', '2026-03', '2026-03-15', [], since('2026-02-16')).state).toBe('UPCOMING')
    expect(duty('MEET-COMMITTEE', '2026-02', '2026-03-15', [], since('2026-02-15')).state).toBe('MISSED')
  })

  test('groups owe a meeting each, and a second one of the same group does not stand for another', () => {
    const groups = [
      { from: '2020-01-01', until: null },
      { from: '2020-01-01', until: null },
    ]
    const record = ['a', 'a'].map((groupId) => held('GROUP_MEETING', '2026-03-05', { groupId }))
    const inGroups = { ...branch, groups }
    expect(duty('MEET-GROUP', '2026-03', '2026-03-25', record, inGroups)).toMatchObject({ state: 'DUE_SOON', required: 2, done: 1 })
    const both = [...record, held('GROUP_MEETING', '2026-03-06', { groupId: 'b' })]
    expect(duty('MEET-GROUP', '2026-03', '2026-03-25', both, inGroups)).toMatchObject({ state: 'MET', required: 2, done: 2 })
    expect(duty('MEET-GROUP', '-', '2026-03-25').state).toBe('NOT_APPLICABLE')
  })

  test('a branch founded after the middle of a period owes nothing in it; founded in its first half it does', () => {
    const since = (establishedOn: string) => ({ ...branch, establishedOn, committees: [] })
    expect(duty('MEET-THEME', '2026-03', '2026-03-25', [], since('2026-03-17'))).toMatchObject({
      state: 'NOT_APPLICABLE',
      sentence: { zh: '2026年3月党支部存在的时间不足一半，不要求开展主题党日。《中国共产党支部工作条例（试行）》第十六条' },
    })
    expect(duty('MEET-THEME', '2026-03', '2026-03-25', [], since('2026-03-16')).state).toBe('DUE_SOON')
    expect(duty('MEET-GENERAL', '2026-Q1', '2026-03-25', [], since('2026-03-16')).state).toBe('NOT_APPLICABLE')
    expect(find(dutiesOf(since('2026-03-16'), [], '2026-03-25'), 'MEET-THEME', '2026-02')).toBeUndefined()
  })

  test('a dissolved branch owes what it lived through, and nothing any more', () => {
    const ended = { ...branch, dissolvedOn: '2026-02-01' }
    const duties = dutiesOf(ended, [], '2026-03-25')
    expect(find(duties, 'MEET-THEME', '2026-01')?.state).toBe('MISSED')
    expect(find(duties, 'MEET-THEME', '2026-02')).toBeUndefined()
    expect(duties.filter((d) => d.period === '-' && d.state !== 'NOT_APPLICABLE')).toEqual([])
  })

  test('committees above branches have no meetings of this kind', () => {
    expect(dutiesOf({ ...branch, kind: 'GRASSROOTS_COMMITTEE' }, [], '2026-03-25')).toEqual([])
  })

  test('a temporary branch holds meetings but neither elects nor measures up to thresholds', () => {
    const duties = dutiesOf({ ...branch, kind: 'TEMP_BRANCH', counts: { full: 60, all: 60 }, term: null }, [], '2026-03-25')
    expect(find(duties, 'MEET-GENERAL', '2026-Q1')?.state).toBe('DUE_SOON')
    expect(duties.some(({ ruleId }) => ruleId.startsWith('ORG-'))).toBe(false)
  })

  test('lectures have no number in the national rule, and none is invented', () => {
    expect(duty('MEET-LECTURE', '2026', '2026-03-25', [held('PARTY_LECTURE', '2026-02-01')])).toMatchObject({
      state: 'NOT_APPLICABLE',
      required: 0,
      done: 1,
      sentence: { zh: '应当定期开展党课，没有规定次数；2026年已有1次。《中国共产党支部工作条例（试行）》第十六条' },
    })
  })
})

describe('by the year', () => {
  test('the organisational life meeting is due from November and prints no unverified article', () => {
    expect(duty('LIFE-ORG-MEETING', '2026', '2026-10-31').state).toBe('UPCOMING')
    expect(duty('LIFE-ORG-MEETING', '2026', '2026-11-01')).toMatchObject({
      state: 'DUE_SOON',
      sentence: { zh: '2026年应召开组织生活会1次，已有0次，还差1次，请在2026-12-31前完成。《中国共产党支部工作条例（试行）》' },
    })
    expect(duty('LIFE-REVIEW', '2025', '2026-01-08').state).toBe('MISSED')
  })
})

describe('an approved exception', () => {
  test('exempts its period and no other; what was held all the same is met', () => {
    const excepted = { ...branch, exceptions: [{ ruleId: 'MEET-THEME', from: '2026-01-10', until: '2026-02-10' }] }
    expect(duty('MEET-THEME', '2026-02', '2026-03-25', [], excepted)).toMatchObject({
      state: 'EXEMPT',
      sentence: { zh: expect.stringContaining('上级已批准例外') as string },
    })
    expect(duty('MEET-THEME', '2026-03', '2026-03-25', [], excepted).state).toBe('DUE_SOON')
    expect(duty('MEET-THEME', '2026-02', '2026-03-25', [held('THEME_DAY', '2026-02-05')], excepted).state).toBe('MET')
  })
})

describe('standing duties', () => {
  const standing = (organisation: Circumstances, today = '2026-03-25') =>
    dutiesOf(organisation, [], today).filter((d) => d.period === '-' && d.state !== 'NOT_APPLICABLE')

  test('seven full members without a committee call for one', () => {
    const seats = [{ role: '书记' }]
    const without = { ...branch, term: branch.term && { ...branch.term, seats }, committees: [], counts: { full: 7, all: 7 } }
    expect(standing(without)).toMatchObject([
      {
        ruleId: 'ORG-COMMITTEE-MIN',
        state: 'DUE_SOON',
        sentence: { zh: '有正式党员7人，达到7人，还没有支部委员会：应当选举产生支部委员会。《中国共产党支部工作条例（试行）》第六章' },
      },
    ])
    // Those on probation do not count for the seven.
    expect(standing({ ...without, counts: { full: 6, all: 9 } })).toEqual([])
  })

  test('fewer than three full members, and more than fifty members, unless the superior has agreed', () => {
    expect(standing({ ...branch, counts: { full: 2, all: 4 } })).toMatchObject([
      {
        ruleId: 'ORG-BRANCH-MIN',
        sentence: {
          zh: '有正式党员2人，少于3人，还差1人：应与邻近单位成立联合党支部或调整设置。《中国共产党支部工作条例（试行）》第二章',
        },
      },
    ])
    const large = { ...branch, counts: { full: 40, all: 51 } }
    expect(standing(large)).toMatchObject([{ ruleId: 'ORG-BRANCH-MAX', state: 'DUE_SOON' }])
    const agreed = { ...large, exceptions: [{ ruleId: 'ORG-BRANCH-MAX', from: '2026-01-01', until: null }] }
    expect(standing(agreed)).toMatchObject([{ state: 'EXEMPT', sentence: { zh: expect.stringContaining('已经上级批准例外') as string } }])
  })

  test('a term is called to mind six months before its end and overdue after it', () => {
    expect(standing(branch, '2028-07-09')).toEqual([])
    expect(standing(branch, '2028-07-10')).toMatchObject([
      { ruleId: 'ORG-TERM-REMIND', state: 'DUE_SOON', periodStart: '2028-07-10', periodEnd: '2029-01-10' },
    ])
    expect(standing(branch, '2029-01-11')).toMatchObject([{ state: 'MISSED' }])
  })
})

test('a committee sits from its seats on until the next term begins', () => {
  const seat = (from: string, until: string | null) => ({ role: '委员', from, until })
  expect(
    committeesOf([
      { startOn: '2024-03-01', seats: [{ role: '书记', from: '2024-03-01', until: null }] },
      { startOn: '2021-03-01', seats: [seat('2021-03-01', null), seat('2021-05-01', '2022-01-31')] },
      { startOn: '2018-03-01', seats: [seat('2018-03-01', '2019-06-30')] },
    ]),
  ).toEqual([
    { from: '2018-03-01', until: '2019-06-30' },
    { from: '2021-03-01', until: '2024-02-29' },
  ])
})

describe('for any record', () => {
  const days = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2025-01-01', n))
  const segments = fc.record({
    gatheringId: fc.uuid(),
    groupId: fc.constant(null),
    kind: fc.constantFrom('GENERAL_MEETING', 'COMMITTEE_MEETING', 'THEME_DAY', 'ORG_LIFE_MEETING'),
    heldOn: days,
    valid: fc.boolean(),
    lateEntry: fc.boolean(),
  })
  const rank: Record<string, number> = { MISSED: 0, DUE_SOON: 0, UPCOMING: 0, MET_LATE_ENTRY: 1, MET: 2 }

  test('one more segment never makes a duty worse', () => {
    fc.assert(
      fc.property(fc.array(segments, { maxLength: 20 }), segments, days, (record, more, today) => {
        const before = dutiesOf(branch, record, today)
        const after = dutiesOf(branch, [...record, more], today)
        expect(after.map((d) => [d.ruleId, d.period])).toEqual(before.map((d) => [d.ruleId, d.period]))
        after.forEach((d, i) => expect(rank[d.state] ?? 0).toBeGreaterThanOrEqual(rank[before[i]?.state ?? ''] ?? 0))
      }),
      { numRuns: 50 },
    )
  })

  test('nothing changes by the calendar before the day on which it is looked at again', () => {
    fc.assert(
      fc.property(fc.array(segments, { maxLength: 5 }), days, (record, today) => {
        const seen = (day: string) => dutiesOf(branch, record, day)
        const again = lookAgainOn(branch, seen(today), today)
        expect(again > today).toBe(true)
        expect(seen(addDays(again, -1))).toEqual(seen(today))
      }),
      { numRuns: 50 },
    )
  })

  test('each rule has one duty in each period, and each explains itself', () => {
    fc.assert(
      fc.property(fc.array(segments, { maxLength: 20 }), days, (record, today) => {
        const duties = dutiesOf(branch, record, today)
        expect(new Set(duties.map((d) => `${d.ruleId} ${d.period}`)).size).toBe(duties.length)
        for (const d of duties) expect(d.sentence.zh).toMatch(/《.+》(第.+[条章])?$/)
      }),
      { numRuns: 30 },
    )
  })
})
