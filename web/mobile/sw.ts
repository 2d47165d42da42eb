/**
 * The service worker: the second visit opens without a network.
 *
 * The shell (the page and every script and style of the phone) is kept when the app is installed; a new build brings a new shell,
 * and the one before stays until the next, because a page still open may need a part of it. What has a hash in its name never
 * changes and is answered from the store. Nothing of `/api` is ever kept here: data about people do not lie around in a cache.
 */

import { isOfThePhone } from './addresses.ts'

/** Addresses of the shell, written in by the build. */
declare const SHELL: readonly string[]

interface Lifecycle extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asking extends Lifecycle {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Pushed extends Lifecycle {
  data: { json(): unknown } | null
}
interface Pressed extends Lifecycle {
  notification: { close(): void; data: unknown }
}
interface Window {
  focus(): Promise<unknown>
  navigate(address: string): Promise<unknown>
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Lifecycle) => void): void
  addEventListener(type: 'fetch', listener: (event: Asking) => void): void
  addEventListener(type: 'push', listener: (event: Pushed) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Pressed) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; matchAll(of: { type: 'window' }): Promise<Window[]>; openWindow(address: string): Promise<unknown> }
  registration: { showNotification(title: string, options: object): Promise<void> }
  location: Location
}
const worker = globalThis as unknown as Worker

const page = '/'
const prefix = 'shell '
/** The hashes in the names say which build it is. */
const name = prefix + SHELL.filter((address) => address.includes('/assets/')).join(' ')
const kept = new Set(SHELL)
/** The shell in use and the one before it. */
const keptShells = 2

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((store) => store.addAll([...SHELL]))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldShells().then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api')) return
  if (request.mode === 'navigate') {
    if (isOfThePhone(pathname)) event.respondWith(stored(page, request))
  } else if (kept.has(pathname) || pathname.startsWith('/assets/')) {
    event.respondWith(stored(pathname, request))
  }
})

async function stored(address: string, request: Request): Promise<Response> {
  const current = await caches.open(name)
  return (await current.match(address)) ?? (await caches.match(address)) ?? fetch(request)
}

async function forgetOldShells(): Promise<void> {
  const shells = (await caches.keys()).filter((each) => each.startsWith(prefix) && each !== name)
  await Promise.all(shells.slice(0, Math.max(0, shells.length - keptShells + 1)).map((each) => caches.delete(each)))
}

// What is pushed is the same for everybody: there is something. One notification stands for all that is unread.
worker.addEventListener('push', (event) => {
  if (event.data === null) return
  const { title, body, href } = event.data.json() as Record<'title' | 'body', { zh: string; en: string }> & { href: string }
  const language = navigator.language.startsWith('zh') ? 'zh' : 'en'
  const options = { body: body[language], icon: '/icon-192.png', tag: 'digest', lang: language, data: href }
  event.waitUntil(worker.registration.showNotification(title[language], options))
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(String(event.notification.data)))
})

async function show(address: string): Promise<void> {
  const [open] = await worker.clients.matchAll({ type: 'window' })
  if (open === undefined) return void (await worker.clients.openWindow(address))
  await open.focus()
  await open.navigate(address)
}
