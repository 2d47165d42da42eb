/** What just happened below an organisation, as it happens: server-sent events that resume by themselves where they were cut. */
import type { z } from 'zod'
import { followHappenings, type Happening } from '#contract/overview'
import { addressOf } from './client.ts'
import { deviceId, kept } from './device.ts'

/** Calls `listener` for each event until stopped. @returns how to stop */
export function follow(organisationId: string, listener: (happening: z.output<typeof Happening>) => void): () => void {
  // An EventSource can set no headers, so device and post stand in the address.
  const address = addressOf(followHappenings, { params: { organisationId }, query: { device: deviceId(), post: kept('post') } })
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource(address)
    source.addEventListener('happening', (event) =>
      listener(JSON.parse((event as MessageEvent<string>).data) as z.output<typeof Happening>),
    )
    source.addEventListener('error', () => {
      // The browser opens a cut stream again by itself, but gives a refused one up (a proxy during an update): ask again, not all at once.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, 3000 + Math.random() * 5000)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
