import { useSyncExternalStore } from 'react'
import { dayOf } from '../../shared/dates.ts'

const lookMilliseconds = 30_000

function subscribe(look: () => void): () => void {
  const timer = setInterval(look, lookMilliseconds)
  return () => clearInterval(timer)
}

/** Today in Asia/Shanghai, `YYYY-MM-DD`; a page left open over midnight turns to the new day. */
export const useToday = (): string => useSyncExternalStore(subscribe, () => dayOf(new Date()))
