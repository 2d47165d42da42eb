/**
 * The store in the browser, one database for each account: every value is encrypted with a key of this device that cannot be taken
 * out of the browser; only ids stand in clear. Signing out deletes all of it; another person on this device never opens it.
 */
import { type DBSchema, type IDBPDatabase, openDB, deleteDB } from 'idb'
import { type Changes, type Entry, type Fresh, keeps, type Store, type Told, type Waiting } from './exchange.ts'

interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

interface Places extends DBSchema {
  key: { key: string; value: CryptoKey }
  words: { key: string; value: Sealed }
  shelf: { key: [post: string, key: string]; value: Sealed }
  outbox: { key: number; value: Sealed & { id: string }; indexes: { id: string } }
  told: { key: string; value: Sealed }
  pass: { key: string; value: Sealed & { privateKey: CryptoKey } }
}

const nameOf = (accountId: string) => `yigongli.${accountId}`

/** Makes the key of this device. Two tabs that open at once agree on the one that was there first. */
async function newKey(database: IDBPDatabase<Places>): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const change = database.transaction('key', 'readwrite')
  const before = await change.store.get('own')
  if (before === undefined) await change.store.put(made, 'own')
  await change.done
  return before ?? made
}

export class SealedStore implements Store {
  readonly #database: IDBPDatabase<Places>
  readonly #key: CryptoKey

  private constructor(database: IDBPDatabase<Places>, key: CryptoKey) {
    this.#database = database
    this.#key = key
  }

  static async open(accountId: string): Promise<SealedStore> {
    const database = await openDB<Places>(nameOf(accountId), 2, {
      upgrade(made, before) {
        if (before < 1) {
          made.createObjectStore('key')
          made.createObjectStore('words')
          made.createObjectStore('shelf')
          made.createObjectStore('outbox', { autoIncrement: true }).createIndex('id', 'id', { unique: true })
          made.createObjectStore('told')
        }
        made.createObjectStore('pass')
      },
      // Another tab deletes it or brings a newer one: let go at once.
      blocking: (_now, _then, event) => (event.target as IDBDatabase).close(),
    })
    return new SealedStore(database, (await database.get('key', 'own')) ?? (await newKey(database)))
  }

  /** Opens it for one piece of work and closes it again. */
  static async with<T>(accountId: string, work: (store: SealedStore) => Promise<T>): Promise<T> {
    const store = await SealedStore.open(accountId)
    try {
      return await work(store)
    } finally {
      store.close()
    }
  }

  /** Deletes what an account kept here. */
  static async forget(accountId: string): Promise<void> {
    await deleteDB(nameOf(accountId))
  }

  close(): void {
    this.#database.close()
  }

  async #seal(value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#key, new TextEncoder().encode(JSON.stringify(value)))
    return { iv, bytes }
  }

  async #open<T = unknown>({ iv, bytes }: Sealed): Promise<T> {
    const clear = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.#key, bytes)
    return JSON.parse(new TextDecoder().decode(clear)) as T
  }

  async waiting(): Promise<Waiting[]> {
    const change = this.#database.transaction('outbox')
    const [keys, values] = await Promise.all([change.store.getAllKeys(), change.store.getAll()])
    return Promise.all(values.map(async (sealed, n) => ({ ...(await this.#open<Omit<Waiting, 'seq'>>(sealed)), seq: keys[n] ?? 0 })))
  }

  async write(act: Omit<Waiting, 'seq'>): Promise<Waiting> {
    const sealed = await this.#seal(act)
    const seq = await this.#database.add('outbox', { ...sealed, id: act.id })
    return { ...act, seq }
  }

  async arrived(id: string, told: Told | undefined, fresh: Fresh | undefined): Promise<void> {
    const sealed = told === undefined ? undefined : await this.#seal(told)
    const entry = fresh === undefined ? undefined : await this.#seal(fresh.entry)
    const change = this.#database.transaction(['outbox', 'told', 'shelf'], 'readwrite')
    const seq = await change.objectStore('outbox').index('id').getKey(id)
    if (seq !== undefined) {
      void change.objectStore('outbox').delete(seq)
      if (sealed !== undefined) void change.objectStore('told').put(sealed, id)
      if (fresh !== undefined && entry !== undefined) void change.objectStore('shelf').put(entry, [fresh.postId, fresh.key])
    }
    await change.done
  }

  /** What the person has not yet read about acts that arrived. */
  async told(): Promise<Told[]> {
    return Promise.all((await this.#database.getAll('told')).map((sealed) => this.#open<Told>(sealed)))
  }

  async read(id: string): Promise<void> {
    await this.#database.delete('told', id)
  }

  async cursor(postId: string): Promise<string | undefined> {
    return this.word(`cursor ${postId}`)
  }

  /** A small word kept beside the rest: a cursor, when something was last fetched, the offset of the clock. */
  async word(name: string): Promise<string | undefined> {
    const sealed = await this.#database.get('words', name)
    return sealed === undefined ? undefined : this.#open<string>(sealed)
  }

  async keepWord(name: string, value: string): Promise<void> {
    await this.#database.put('words', await this.#seal(value), name)
  }

  /** The activity pass of this phone, and the key it is bound to, which cannot be taken out. */
  async pass(): Promise<{ privateKey: CryptoKey; kept: unknown } | undefined> {
    const found = await this.#database.get('pass', 'own')
    return found === undefined ? undefined : { privateKey: found.privateKey, kept: await this.#open(found) }
  }

  async keepPass(privateKey: CryptoKey, kept: unknown): Promise<void> {
    await this.#database.put('pass', { ...(await this.#seal(kept)), privateKey }, 'own')
  }

  async keep(postId: string, { put, held, cursor }: Changes): Promise<void> {
    const sealed = await Promise.all(put.map(async ({ key, entry }) => ({ key, value: await this.#seal(entry) })))
    const word = await this.#seal(cursor)
    const change = this.#database.transaction(['shelf', 'words'], 'readwrite')
    const shelf = change.objectStore('shelf')
    for (const { key, value } of sealed) void shelf.put(value, [postId, key])
    if (held !== null) {
      for (const [post, key] of await shelf.getAllKeys(IDBKeyRange.bound([postId], [postId, []]))) {
        if (!keeps(held, key)) void shelf.delete([post, key])
      }
    }
    void change.objectStore('words').put(word, `cursor ${postId}`)
    await change.done
  }

  /** Everything kept, by post and key. */
  async shelf(): Promise<Map<string, Map<string, Entry>>> {
    const change = this.#database.transaction('shelf')
    const [keys, values] = await Promise.all([change.store.getAllKeys(), change.store.getAll()])
    const entries = await Promise.all(values.map((sealed) => this.#open<Entry>(sealed)))
    const kept = new Map<string, Map<string, Entry>>()
    for (const [n, [postId, key]] of keys.entries()) {
      const entry = entries[n]
      const posts = kept.get(postId) ?? new Map<string, Entry>()
      if (entry !== undefined) kept.set(postId, posts.set(key, entry))
    }
    return kept
  }

  /** Removes what was kept for posts that are no longer held; without any, everything but what waits to be sent. */
  async keepPosts(postIds: readonly string[]): Promise<void> {
    const change = this.#database.transaction(['shelf', 'words'], 'readwrite')
    for (const key of await change.objectStore('shelf').getAllKeys())
      if (!postIds.includes(key[0])) void change.objectStore('shelf').delete(key)
    for (const name of await change.objectStore('words').getAllKeys()) {
      const [what, postId = ''] = name.split(' ')
      if (what === 'cursor' && !postIds.includes(postId)) void change.objectStore('words').delete(name)
    }
    await change.done
  }
}
