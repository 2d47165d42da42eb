/** Given what a branch did last year and its fixed days, when the next year is planned, then it is as usual, and nothing asked is left out. */
import { describe, expect, test } from 'vitest'
import type { AskedDuty, KnownGathering } from './arrangeNeeds.ts'
import { calendarOf } from './calendar.ts'
import { daysOfSeries, dutiesOfYear, habitsOf, proposeYear, type Series, seriesDayInWords } from './year.ts'

const market = { by: 'SOLAR_TEN' as const, ends: [3, 8] }
const calendar = calendarOf('2027-01-01', '2027-12-31', { county: '532530', market })

const series: Series = {
  kinds: ['THEME_DAY'],
  groupId: null,
  months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  on: { by: 'DATE', day: 5 },
  start: '19:30',
  minutes: 90,
  mode: 'HYBRID',
  place: '村委会学习室',
  from: '2026-01-01',
  until: null,
}

const held = (day: string, kinds: KnownGathering['kinds'], more: Partial<KnownGathering> = {}): KnownGathering => ({
  id: day,
  title: day,
  state: 'CONFIRMED',
  plannedStart: `${day}T20:00:00+08:00`,
  plannedEnd: null,
  kinds,
  groupId: null,
  place: '火塘边',
  mode: 'ONSITE',
  ...more,
})

const duty = (ruleId: string, kind: AskedDuty['kind'], period: string, start: string, end: string, required = 1): AskedDuty => ({
  ruleId,
  kind,
  period,
  periodStart: start,
  periodEnd: end,
  state: required === 0 ? 'NOT_APPLICABLE' : 'MET',
  required,
  done: required,
})

/** As they are listed at the end of 2026, for a branch without a committee. */
const duties = [
  duty('MEET-THEME', 'THEME_DAY', '2026-12', '2026-12-01', '2026-12-31'),
  duty('MEET-GENERAL', 'GENERAL_MEETING', '2026-Q4', '2026-10-01', '2026-12-31'),
  duty('MEET-COMMITTEE', 'COMMITTEE_MEETING', '2026-12', '2026-12-01', '2026-12-31', 0),
  duty('LIFE-ORG-MEETING', 'ORG_LIFE_MEETING', '2026', '2026-01-01', '2026-12-31'),
  duty('LIFE-REVIEW', 'DEMOCRATIC_REVIEW', '2026', '2026-01-01', '2026-12-31'),
]

describe('a series', () => {
  test.each([
    { on: { by: 'DATE' as const, day: 31 }, first: ['2027-01-31', '2027-02-28'], zh: '每月31日' },
    { on: { by: 'WEEKDAY' as const, nth: 2, weekday: 6 }, first: ['2027-01-09', '2027-02-13'], zh: '每月第2个星期六' },
    { on: { by: 'WEEKDAY' as const, nth: -1, weekday: 5 }, first: ['2027-01-29', '2027-02-26'], zh: '每月最后一个星期五' },
    { on: { by: 'LUNAR' as const, day: 15 }, first: ['2027-01-22', '2027-02-20'], zh: '每月农历十五' },
    { on: { by: 'MARKET' as const, nth: 1 }, first: ['2027-01-03', '2027-02-03'], zh: '每月第1个街天' },
  ])('$zh', ({ on, first, zh }) => {
    expect(daysOfSeries({ ...series, on }, calendar).slice(0, 2)).toEqual(first)
    expect(seriesDayInWords(on).zh).toBe(zh)
  })

  test('has only its months and its time', () => {
    expect(daysOfSeries({ ...series, months: [3, 6], from: '2027-04-01' }, calendar)).toEqual(['2027-06-05'])
  })
})

test('without a series the usual day, hour and place are those of last year', () => {
  const last = ['2026-03-11', '2026-04-12', '2026-05-13'].map((day) => held(day, ['THEME_DAY']))
  expect(habitsOf([], last, calendar)[0]).toMatchObject({ people: 'ALL', start: '20:00', place: '火塘边', fixed: false })
  expect(habitsOf([], last, calendar)[0]?.days.slice(0, 2)).toEqual(['2027-01-12', '2027-02-12'])
})

test('months not listed yet ask what the latest listed one did', () => {
  const year = dutiesOfYear(duties, '2027')
  expect(year.filter(({ ruleId }) => ruleId === 'MEET-THEME').map(({ period }) => period)).toHaveLength(12)
  expect(year.filter(({ ruleId }) => ruleId === 'MEET-GENERAL').map(({ period, state }) => `${period} ${state}`)).toEqual([
    '2027-Q1 UPCOMING',
    '2027-Q2 UPCOMING',
    '2027-Q3 UPCOMING',
    '2027-Q4 UPCOMING',
  ])
  expect(year.some(({ ruleId }) => ruleId === 'MEET-COMMITTEE')).toBe(false)
})

describe('the year 2027 of a branch with a fixed day', () => {
  const plan = proposeYear({
    year: '2027',
    today: '2026-11-25',
    duties,
    gatherings: [held('2026-03-11', ['THEME_DAY', 'PARTY_LECTURE']), held('2026-12-04', ['THEME_DAY'])],
    groups: [],
    calendar,
    series: [series],
    marketWish: 'NONE',
  })

  test('is twelve gatherings for everything the rules ask, and the lecture of March again', () => {
    expect(plan.gatherings).toHaveLength(12)
    expect(plan.served).toBe(12 + 4 + 2 + 1)
    expect(plan.gatherings.find(({ day }) => day.startsWith('2027-03'))?.kinds).toContain('PARTY_LECTURE')
    expect(plan.gatherings.every(({ place, start }) => place === '村委会学习室' && start === '19:30')).toBe(true)
  })

  test('keeps the fixed day except where a holiday is in its way', () => {
    expect(plan.gatherings.filter(({ day }) => !day.endsWith('-05')).map(({ day }) => day)).toEqual(['2027-02-04', '2027-04-04'])
  })

  test('holds the organisational-life meeting and the review together in the fourth quarter', () => {
    const review = plan.gatherings.find(({ kinds }) => kinds.includes('DEMOCRATIC_REVIEW'))
    expect(review?.kinds).toContain('ORG_LIFE_MEETING')
    expect(review?.day.slice(5, 7)).toMatch(/10|11|12/)
  })
})
