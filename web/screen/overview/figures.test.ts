import { expect, test } from 'vitest'
import { attendanceShare, dutyShare, movedChildren, percent, seriesOf, shadeOf } from './figures.ts'
import type { Measures, Overview } from './figures.ts'

const measures: Measures = {
  branches: 10,
  members: 120,
  fullMembers: 110,
  floating: null,
  gatherings: 25,
  gatheringsByKind: {} as Measures['gatheringsByKind'],
  expected: 200,
  present: 180,
  dutiesMet: 30,
  dutiesDue: 8,
  dutiesMissed: 2,
}

test('shares are met of all, present of expected', () => {
  expect(dutyShare(measures)).toBe(0.75)
  expect(attendanceShare(measures)).toBe(0.9)
})

test('nothing due is not the same as nothing met', () => {
  expect(dutyShare({ ...measures, dutiesMet: 0, dutiesDue: 0, dutiesMissed: 0 })).toBeNull()
  expect(shadeOf('duties', { ...measures, dutiesMet: 0, dutiesDue: 0, dutiesMissed: 0 })).toBeNull()
  expect(shadeOf('duties', { ...measures, dutiesMet: 0 })).toBe(0)
})

test('five shades, the last one for complete', () => {
  expect(shadeOf('attendance', { ...measures, expected: 10, present: 10 })).toBe(4)
  expect(shadeOf('attendance', { ...measures, expected: 10, present: 3 })).toBe(0)
  expect(shadeOf('attendance', { ...measures, expected: 1000, present: 999 }), 'one is missing').toBe(3)
  expect(shadeOf('gatherings', measures)).toBe(2)
})

test('per cent is never rounded up to complete', () => {
  expect(percent(0.9999)).toBe('99.9')
  expect(percent(1)).toBe('100.0')
  expect(percent(0)).toBe('0.0')
})

function overview(id: string, gatherings: number): Overview {
  const child = {
    organisationId: `${id}-child`,
    name: '红河州委',
    shortName: '红河',
    kind: 'LOCAL_COMMITTEE',
    areaCode: '532500000000',
    children: 1,
  } as const
  return {
    organisationId: id,
    name: '省委',
    shortName: '省委',
    kind: 'LOCAL_COMMITTEE',
    areaCode: '530000000000',
    month: '2026-11',
    trail: [],
    measures,
    series: [],
    children: [{ ...child, measures: { ...measures, gatherings } }],
    today: { gatherings: 0, signIns: 0 },
    asOf: { at: '2026-11-24T10:00:00+08:00', lagMilliseconds: 40, source: 'overview' },
  }
}

test('only a child whose numbers changed has moved, and never across organisations', () => {
  expect(movedChildren(overview('a', 25), overview('a', 25))).toEqual([])
  expect(movedChildren(overview('a', 25), overview('a', 26))).toEqual(['a-child'])
  expect(movedChildren(overview('a', 25), overview('b', 26))).toEqual([])
})

test('the small line follows the figure', () => {
  const series = [
    { month: '2026-10', gatherings: 3, present: 20, dutiesMet: 3, dutiesMissed: 1 },
    { month: '2026-11', gatherings: 2, present: 12, dutiesMet: 30, dutiesMissed: 2 },
  ]
  const shown = { series, measures, month: '2026-11' }
  expect([seriesOf('gatherings', shown), seriesOf('attendance', shown)]).toEqual([
    [3, 2],
    [20, 12],
  ])
  expect(seriesOf('duties', shown), 'the month shown ends where its figure stands').toEqual([0.75, dutyShare(measures)])
})
