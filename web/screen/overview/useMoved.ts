import { useEffect, useRef, useState } from 'react'
import { movedChildren } from './figures.ts'
import type { Overview } from './figures.ts'

/** How long a tile says that it has just been updated. */
const shownMilliseconds = 4000

/** Ids of the children that changed in the last four seconds. */
export function useMoved(overview: Overview | undefined): ReadonlySet<string> {
  const before = useRef<Overview>(undefined)
  const [moved, setMoved] = useState<ReadonlySet<string>>(new Set<string>())
  useEffect(() => {
    const changed = before.current && overview ? movedChildren(before.current, overview) : []
    before.current = overview
    if (changed.length > 0) setMoved(new Set(changed))
  }, [overview])
  useEffect(() => {
    if (moved.size === 0) return
    const timer = setTimeout(() => setMoved(new Set()), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [moved])
  return moved
}
