import { expect, test } from 'vitest'
import { monthAfter, monthEnd, monthName, thisMonth } from './month.ts'

test('the last day of a month, leap years too', () => {
  expect([monthEnd('2026-02'), monthEnd('2028-02'), monthEnd('2026-12')]).toEqual(['2026-02-28', '2028-02-29', '2026-12-31'])
})

test('months before and after, over the year', () => {
  expect([monthAfter('2026-01', -1), monthAfter('2026-12', 1), monthAfter('2026-11', 0)]).toEqual(['2025-12', '2027-01', '2026-11'])
})

test('this month is the one in Shanghai', () => {
  expect(thisMonth(new Date('2026-11-30T17:00:00Z'))).toBe('2026-12')
})

test('months have names in both languages', () => {
  expect([monthName('2026-11', 'zh'), monthName('2026-11', 'zh', true)]).toEqual(['11月', '2026年11月'])
  expect([monthName('2026-11', 'en'), monthName('2026-01', 'en', true)]).toEqual(['Nov', 'January 2026'])
})
