/**
 * Keeps the page that checks passes, and what it is made of, for the time without a network. It answers for `/verify` only; the lists are kept by the
 * page itself (shared/pass/trust.ts), and what was scanned is kept nowhere.
 */

import { isVerifyPage } from './addresses.ts'

/** Addresses of the page, written in by the build. */
declare const SHELL: readonly string[]

interface Lifecycle extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asking extends Event {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Lifecycle) => void): void
  addEventListener(type: 'fetch', listener: (event: Asking) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
}
const worker = globalThis as unknown as Worker

const page = '/verify'
const prefix = 'verify '
/** The hashes in the names say which build it is. */
const name = prefix + SHELL.filter((address) => address.includes('/assets/')).join(' ')
const kept = new Set(SHELL)

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((store) => store.addAll([...SHELL]))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers().then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate' && isVerifyPage(pathname)) event.respondWith(newest(request))
  else if (kept.has(pathname)) event.respondWith(stored(pathname, request))
})

/** The page of now where there is a network, so that a new build is there at the first visit; otherwise the kept one. */
async function newest(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request)
    if (answer.ok) return answer
  } catch {
    // No network.
  }
  return (await (await caches.open(name)).match(page)) ?? Response.error()
}

async function stored(address: string, request: Request): Promise<Response> {
  return (await (await caches.open(name)).match(address)) ?? fetch(request)
}

async function forgetOthers(): Promise<void> {
  const old = (await caches.keys()).filter((each) => each.startsWith(prefix) && each !== name)
  await Promise.all(old.map((each) => caches.delete(each)))
}
