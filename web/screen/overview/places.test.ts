import { expect, test } from 'vitest'
import { mapColumns, mapRows, placeOf, prefectureCodes } from './places.ts'

test('all sixteen prefectures have a place of their own on the map', () => {
  expect(prefectureCodes).toHaveLength(16)
  const taken = new Set<string>()
  for (const code of prefectureCodes) {
    const place = placeOf(`${code}00000000`)
    if (!place) throw new Error(`${code} has no place`)
    expect(place.row).toBeLessThanOrEqual(mapRows)
    expect(place.column + 1).toBeLessThanOrEqual(mapColumns)
    for (const column of [place.column, place.column + 1]) {
      expect(taken.has(`${place.row}/${column}`), `${code} overlaps`).toBe(false)
      taken.add(`${place.row}/${column}`)
    }
  }
})

test('neighbours on the ground are neighbours on the map', () => {
  const at = (code: string) => placeOf(`${code}00`) ?? { row: 0, column: 0 }
  const touch = (a: string, b: string) => Math.abs(at(a).row - at(b).row) <= 1 && Math.abs(at(a).column - at(b).column) <= 2
  for (const [a, b] of [
    ['5308', '5328'],
    ['5308', '5309'],
    ['5301', '5303'],
    ['5303', '5306'],
    ['5334', '5307'],
    ['5331', '5305'],
    ['5325', '5326'],
    ['5329', '5323'],
  ] as const) {
    expect(touch(a, b), `${a} and ${b}`).toBe(true)
  }
})

test('a county or another province is not a prefecture of the map', () => {
  expect(placeOf('532530000000')).toBeUndefined()
  expect(placeOf('510100000000')).toBeUndefined()
})
