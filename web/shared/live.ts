/** What just happened below an organisation, as it happens: server-sent events that resume by themselves where they were cut. */
import type { z } from 'zod'
import { followHappenings, type Happening } from '#contract/overview'
import { addressOf } from './client.ts'
import { deviceId, kept } from './device.ts'

/** Calls `listener` for each event until stopped. @returns how to stop */
export function follow(organisationId: string, listener: (happening: z.output<typeof Happening>) => void): () => void {
  // An EventSource can set no headers, so device and post stand in the address.
  const address = addressOf(followHappenings, { params: { organisationId }, query: { device: deviceId(), post: kept('post') } })
  const source = new EventSource(address)
  source.addEventListener('happening', (event) => listener(JSON.parse((event as MessageEvent<string>).data) as z.output<typeof Happening>))
  return () => source.close()
}
