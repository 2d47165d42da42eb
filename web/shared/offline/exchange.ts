/**
 * The exchange between a device and the platform: acts go out one by one in their order, changes come in page by page. Pure of any
 * store and any network: both are given, and whatever is cut off at whatever place is simply done again.
 */
import type { z } from 'zod'
import type { ReturnsOf } from '#contract/operation'
import { type Act, type getShelf, keyOf, type putAct, type Receipt, shortKey } from '#contract/sync'

/** An act that was written down on this device and is not yet known to have arrived. */
export type Waiting = z.output<typeof Act> & { id: string }
export type ReceiptOf = z.output<typeof Receipt>
export type Page = ReturnsOf<typeof getShelf>
export type Entry = Page['entries'][number]

/** Something the person should be told of an act: not done, put together with another's, or left to the recorder. */
export interface Told {
  act: Waiting
  receipt: ReceiptOf
}

/** What is known of something after an act has arrived. */
export interface Fresh {
  postId: string
  key: string
  entry: Entry
}

/** What the device keeps. Each call is one transaction: all of it is kept or nothing. */
export interface Store {
  /** Acts not yet known to have arrived, in their order. */
  waiting(): Promise<Waiting[]>
  /** Writes an act down behind all others. @throws when there is no space */
  write(act: Omit<Waiting, 'seq'>): Promise<Waiting>
  /** The act has arrived: what is to be told stays until it is read, and what it changed here is kept until the platform says more. */
  arrived(id: string, told: Told | undefined, fresh: Fresh | undefined): Promise<void>
  cursor(postId: string): Promise<string | undefined>
  /** Entries, removals and the cursor of a page. */
  keep(postId: string, changes: Changes): Promise<void>
}

export interface Changes {
  put: { key: string; entry: Entry }[]
  /** What is kept by short key; the rest of this post is removed. Null: nothing is removed. */
  held: ReadonlySet<string> | null
  cursor: string
}

/** The platform as the device sees it. */
export interface Platform {
  /** @throws Away when it was not reached, nobody knows whether the act arrived */
  deliver(act: Waiting): Promise<ReturnsOf<typeof putAct>>
  /** @throws Away */
  page(postId: string, since: string | undefined): Promise<Page>
}

/** The platform was not reached, or asked to come back later. */
export class Away extends Error {}

type Answer = ReturnsOf<typeof putAct>

/**
 * Sends what waits, oldest first, until all has arrived.
 * @param freshen what is known after an act has arrived
 * @throws Away
 */
export async function send(
  store: Store,
  platform: Platform,
  freshen: (act: Waiting, answer: Answer) => Fresh | undefined,
  listener: (answer: Answer) => void = () => {},
): Promise<void> {
  for (const act of await store.waiting()) {
    const answer = await platform.deliver(act)
    const { repeated: _repeated, answer: _answer, ...receipt } = answer
    await store.arrived(act.id, receipt.outcome === 'DONE' ? undefined : { act, receipt }, freshen(act, answer))
    listener(answer)
  }
}

/** What a page changes on the device. */
export function changesOf({ entries, held, cursor }: Page): Changes {
  return { put: entries.map((entry) => ({ key: keyOf(entry), entry })), held: held === null ? null : new Set(held), cursor }
}

/** Does a page that holds only these keep this key? */
export const keeps = (held: Changes['held'], key: string): boolean => held === null || held.has(shortKey(key))

/** Fetches what changed, page by page. @returns false when the post is no longer held @throws Away */
export async function pull(store: Store, platform: Platform, postId: string): Promise<boolean> {
  for (;;) {
    const page = await platform.page(postId, await store.cursor(postId))
    if ((page.postId ?? '') !== postId) return false
    await store.keep(postId, changesOf(page))
    if (!page.more) return true
  }
}
