/** Which papers there are of a gathering now: what would be empty is not offered. */
import type { paperKinds } from '#contract/papers'

export type PaperKind = (typeof paperKinds)[number]

interface Written {
  state: string
  actualEnd: string | null
  roster: readonly unknown[]
  resolutions: readonly unknown[]
}

export function papersOf({ state, actualEnd, roster, resolutions }: Written): PaperKind[] {
  return [
    ...(state === 'CANCELLED' ? [] : ['NOTICE' as const]),
    ...(roster.length === 0 ? [] : ['SIGN_IN_SHEET' as const]),
    ...(actualEnd === null ? [] : ['MINUTES' as const]),
    ...(resolutions.length === 0 ? [] : ['RESOLUTIONS' as const]),
  ]
}
