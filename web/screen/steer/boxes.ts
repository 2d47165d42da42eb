/** Moving over the page by arrow keys: the nearest thing that lies in that direction takes the focus. */

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const arrows = {
  ArrowLeft: { axis: 'x', sign: -1 },
  ArrowRight: { axis: 'x', sign: 1 },
  ArrowUp: { axis: 'y', sign: -1 },
  ArrowDown: { axis: 'y', sign: 1 },
} as const
export type ArrowKey = keyof typeof arrows

export function isArrowKey(key: string): key is ArrowKey {
  return Object.hasOwn(arrows, key)
}

/**
 * Index of the box to go to from `boxes[from]`, or -1 when none lies that way. What shares the row (or the column) comes first;
 * among those the nearest; a gap to the side weighs three times.
 */
export function nextBox(boxes: readonly Box[], from: number, key: ArrowKey): number {
  const { axis, sign } = arrows[key]
  const start = boxes[from]
  if (start === undefined) return -1
  const here = { x: across(start), y: down(start) }
  const side = axis === 'x' ? 'y' : 'x'
  let best = -1
  let least = Infinity
  for (const [index, box] of boxes.entries()) {
    const there = { x: across(box), y: down(box) }
    const along = (there[axis].middle - here[axis].middle) * sign
    const beyond = sign > 0 ? there[axis].from >= here[axis].middle : there[axis].to <= here[axis].middle
    if (index === from || along < 1 || !beyond) continue
    const aside = gap(here[side], there[side]) * 3 + Math.abs(here[side].middle - there[side].middle) / 4
    const distance = gap(here[axis], there[axis]) + aside + along / 100
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}

interface Stretch {
  from: number
  to: number
  middle: number
}

const stretch = (from: number, length: number): Stretch => ({ from, to: from + length, middle: from + length / 2 })
const across = (box: Box) => stretch(box.left, box.width)
const down = (box: Box) => stretch(box.top, box.height)
const gap = (a: Stretch, b: Stretch) => Math.max(0, a.from - b.to, b.from - a.to)
