import { useEffect, useEffectEvent } from 'react'
import { follow } from '../../shared/live.ts'
import type { Happening } from './Just.tsx'

/** However much happens, the platform is not asked more often than this. */
const restMilliseconds = 250

/**
 * Tells what just happened below the organisation, and lets `read` fetch the new numbers: at once when it was quiet, and never
 * two at a time, so that a busy morning neither piles questions up nor leaves the last one unasked.
 */
export function useLive(organisationId: string, read: () => Promise<unknown>, tell: (happening: Happening) => void): void {
  const readNow = useEffectEvent(read)
  const tellNow = useEffectEvent(tell)
  useEffect(() => {
    let reading = false
    let again = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const begin = async () => {
      if (reading) {
        again = true
        return
      }
      reading = true
      again = false
      await readNow()
      timer = setTimeout(() => {
        reading = false
        if (again) void begin()
      }, restMilliseconds)
    }
    const stop = follow(organisationId, (happening) => {
      tellNow(happening)
      void begin()
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [organisationId])
}
