import { expect, test } from 'vitest'
import { nextBox } from './steer.ts'
import type { Box } from './steer.ts'

/** Two rows laid like bricks: 0 1 / 2 3, the lower one half a tile to the right. */
const boxes: Box[] = [[0, 0], [100, 0], [50, 60], [150, 60]].map(([left, top]) => ({ left: left ?? 0, top: top ?? 0, width: 90, height: 50 }))

test('arrows follow the row first', () => {
  expect(nextBox(boxes, 0, 'ArrowRight')).toBe(1)
  expect(nextBox(boxes, 3, 'ArrowLeft')).toBe(2)
})

test('down and up find the nearest brick', () => {
  expect(nextBox(boxes, 1, 'ArrowDown')).toBe(2)
  expect(nextBox(boxes, 2, 'ArrowUp')).toBe(0)
})

test('at the edge nothing moves', () => {
  expect(nextBox(boxes, 0, 'ArrowLeft')).toBe(-1)
  expect(nextBox(boxes, 2, 'ArrowDown')).toBe(-1)
})
