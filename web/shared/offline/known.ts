/** What the person may know about this device, kept for whoever shows it. */
import type { Told, Waiting } from './exchange.ts'

export interface Sync {
  /** Written down here and not yet known to have arrived. */
  waiting: readonly Waiting[]
  /** Arrived, but not simply done: to be read. */
  told: readonly Told[]
  /** When everything kept here was last brought up to date, ISO 8601; null: never. */
  asOf: string | null
  /** Did the platform answer when it was last asked? */
  reached: boolean
  /** Milliseconds by which the platform's clock is ahead; null: never compared. */
  offsetMs: number | null
  /** Answers kept. */
  entries: number
  /** Space is running out. */
  tight: boolean
  /** Bytes used, as the browser estimates it. */
  bytes: number | null
}

/** Of a device on which nobody has opened anything. */
export const nothing: Sync = {
  waiting: [],
  told: [],
  asOf: null,
  reached: true,
  offsetMs: null,
  entries: 0,
  tight: false,
  bytes: null,
}

let state: Sync = nothing
const listeners = new Set<() => void>()

export function say(change: Partial<Sync>): void {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

export const syncNow = (): Sync => state

/** Calls `listener` after every change. @returns how to stop listening */
export function onSync(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
