/** Small counts stay hidden, also by difference between what is shown: in a list, and between a list and what its lines open. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cell, hiddenAmong, mayShow } from './suppress.ts'

const cells = (...counts: number[]): Cell[] => counts.map((count, n) => ({ id: `${n}`, count }))
const total = (parts: readonly Cell[]) => parts.reduce((sum, part) => sum + part.count, 0)
const hiddenOf = (...counts: number[]) =>
  [...hiddenAmong(mayShow(total(cells(...counts))), total(cells(...counts)), cells(...counts))].toSorted()

describe('among the parts of a sum', () => {
  test('nothing is hidden when every count may be shown', () => {
    expect(hiddenOf(5, 8, 30)).toEqual([])
  })

  test('one small count alone would be the sum minus the others, so the next smallest goes with it', () => {
    expect(hiddenOf(40, 3, 9, 7)).toEqual(['1', '3'])
  })

  test('several small counts that are few together are not left alone either', () => {
    expect(hiddenOf(1, 2, 20, 6)).toEqual(['0', '1', '3'])
  })

  test('several small counts that are enough together protect each other', () => {
    expect(hiddenOf(3, 4, 20, 6)).toEqual(['0', '1'])
  })

  test('where nobody is there is nobody to be found, so no large count is given up for it', () => {
    expect(hiddenOf(0, 0, 20)).toEqual(['0', '1'])
  })

  test('the superior’s own, which no line shows, is protected as well', () => {
    expect([...hiddenAmong(true, 12 + 2, cells(5, 7))]).toEqual(['0'])
  })

  test('below a sum that is hidden for its neighbour’s sake, the parts do not add up to it', () => {
    expect([...hiddenAmong(false, 12, cells(5, 7))]).toEqual(['0'])
  })
})

/** A tree of counts: leaves hold people, everything above is a sum. */
interface Tree {
  id: string
  count: number
  below: Tree[]
}

let named = 0
const leaf = fc.integer({ min: 0, max: 12 }).map((count): Tree => ({ id: `n${named++}`, count, below: [] }))
const above = (inner: fc.Arbitrary<Tree>) =>
  fc
    .array(inner, { minLength: 1, maxLength: 5 })
    .map((below): Tree => ({ id: `n${named++}`, count: below.reduce((sum, t) => sum + t.count, 0), below }))
const tree = above(above(above(leaf)))

/** What everybody may see, decided from the top. */
function hiddenIn(top: Tree): Set<string> {
  const hidden = new Set(mayShow(top.count) ? [] : [top.id])
  const walk = (of: Tree) => {
    if (of.below.length === 0) return
    for (const id of hiddenAmong(!hidden.has(of.id), of.count, of.below)) hidden.add(id)
    of.below.forEach(walk)
  }
  walk(top)
  return hidden
}

/** The least and the most a count can be for somebody who sees everything that is shown and can add and subtract. */
function bounds(top: Tree, hidden: ReadonlySet<string>): Map<string, [number, number]> {
  const known = new Map<string, [number, number]>()
  const start = (of: Tree): void => {
    known.set(of.id, hidden.has(of.id) ? [0, 1000] : [of.count, of.count])
    of.below.forEach(start)
  }
  start(top)
  const at = (of: Tree) => known.get(of.id) ?? [0, 1000]
  const narrow = (of: Tree): void => {
    if (of.below.length === 0) return
    of.below.forEach(narrow)
    const low = of.below.reduce((sum, part) => sum + at(part)[0], 0)
    const high = of.below.reduce((sum, part) => sum + at(part)[1], 0)
    known.set(of.id, [Math.max(at(of)[0], low), Math.min(at(of)[1], high)])
    for (const part of of.below) {
      const [lowest, highest] = at(part)
      known.set(part.id, [Math.max(lowest, at(of)[0] - (high - highest)), Math.min(highest, at(of)[1] - (low - lowest))])
    }
  }
  for (let round = 0; round < 6; round += 1) narrow(top)
  return known
}

const flat = (of: Tree): Tree[] => [of, ...of.below.flatMap(flat)]

test('in any tree nobody who adds and subtracts finds a count of one to four people', () => {
  fc.assert(
    fc.property(tree, (top) => {
      const hidden = hiddenIn(top)
      const known = bounds(top, hidden)
      const small = flat(top).filter(({ count }) => !mayShow(count))
      expect(small.filter(({ id }) => !hidden.has(id))).toEqual([])
      const found = small.filter(({ id, count }) => {
        const [low, high] = known.get(id) ?? [0, 0]
        return count > 0 && low === high
      })
      expect(found).toEqual([])
    }),
    { numRuns: 500 },
  )
})
