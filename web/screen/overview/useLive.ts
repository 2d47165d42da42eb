import { useEffect, useRef } from 'react'
import { follow } from '../../shared/live.ts'

/** The counters are read again at once, and once more in case they were still being added up when the news came. */
const again = 400
/** However much happens, the province is not asked more often than this. */
const least = 250

/** Calls `read` as soon as something happened below the organisation, in milliseconds rather than seconds, and at most four times a second. */
export function useLive(organisationId: string, read: () => void) {
  const reading = useRef(read)
  useEffect(() => {
    reading.current = read
  })
  useEffect(() => {
    let last = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const readNow = () => {
      last = Date.now()
      reading.current()
    }
    const stop = follow(organisationId, () => {
      if (Date.now() - last >= least) readNow()
      clearTimeout(timer)
      timer = setTimeout(readNow, again)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [organisationId])
}
