import { expect, test } from 'vitest'
import { nextBox } from './boxes.ts'
import type { Box } from './boxes.ts'

const box = (left: number, top: number, width = 90, height = 50): Box => ({ left, top, width, height })

/** Two rows laid like bricks: 0 1 / 2 3, the lower one half a tile to the right. */
const bricks: Box[] = [box(0, 0), box(100, 0), box(50, 60), box(150, 60)]

test('arrows follow the row first', () => {
  expect(nextBox(bricks, 0, 'ArrowRight')).toBe(1)
  expect(nextBox(bricks, 3, 'ArrowLeft')).toBe(2)
})

test('down and up find the nearest brick', () => {
  expect(nextBox(bricks, 1, 'ArrowDown')).toBe(2)
  expect(nextBox(bricks, 2, 'ArrowUp')).toBe(0)
})

test('at the edge nothing moves', () => {
  expect(nextBox(bricks, 0, 'ArrowLeft')).toBe(-1)
  expect(nextBox(bricks, 2, 'ArrowDown')).toBe(-1)
})

test('rows of a table are walked one by one, however long their names', () => {
  const rows = [box(0, 0, 400, 30), box(0, 40, 60, 30), box(0, 80, 300, 30), box(500, 42, 300, 30)]
  expect(nextBox(rows, 0, 'ArrowDown')).toBe(1)
  expect(nextBox(rows, 1, 'ArrowDown')).toBe(2)
  expect(nextBox(rows, 1, 'ArrowRight')).toBe(3)
})

test('a wide bar below many tiles is reached from each of them', () => {
  const tiles = [box(0, 0), box(100, 0), box(200, 0), box(0, 80, 290, 40)]
  expect([0, 1, 2].map((from) => nextBox(tiles, from, 'ArrowDown'))).toEqual([3, 3, 3])
})
