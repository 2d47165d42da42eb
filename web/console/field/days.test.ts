import { describe, expect, test } from 'vitest'
import { dayAfter, monthAfter, readDay, readTime, timeAfter, weeksOf } from './days.ts'

describe('days as people type them', () => {
  test.for([
    ['2026-12-5', '2026-12-05'],
    ['2026/12/05', '2026-12-05'],
    ['20261205', '2026-12-05'],
    ['12-5', '2026-12-05'],
    ['1205', '2026-12-05'],
    ['12月5日', '2026-12-05'],
    ['2026年2月29日', undefined],
    ['2028-2-29', '2028-02-29'],
    ['13-1', undefined],
    ['', undefined],
    ['明天', undefined],
  ] as const)('%s', ([typed, day]) => {
    expect(readDay(typed, '2026-11-25')).toBe(day)
  })

  test.for([
    ['19:30', '19:30'],
    ['1930', '19:30'],
    ['930', '09:30'],
    ['9', '09:00'],
    ['19点30', '19:30'],
    ['24:00', undefined],
    ['19:75', undefined],
    ['', undefined],
  ] as const)('time %s', ([typed, time]) => {
    expect(readTime(typed)).toBe(time)
  })

  test('steps stay inside the day, months and years turn', () => {
    expect(timeAfter('23:50', 15)).toBe('23:59')
    expect(timeAfter('00:05', -15)).toBe('00:00')
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01')
    expect(monthAfter('2026-01', -1)).toBe('2025-12')
  })

  test('a month is shown in whole weeks from Monday', () => {
    const weeks = weeksOf('2026-11')
    expect(weeks[0]?.[0]).toBe('2026-10-26')
    expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06')
    expect(weeks.every((week) => week.length === 7)).toBe(true)
  })
})
