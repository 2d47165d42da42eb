/**
 * What the hand-over keeps on this phone: the signing key of this session, packages carried for others, packages made here. Nothing in it
 * can be read as what somebody did: a carried package is sealed, of an own one only the numbers are kept, and the key cannot be taken out.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { z } from 'zod'
import type { getPackageKeys } from '#contract/packages'

export interface OwnKey {
  sessionId: string
  publicKey: CryptoKey
  privateKey: CryptoKey
  /** Null until the platform knows it. */
  keyId: string | null
  /** The platform's keys as they were at the last contact. */
  platform: z.output<typeof getPackageKeys.returns> | null
}

export interface Carried {
  packageId: string
  sealed: string
  takenAt: string
  /** What the platform answered; null while it has not been delivered. */
  delivered: { receivedAt: string; acts: number; repeated: boolean; receipt: string } | null
  /** Why it was not taken; with the sentence the platform said. */
  refused: string | null
}

export interface Made {
  packageId: string
  accountId: string
  madeAt: string
  actIds: string[]
  /** Kept so that it can be shown again; gone when the receipt is here. */
  sealed: string | null
  /** When the platform received it, as its receipt says; null until the receipt was shown here. */
  receivedAt: string | null
}

interface Shape extends DBSchema {
  key: { key: string; value: OwnKey }
  carried: { key: string; value: Carried }
  made: { key: string; value: Made }
}

let opening: Promise<IDBPDatabase<Shape>> | undefined

function open(): Promise<IDBPDatabase<Shape>> {
  opening ??= openDB<Shape>('yigongli-carry', 1, {
    upgrade(database) {
      database.createObjectStore('key', { keyPath: 'sessionId' })
      database.createObjectStore('carried', { keyPath: 'packageId' })
      database.createObjectStore('made', { keyPath: 'packageId' })
    },
    terminated: () => (opening = undefined),
  })
  return opening
}

export const findKey = async (sessionId: string) => (await open()).get('key', sessionId)

/** Keeps the key of this session and forgets those of sessions before it. */
export async function keepKey(key: OwnKey): Promise<void> {
  const change = (await open()).transaction('key', 'readwrite')
  await change.store.clear()
  await change.store.put(key)
  await change.done
}

/** Newest first: the ids are sorted by time. */
export const listCarried = async () => (await (await open()).getAll('carried')).toReversed()

/** Takes a package; one that is here already stays as it is. */
export async function carry(packageId: string, sealed: string): Promise<void> {
  const change = (await open()).transaction('carried', 'readwrite')
  if ((await change.store.get(packageId)) === undefined) {
    await change.store.put({ packageId, sealed, takenAt: new Date().toISOString(), delivered: null, refused: null })
  }
  await change.done
}

export const keepCarried = async (carried: Carried) => void (await (await open()).put('carried', carried))
export const forgetCarried = async (packageId: string) => (await open()).delete('carried', packageId)

export const listMade = async (accountId: string) =>
  (await (await open()).getAll('made')).filter((made) => made.accountId === accountId).toReversed()
export const keepMade = async (made: Made) => void (await (await open()).put('made', made))
