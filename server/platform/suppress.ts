/**
 * Small numbers stay hidden, also by difference (statistical disclosure control): a count below `least` is not shown, and where what is
 * hidden could be computed as the sum minus what is shown, so much more is hidden that it cannot.
 *
 * The decision is made from the top of the tree downwards and is the same for everybody, so that two views never add up to what neither shows.
 */

/** Counts below this are not shown. Source: 统计法 practice, the platform's rule for every screen. */
const least = 5

export interface Cell {
  id: string
  count: number
}

/** May the count at the top of the tree be shown? */
export const mayShow = (count: number): boolean => count >= least

/**
 * Which of the parts of one sum are hidden.
 * @param sumShown is the sum itself shown · @param sum may be more than the parts together: the rest is the superior's own and never shown
 */
export function hiddenAmong(sumShown: boolean, sum: number, parts: readonly Cell[]): Set<string> {
  const hidden = new Set(parts.filter((part) => !mayShow(part.count)).map((part) => part.id))
  const open = parts.filter((part) => mayShow(part.count)).toSorted((a, b) => a.count - b.count || (a.id < b.id ? -1 : 1))
  const rest = sum - parts.reduce((total, part) => total + part.count, 0)
  const shownTotal = () => parts.reduce((total, part) => total + (hidden.has(part.id) ? 0 : part.count), 0)
  // The remainder that anybody can compute where the sum is shown: harmless when nobody is in it, or when it is large and of several parts.
  const isSafe = () => {
    const remainder = sum - shownTotal()
    if (!sumShown) return remainder > 0 || sum === 0
    const of = hidden.size + (rest > 0 ? 1 : 0)
    return remainder === 0 || (remainder >= least && (of > 1 || hidden.size === 0))
  }
  for (const next of open) {
    if (isSafe()) break
    hidden.add(next.id)
  }
  return hidden
}
