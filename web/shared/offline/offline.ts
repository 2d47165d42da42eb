/**
 * Working without a network. Stands in for the platform where it is not reached: answers what pages ask from what is kept on this
 * device, and writes down what is done. Everything written down is sent by itself, once, whichever tab does it.
 */
import { putAttendance } from '#contract/attendance'
import { getGathering } from '#contract/meetings'
import type { Operation } from '#contract/operation'
import { type AnyInput, type Heard, onHeard, onSignedOut, postInUse, Problem, standInFor } from '../client.ts'
import { keep, kept as remembered } from '../device.ts'
import { word } from '../i18n.ts'
import { actFor, answerOf, Sights } from './act.ts'
import { Shelf } from './answer.ts'
import { arrivalOf, hasArrived } from './arrivals.ts'
import { offsetOf } from './clock.ts'
import { Away, type Entry, pull, send, type Waiting } from './exchange.ts'
import { nothing, say, syncNow } from './known.ts'
import type { Whole } from './predict.ts'
import { platform } from './reach.ts'
import { SealedStore } from './sealed.ts'

/** What was done shows at once; what others did is fetched when nothing more is being done. */
const quietMilliseconds = 2500
const againMilliseconds = 8000
const regularlyMilliseconds = 300_000
/** Below this much free space it is said before writing fails. */
const tightBytes = 30_000_000

interface Opened {
  accountId: string
  store: SealedStore
}

let opened: Opened | undefined
let opening: Promise<void> = Promise.resolve()
let keptHere: Map<string, Map<string, Entry>> = new Map()
let posts: readonly string[] = []
let changed: () => void = () => {}
const sights = new Sights()

const postNow = () => postInUse() ?? ''
const shelf = () => new Shelf(keptHere, syncNow().waiting, postNow())

/** Tabs of one account tell each other when something was written, sent or fetched. */
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('yigongli.offline')
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
const tellTabs = () => channel?.postMessage('changed')

/** Reads again what is kept: this or another tab has changed it. */
async function look(): Promise<void> {
  if (opened === undefined) return
  const { store } = opened
  const [waiting, told, kept, asOf, offset] = await Promise.all([
    store.waiting(),
    store.told(),
    store.shelf(),
    store.word('asOf'),
    store.word('offset'),
  ])
  keptHere = kept
  const entries = [...kept.values()].reduce((sum, each) => sum + each.size, 0)
  say({ waiting, told, entries, asOf: asOf ?? null, offsetMs: syncNow().offsetMs ?? (offset === undefined ? null : Number(offset)) })
}

async function lookAndTell(): Promise<void> {
  await look()
  tellTabs()
}

/** Opens what this account keeps here. */
function open(accountId: string): Promise<void> {
  opening = openAfter(opening, accountId)
  return opening
}

async function openAfter(before: Promise<void>, accountId: string): Promise<void> {
  await before
  if (opened?.accountId === accountId) return
  opened?.store.close()
  opened = undefined
  keptHere = new Map()
  say(nothing)
  try {
    opened = { accountId, store: await SealedStore.open(accountId) }
    keep('account', accountId)
    await look()
  } catch {
    // A browser that keeps nothing (private mode): everything works while there is a network.
    opened = undefined
  }
}

/** One tab at a time; a browser without locks has the receipts to rely on. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? (navigator.locks.request('yigongli.sync', work) as Promise<T>) : work()

let running: Promise<void> | undefined
let again = false
let timer: ReturnType<typeof setTimeout> | undefined

function later(milliseconds: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void sync(), milliseconds)
}

/** Sends what waits and fetches what changed. @param fetching false: only sends */
export async function sync(fetching = true): Promise<void> {
  if (running !== undefined) {
    again = true
    return running
  }
  running = exchange(fetching).finally(() => (running = undefined))
  await running
  if (again) {
    again = false
    await sync(false)
  }
}

async function exchange(fetching: boolean): Promise<void> {
  if (opened === undefined) return
  const { store } = opened
  try {
    const count = syncNow().waiting.length
    await alone(async () => {
      await send(store, platform, (sent, answer) => shelf().after(sent, answer), hasArrived)
      if (fetching) await fetchAll(store)
    })
    await lookAndTell()
    // A page that waits for its own act reads again by itself.
    if (fetching || count > 1) changed()
    if (!fetching && count > 0) later(quietMilliseconds)
    else if (fetching) later(regularlyMilliseconds)
  } catch (error) {
    await lookAndTell()
    later(syncNow().waiting.length > 0 ? againMilliseconds : regularlyMilliseconds)
    if (isFull(error)) say({ tight: true })
    else if (!(error instanceof Away)) throw error
  }
}

async function fetchAll(store: SealedStore): Promise<void> {
  const held: string[] = []
  for (const postId of posts.length === 0 ? [''] : posts) if (await pull(store, platform, postId)) held.push(postId)
  await store.keepPosts(held)
  await store.keepWord('asOf', new Date(Date.now() + (syncNow().offsetMs ?? 0)).toISOString())
  await measure()
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError'

/** Asks how much space is left, so that it is said before it fails. */
async function measure(): Promise<void> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
  if (quota !== undefined && usage !== undefined) say({ bytes: usage, tight: quota - usage < tightBytes })
}

/** Writes an act down, and waits a moment for it to arrive. */
async function act(operation: Operation, input: AnyInput): Promise<unknown> {
  if (opened === undefined) throw new Error('nothing is kept here')
  const written = actFor(operation, input, { postId: postInUse(), sights })
  let waiting: Waiting
  try {
    waiting = await opened.store.write(written)
  } catch (error) {
    if (!isFull(error)) throw error
    say({ tight: true })
    throw new Problem('STORAGE_FULL', 0, word('shared.storageFull'))
  }
  // Listened to before anybody can send it, this tab or another.
  const arrived = arrivalOf(waiting.id)
  await look()
  seeMarked(waiting)
  tellTabs()
  void sync(false)
  const receipt = await (navigator.onLine ? arrived : Promise.resolve(undefined))
  if (receipt?.outcome === 'REFUSED' && receipt.problem !== null) {
    // Whoever did it is still looking: said at once, so it need not be said again.
    await opened.store.read(waiting.id)
    await lookAndTell()
    const { code, status, title, fields } = receipt.problem
    throw new Problem(code, status, title[document.documentElement.lang.startsWith('en') ? 'en' : 'zh'], fields)
  }
  const answer = receipt?.answer ?? answerOf(waiting, shelf())
  // The same holds for what was answered.
  if (typeof answer === 'object' && answer !== null && 'roster' in answer) sights.see(getGathering, answer)
  return answer
}

/**
 * Marks made next are made upon these, also before they have arrived, and not upon what was last fetched: one's own last word is no one
 * else's. A document waits for its answer, since it may be refused.
 */
function seeMarked(marked: Waiting): void {
  const { gatheringId = '' } = marked.params
  const seen = marked.operation === putAttendance.id ? sights.of(gatheringId, undefined) : undefined
  if (seen !== undefined) sights.see(getGathering, new Shelf(keptHere, [marked], postNow()).gathering(gatheringId, marked.params, seen))
}

function heard(news: Heard | undefined): void {
  const back = news !== undefined && !syncNow().reached
  if (news === undefined) {
    if (syncNow().reached) say({ reached: false })
    return
  }
  const offsetMs = offsetOf(news)
  if (offsetMs !== null && offsetMs !== syncNow().offsetMs) void opened?.store.keepWord('offset', String(offsetMs)).catch(() => {})
  if (back || (offsetMs !== null && offsetMs !== syncNow().offsetMs)) say({ reached: true, offsetMs: offsetMs ?? syncNow().offsetMs })
  if (back) void sync()
}

/** Stands in from now on; what the last person kept here is opened, so that the app opens without a network. */
export function startOffline(): void {
  const before = remembered('account')
  if (before !== null) void open(before)
  standInFor({
    ready: async () => {
      await opening
      return opened !== undefined
    },
    waiting: () => syncNow().waiting.length,
    forget: forgetHere,
    isAway: () => !navigator.onLine || !syncNow().reached,
    act,
    answer: async (operation, input) => {
      await opening
      const answer = shelf().answer(operation, input)
      sights.see(operation, answer)
      return answer
    },
    ahead(operation, input, answer) {
      const whole = operation.id === getGathering.id ? (answer as Whole) : undefined
      const shown = whole === undefined ? answer : (shelf().gathering(whole.id, input.params ?? {}, whole) ?? answer)
      sights.see(operation, shown)
      return shown
    },
  })
  onHeard(heard)
  onSignedOut(() => void opened?.store.keepPosts([]).then(lookAndTell, () => {}))
  channel?.addEventListener('message', () => void look().then(() => changed()))
  window.addEventListener('online', () => void sync())
  window.addEventListener('offline', () => say({ reached: false }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && opened !== undefined) later(0)
  })
}

/** Somebody is signed in: opens what they keep here and brings it up to date. @param onChange what is shown should be read again */
export async function enter(accountId: string, postIds: readonly string[], onChange: () => void): Promise<void> {
  posts = postIds
  changed = onChange
  await open(accountId)
  void navigator.storage?.persist?.().catch(() => {})
  await sync()
}

/** The person has read what became of an act. */
export async function readTold(id: string): Promise<void> {
  await opened?.store.read(id)
  await lookAndTell()
}

/** Signing out deletes what is kept here, sent or not. */
async function forgetHere(): Promise<void> {
  const before = opened
  opened = undefined
  keep('account', null)
  keptHere = new Map()
  say(nothing)
  before?.store.close()
  if (before !== undefined) await SealedStore.forget(before.accountId)
}
