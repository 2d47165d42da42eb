/** Moving over the map by arrow keys: the nearest tile that lies in that direction takes the focus. */

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const
export type ArrowKey = keyof typeof directions

export function isArrowKey(key: string): key is ArrowKey {
  return Object.hasOwn(directions, key)
}

/** Index of the box to go to from `boxes[from]`, or -1 when none lies that way. Off-axis distance weighs double, so a row is followed first. */
export function nextBox(boxes: readonly Box[], from: number, key: ArrowKey): number {
  const [dx, dy] = directions[key]
  const start = boxes[from]
  if (!start) return -1
  let best = -1
  let least = Infinity
  boxes.forEach((box, index) => {
    const along = (middleX(box) - middleX(start)) * dx + (middleY(box) - middleY(start)) * dy
    const across = Math.abs((middleX(box) - middleX(start)) * dy) + Math.abs((middleY(box) - middleY(start)) * dx)
    if (index === from || along < 1) return
    const distance = along + across * 2
    if (distance < least) [best, least] = [index, distance]
  })
  return best
}

const middleX = (box: Box) => box.left + box.width / 2
const middleY = (box: Box) => box.top + box.height / 2
