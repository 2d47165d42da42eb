/**
 * The trust bundle on this device: what was kept is there at once, also without a network; a newer one takes its place when there is one.
 * Public data only, the same for everybody. Where it is used it comes with a page that is loaded late.
 */
import { useEffect, useSyncExternalStore } from 'react'
import { openTrust, type Trust } from '#pass'

const address = '/pass/trust'
const storeName = 'pass trust'
/** A page that stays open asks this often: a lost phone is known at every door within a quarter of an hour, where there is a network. */
const renewMilliseconds = 15 * 60_000

/** `LOADING` not known yet · `READY` · `NONE` nothing was ever fetched here · `INSECURE` the page is not served securely, so nothing can be checked. */
export type TrustState = 'LOADING' | 'READY' | 'NONE' | 'INSECURE'

export interface KeptTrust {
  state: TrustState
  trust: Trust | null
  /** Is a newer one being asked for right now? */
  renewing: boolean
  /** When the platform was last reached, this time the page is open; null when it was not. */
  renewedAt: Date | null
}

let kept: KeptTrust = { state: 'LOADING', trust: null, renewing: false, renewedAt: null }
const listeners = new Set<() => void>()

function set(change: Partial<KeptTrust>): void {
  kept = { ...kept, ...change }
  for (const listener of listeners) listener()
}

/** Older than what is here already? A cache on the way may answer with yesterday's. */
const isOlder = (one: Trust, other: Trust | null): boolean => (one.asOf?.getTime() ?? 0) < (other?.asOf?.getTime() ?? 0)

async function store(): Promise<Cache | undefined> {
  try {
    return await caches.open(storeName)
  } catch {
    // A browser that keeps nothing still checks as long as the page is open.
    return undefined
  }
}

async function readKept(): Promise<void> {
  const answer = await (await store())?.match(address)
  if (answer === undefined) return
  try {
    set({ trust: await openTrust(new Uint8Array(await answer.arrayBuffer())), state: 'READY' })
  } catch {
    await (await store())?.delete(address)
  }
}

/** Asks the platform for the bundle of now. What it answers is opened before it takes the place of the one before. */
export async function renewTrust(): Promise<void> {
  if (kept.renewing || kept.state === 'INSECURE') return
  set({ renewing: true })
  try {
    const answer = await fetch(address, { cache: 'no-cache', headers: { accept: 'application/cbor' } })
    if (!answer.ok) throw new Error(`${answer.status}`)
    const again = answer.clone()
    const trust = await openTrust(new Uint8Array(await answer.arrayBuffer()))
    if (!isOlder(trust, kept.trust)) {
      set({ trust })
      await (await store())?.put(address, again).catch(() => {})
    }
    set({ renewing: false, renewedAt: new Date(), state: 'READY' })
  } catch {
    // Without a network, or with an answer that does not open: the one before stays.
    set({ renewing: false, state: kept.trust === null ? 'NONE' : 'READY' })
  }
}

let started = false

function start(): void {
  if (started) return
  started = true
  if ((globalThis.crypto as Crypto | undefined)?.subtle === undefined) return set({ state: 'INSECURE' })
  void readKept().then(renewTrust)
  window.addEventListener('online', () => void renewTrust())
  document.addEventListener('visibilitychange', () => {
    const age = Date.now() - (kept.renewedAt?.getTime() ?? 0)
    if (document.visibilityState === 'visible' && age > renewMilliseconds) void renewTrust()
  })
  setInterval(() => void renewTrust(), renewMilliseconds)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The bundle of this device, loaded when it is first asked for and renewed by itself. */
export function useTrust(): KeptTrust {
  useEffect(start, [])
  return useSyncExternalStore(subscribe, () => kept)
}
