/** What has just arrived, for the page that did it and waits a moment before it goes on with what is written down. */
import type { Platform } from './exchange.ts'
import { onSync, syncNow } from './known.ts'

const patienceMilliseconds = 3000

type Answer = Awaited<ReturnType<Platform['deliver']>>
type Arrived = Pick<Answer, 'outcome' | 'problem' | 'answer'>

const arrivals = new EventTarget()

export const hasArrived = ({ actId, ...answer }: Answer): void => void arrivals.dispatchEvent(new CustomEvent(actId, { detail: answer }))

/** What came back for an act, or undefined when the platform is not reached soon. */
export function arrivalOf(id: string): Promise<Arrived | undefined> {
  return new Promise((resolve) => {
    // Known to be out of reach: nothing is waited for.
    if (!syncNow().reached) return resolve(undefined)
    const done = new AbortController()
    const stop = (arrived?: Arrived) => {
      clearTimeout(late)
      forget()
      done.abort()
      resolve(arrived)
    }
    const late = setTimeout(stop, patienceMilliseconds)
    const forget = onSync(() => {
      if (!syncNow().reached) stop()
    })
    arrivals.addEventListener(id, (event) => stop((event as CustomEvent<Arrived>).detail), { signal: done.signal })
  })
}
