/**
 * Given what is open and what is planned, when the rest is arranged, then everything is served by as few gatherings as can be.
 * The number is compared with every possible choice of days. Seen to fail: with `choices.find` taking the second, and with a day given twice.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrange, type Asked, betterDay } from './arrange.ts'
import { clashesOf } from './arrangeClash.ts'
import { type DayCost, fewestDays, type Want } from './arrangeDays.ts'
import type { AskedDuty, KnownGathering, MeetingKind } from './arrangeNeeds.ts'
import { calendarOf } from './calendar.ts'
import { addDays } from './dates.ts'
import { activityOf } from './duties.ts'
import { periodOf, type Per } from './periods.ts'

const ruleOf: Record<string, { ruleId: string; per: Per }> = {
  THEME_DAY: { ruleId: 'MEET-THEME', per: 'MONTH' },
  GENERAL_MEETING: { ruleId: 'MEET-GENERAL', per: 'QUARTER' },
  COMMITTEE_MEETING: { ruleId: 'MEET-COMMITTEE', per: 'MONTH' },
  GROUP_MEETING: { ruleId: 'MEET-GROUP', per: 'MONTH' },
  ORG_LIFE_MEETING: { ruleId: 'LIFE-ORG-MEETING', per: 'YEAR' },
  DEMOCRATIC_REVIEW: { ruleId: 'LIFE-REVIEW', per: 'YEAR' },
}

function duty(kind: MeetingKind, day: string, required = 1): AskedDuty {
  const { ruleId, per } = ruleOf[kind] ?? { ruleId: '', per: 'MONTH' }
  const { id, start, end } = periodOf(per, day)
  return { ruleId, kind, period: id, periodStart: start, periodEnd: end, state: 'UPCOMING', required, done: 0 }
}

const planned = (id: string, plannedStart: string, kinds: MeetingKind[], more: Partial<KnownGathering> = {}): KnownGathering => ({
  id,
  title: `活动${id}`,
  state: 'PLANNED',
  plannedStart,
  plannedEnd: null,
  kinds,
  groupId: null,
  ...more,
})

/** The rest of 2026 from 25 November, with the usual day on the 5th. */
function asked(more: Partial<Asked> = {}): Asked {
  const today = more.today ?? '2026-11-25'
  return {
    today,
    until: '2026-12-31',
    duties: [],
    gatherings: [],
    groups: [],
    calendar: calendarOf(today, '2026-12-31', { county: '532530', market: null }),
    habits: [
      { people: 'ALL', days: ['2026-11-28', '2026-12-05'], start: '19:30', minutes: null, mode: 'ONSITE', place: '学习室', fixed: true },
    ],
    marketWish: 'NONE',
    wishes: [],
    ...more,
  }
}

const fourthQuarter = [
  duty('THEME_DAY', '2026-11-01'),
  duty('THEME_DAY', '2026-12-01'),
  duty('GENERAL_MEETING', '2026-12-01'),
  duty('COMMITTEE_MEETING', '2026-11-01'),
  duty('COMMITTEE_MEETING', '2026-12-01'),
  duty('ORG_LIFE_MEETING', '2026-12-01'),
  duty('DEMOCRATIC_REVIEW', '2026-12-01'),
]

describe('the end of a year', () => {
  const arranged = arrange(asked({ duties: fourthQuarter }))

  test('seven open duties are two evenings: everything of all together, the committee right before', () => {
    expect(arranged.gatherings.map(({ day, start, minutes, kinds }) => ({ day, start, minutes, kinds }))).toEqual([
      { day: '2026-11-28', start: '18:30', minutes: 60, kinds: ['COMMITTEE_MEETING'] },
      { day: '2026-11-28', start: '19:30', minutes: 120, kinds: ['THEME_DAY', 'GENERAL_MEETING'] },
      { day: '2026-12-05', start: '18:30', minutes: 60, kinds: ['COMMITTEE_MEETING'] },
      { day: '2026-12-05', start: '19:30', minutes: 180, kinds: ['THEME_DAY', 'ORG_LIFE_MEETING', 'DEMOCRATIC_REVIEW'] },
    ])
    expect(arranged.unmet).toEqual([])
    expect(arranged.served).toBe(7)
  })

  test('each says in one sentence what it meets, by which article, and why that day', () => {
    expect(arranged.gatherings[1]).toMatchObject({
      title: { zh: '11月主题党日、支部党员大会' },
      place: '学习室',
      why: {
        zh: '合开一次，完成11月主题党日、第四季度支部党员大会；这天是固定的日子。依据：《中国共产党支部工作条例（试行）》第十六条、第十一条',
      },
    })
    expect(arranged.gatherings[0]?.why.zh).toContain(
      '；和全体党员的活动同一天，不用多跑一趟。依据：《中国共产党支部工作条例（试行）》第十二条',
    )
    expect(arranged.gatherings[3]?.agenda.map(({ zh }) => zh)).toContain('批评和自我批评')
  })

  test('accepted, nothing more is proposed', () => {
    const gatherings = arranged.gatherings.map(({ day, start, kinds, groupId }, n) =>
      planned(String(n), `${day}T${start}:00+08:00`, kinds, { groupId }),
    )
    expect(arrange(asked({ duties: fourthQuarter, gatherings }))).toEqual({ gatherings: [], additions: [], unmet: [], served: 0 })
  })
})

test('what is planned and not yet told of takes what it can carry, and no gathering more is made', () => {
  const gatherings = [planned('党日', '2026-12-11T19:30:00+08:00', ['THEME_DAY'])]
  const { gatherings: made, additions } = arrange(asked({ duties: fourthQuarter.slice(1, 3), gatherings }))
  expect(made).toEqual([])
  expect(additions).toMatchObject([{ gatheringId: '党日', kinds: ['GENERAL_MEETING'], day: '2026-12-11' }])
  expect(additions[0]?.why.zh).toContain('加到12月11日已安排的“活动党日”里，不用另开一次')
})

test('what members were told of is not changed behind their backs, but counts', () => {
  const gatherings = [planned('党日', '2026-12-11T19:30:00+08:00', ['THEME_DAY'], { state: 'NOTIFIED' })]
  const { gatherings: made, additions } = arrange(asked({ duties: fourthQuarter.slice(1, 3), gatherings }))
  expect(additions).toEqual([])
  expect(made.map(({ kinds }) => kinds)).toEqual([['GENERAL_MEETING']])
})

test('each group meets by itself, on the evening on which all meet', () => {
  const groups = [
    { id: 'a', name: '第一党小组' },
    { id: 'b', name: '第二党小组' },
  ]
  const duties = [duty('THEME_DAY', '2026-12-01'), duty('GROUP_MEETING', '2026-12-01', 2)]
  const { gatherings } = arrange(asked({ duties, groups }))
  expect(gatherings.map(({ day, start, groupId }) => ({ day, start, groupId }))).toEqual([
    { day: '2026-12-05', start: '19:30', groupId: null },
    { day: '2026-12-05', start: '20:30', groupId: 'a' },
    { day: '2026-12-05', start: '20:30', groupId: 'b' },
  ])
})

test('on the last evening of a month there is still one gathering, and what no day is left for is said', () => {
  const duties = [duty('THEME_DAY', '2026-11-01'), duty('COMMITTEE_MEETING', '2026-11-01', 3)]
  const { gatherings, unmet, served } = arrange(asked({ today: '2026-11-30', duties }))
  expect(gatherings.map(({ day }) => day)).toEqual(['2026-11-30', '2026-11-30'])
  expect(gatherings[1]?.clashes[0]?.sentence.zh).toBe('离今天太近，来不及提前通知')
  expect(unmet).toMatchObject([{ kind: 'COMMITTEE_MEETING' }])
  expect(unmet[0]?.why.zh).toContain('还差2次')
  expect(served).toBe(2)
})

test('a fixed day in a holiday is not proposed, and a planned one is shown a better day', () => {
  const today = '2026-09-10'
  const calendar = calendarOf(today, '2026-10-31', { county: '532530', market: null })
  const habits = [
    { people: 'ALL' as const, days: ['2026-10-03'], start: '19:30', minutes: 90, mode: 'ONSITE' as const, place: '', fixed: true },
  ]
  const [proposed] = arrange(asked({ today, until: '2026-10-31', calendar, habits, duties: [duty('THEME_DAY', '2026-10-01')] })).gatherings
  expect(proposed?.day).toBe('2026-10-08')
  const around = {
    today,
    calendar: new Map(calendar.map((each) => [each.day, each])),
    gatherings: [planned('同日', '2026-10-08T19:00:00+08:00', ['GENERAL_MEETING'])],
    proposed: [],
    marketWish: 'NONE' as const,
  }
  const sitting = { people: 'ALL' as const, day: '2026-10-03', start: '19:30', minutes: 90 }
  expect(clashesOf(sitting, around).map(({ sentence }) => sentence.zh)).toEqual(['这天是国庆节放假（国务院办公厅年度节假日安排通知）'])
  expect(betterDay(sitting, { from: '2026-10-01', until: '2026-10-31' }, around)).toBe('2026-10-09')
  expect(betterDay({ ...sitting, day: '2026-10-09' }, { from: '2026-10-01', until: '2026-10-31' }, around)).toBeUndefined()
})

test('market days are sought or avoided as the branch wishes', () => {
  const calendar = calendarOf('2026-11-25', '2026-12-31', { county: '532530', market: { by: 'EVERY', days: 6, from: '2026-12-01' } })
  const duties = [duty('THEME_DAY', '2026-12-01')]
  const habits = [
    { people: 'ALL' as const, days: ['2026-12-07'], start: '19:30', minutes: 90, mode: 'ONSITE' as const, place: '', fixed: true },
  ]
  expect(arrange(asked({ duties, calendar, habits, marketWish: 'SEEK' })).gatherings[0]?.day).toBe('2026-12-07')
  expect(arrange(asked({ duties, calendar, habits, marketWish: 'AVOID' })).gatherings[0]?.day).not.toBe('2026-12-07')
})

describe('the fewest days', () => {
  const first = '2026-12-01'
  const days = fc
    .array(fc.record({ n: fc.integer({ min: 0, max: 13 }), cost: fc.integer({ min: 0, max: 9 }) }), { minLength: 1, maxLength: 9 })
    .map((some) => [...new Map(some.map(({ n, cost }) => [n, { day: addDays(first, n), cost }])).values()])
  /** Stretches that lie inside one another: halves of halves. */
  const want = fc
    .record({ level: fc.integer({ min: 0, max: 3 }), place: fc.integer({ min: 0, max: 7 }), times: fc.integer({ min: 1, max: 3 }) })
    .map(({ level, place, times }): Want => {
      const [from = 0, until = 13] =
        [
          [0, 13],
          [0, 6, 7, 13],
          [0, 2, 3, 6, 7, 9, 10, 13],
          [0, 0, 1, 2, 3, 4, 5, 6],
        ][level]?.slice((place % 2 ** level) * 2) ?? []
      return { from: addDays(first, from), until: addDays(first, until), times }
    })

  const serves = (chosen: readonly DayCost[], wants: readonly Want[], all: readonly DayCost[]) =>
    wants.every(({ from, until, times }) => {
      const within = (some: readonly DayCost[]) => some.filter(({ day }) => day >= from && day <= until).length
      return within(chosen) >= Math.min(times, within(all))
    })

  test('are as few as the best of all choices, and cost as little as the best of the fewest', () => {
    fc.assert(
      fc.property(days, fc.array(want, { maxLength: 6 }), (all, wants) => {
        const chosen = all.filter(({ day }) => fewestDays(wants, all).includes(day))
        const sum = (some: readonly DayCost[]) => some.reduce((total, { cost }) => total + cost, 0)
        const choices = Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_each, n) => (bits >> n) % 2 === 1))
        const good = choices.filter((choice) => serves(choice, wants, all))
        const fewest = Math.min(...good.map(({ length }) => length))
        expect(serves(chosen, wants, all)).toBe(true)
        expect(chosen).toHaveLength(fewest)
        expect(sum(chosen)).toBe(Math.min(...good.filter(({ length }) => length === fewest).map(sum)))
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  test('stretches that cross are a mistake of the program', () => {
    const crossing = [
      { from: '2026-12-01', until: '2026-12-05', times: 1 },
      { from: '2026-12-03', until: '2026-12-09', times: 1 },
    ]
    expect(() => fewestDays(crossing, [])).toThrow('stretches cross')
  })
})

describe('whatever is open and planned', () => {
  const kinds = Object.keys(ruleOf) as MeetingKind[]
  const base = asked({ today: '2026-10-01' })
  const some = fc.record({
    today: fc.integer({ min: 0, max: 91 }).map((n) => addDays('2026-10-01', n)),
    duties: fc.uniqueArray(
      fc.record({ kind: fc.constantFrom(...kinds), month: fc.constantFrom('2026-10-01', '2026-11-01', '2026-12-01') }),
      { selector: ({ kind, month }) => duty(kind, month).period + kind, maxLength: 10 },
    ),
    gatherings: fc.array(
      fc.record({
        n: fc.integer({ min: 0, max: 91 }),
        kinds: fc.constantFrom<MeetingKind[]>(['THEME_DAY'], ['THEME_DAY', 'GENERAL_MEETING'], ['COMMITTEE_MEETING'], ['GROUP_MEETING']),
        state: fc.constantFrom('PLANNED', 'NOTIFIED', 'CANCELLED', 'DRAFT_MINUTES'),
      }),
      { maxLength: 4 },
    ),
  })

  test('after accepting, every duty that has a day left is served; of each people no gathering could be left out', () => {
    fc.assert(
      fc.property(some, ({ today, duties: picked, gatherings: rows }) => {
        const duties = picked.map(({ kind, month }) => duty(kind, month))
        const groups = [{ id: 'a', name: '第一党小组' }]
        const known = rows.map(({ n, kinds: of, state }, i) =>
          planned(String(i), `${addDays('2026-10-01', n)}T19:30:00+08:00`, of, {
            state,
            groupId: of.includes('GROUP_MEETING') ? 'a' : null,
          }),
        )
        const question = { ...base, today, duties, groups, gatherings: known, habits: [] }
        const { gatherings, additions, unmet } = arrange(question)
        const after = [
          ...known.map((each) => {
            const added = additions.filter(({ gatheringId }) => gatheringId === each.id).flatMap((addition) => addition.kinds)
            return { ...each, kinds: [...each.kinds, ...added] }
          }),
          ...gatherings.map(({ day, start, kinds: of, groupId }, i) => planned(`new${i}`, `${day}T${start}:00+08:00`, of, { groupId })),
        ]
        for (const { kinds: of } of after) expect(new Set(of).size).toBe(of.length)
        expect(unmet).toEqual([])
        expect(arrange({ ...question, gatherings: after })).toEqual({ gatherings: [], additions: [], unmet: [], served: 0 })
        for (const left of gatherings) {
          const without = after.filter(({ id }) => id !== `new${gatherings.indexOf(left)}`)
          expect(arrange({ ...question, gatherings: without }).served).toBeGreaterThan(0)
        }
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

test('every kind that a rule asks for has words', () => {
  for (const { ruleId } of Object.values(ruleOf)) expect(activityOf(ruleId).zh).not.toBe('')
})
