/** The device's clock may be days off: what it said is corrected by the estimated offset, and nothing happened later than now. */
import type { ActInput } from './arriving.ts'

/** Fields that hold what the device's clock said. */
const said = new Set(['at', 'deviceAt'])

const corrected = (moment: string, offsetMs: number, now: Date): string =>
  new Date(Math.min(Date.parse(moment) + offsetMs, now.getTime())).toISOString()

function correctedIn(value: unknown, offsetMs: number, now: Date): unknown {
  if (Array.isArray(value)) return value.map((inner) => correctedIn(inner, offsetMs, now))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isMoment = said.has(key) && typeof inner === 'string' && !Number.isNaN(Date.parse(inner))
      return [key, isMoment ? corrected(inner, offsetMs, now) : correctedIn(inner, offsetMs, now)]
    }),
  )
}

/** The act with every moment of the device's clock as the platform's clock would have said it. */
export function onTime(act: ActInput, now: Date): ActInput {
  const offset = act.offsetMs ?? 0
  return { ...act, deviceAt: corrected(act.deviceAt, offset, now), body: correctedIn(act.body, offset, now) }
}
