/**
 * Study packs kept on this phone, with private notes, in a database of their own. Files come in pieces, so that a download that was cut, or
 * a phone that was switched off, goes on where it stopped. Packs and notes stand under the account that kept them; nobody is told what is
 * kept here, opened or read.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { z } from 'zod'
import type { Pack as PackShape } from '#contract/study'

export type Pack = z.output<typeof PackShape>
export type Part = Pack['parts'][number]

export interface KeptPack {
  accountId: string
  pack: Pack
  /** Waits for Wi-Fi. */
  waits: boolean
}

interface Piece {
  accountId: string
  packId: string
  partId: string
  /** Which content it is a piece of; one of another content is thrown away. */
  sha256: string
  from: number
  bytes: Blob
}

interface Shelf extends DBSchema {
  pack: { key: [accountId: string, packId: string]; value: KeptPack & { packId: string } }
  piece: { key: [accountId: string, packId: string, partId: string, from: number]; value: Piece }
  note: { key: [accountId: string, packId: string]; value: { accountId: string; packId: string; text: string } }
}

let opened: Promise<IDBPDatabase<Shelf>> | undefined

function shelf(): Promise<IDBPDatabase<Shelf>> {
  opened ??= openDB<Shelf>('yigongli-study', 1, {
    upgrade(db) {
      db.createObjectStore('pack', { keyPath: ['accountId', 'packId'] })
      db.createObjectStore('piece', { keyPath: ['accountId', 'packId', 'partId', 'from'] })
      db.createObjectStore('note', { keyPath: ['accountId', 'packId'] })
    },
  })
  return opened
}

const allOf = (accountId: string) => IDBKeyRange.bound([accountId], [accountId, []])
const piecesOf = (accountId: string, ...of: string[]) => IDBKeyRange.bound([accountId, ...of], [accountId, ...of, []])

export const listKept = async (accountId: string): Promise<KeptPack[]> => (await shelf()).getAll('pack', allOf(accountId))

export async function keepPack(accountId: string, pack: Pack, waits: boolean): Promise<void> {
  await (await shelf()).put('pack', { accountId, packId: pack.id, pack, waits })
}

/** Deletes the pack and all that was fetched of it; the note stays, it is the person's own. */
export async function dropPack(accountId: string, packId: string): Promise<void> {
  const work = (await shelf()).transaction(['pack', 'piece'], 'readwrite')
  await work.objectStore('pack').delete([accountId, packId])
  await work.objectStore('piece').delete(piecesOf(accountId, packId))
  await work.done
}

/** Bytes of this part that are here, from its beginning without a gap. Pieces of another content are thrown away. */
export async function bytesHere(accountId: string, packId: string, part: Part): Promise<number> {
  const pieces = await listPieces(accountId, packId, part)
  return pieces.reduce((sum, { bytes }) => sum + bytes.size, 0)
}

async function listPieces(accountId: string, packId: string, { id, sha256 }: Part): Promise<Piece[]> {
  const db = await shelf()
  const all = await db.getAll('piece', piecesOf(accountId, packId, id))
  if (all.some((piece) => piece.sha256 !== sha256)) {
    await db.delete('piece', piecesOf(accountId, packId, id))
    return []
  }
  const whole: Piece[] = []
  let next = 0
  for (const piece of all.toSorted((a, b) => a.from - b.from)) {
    if (piece.from !== next) break
    whole.push(piece)
    next += piece.bytes.size
  }
  return whole
}

export async function addPiece(accountId: string, packId: string, { id, sha256 }: Part, from: number, bytes: Blob): Promise<void> {
  await (await shelf()).put('piece', { accountId, packId, partId: id, sha256, from, bytes })
}

/** The whole file, or undefined while a piece of it is missing. */
export async function fileOf(accountId: string, packId: string, part: Part): Promise<Blob | undefined> {
  const pieces = await listPieces(accountId, packId, part)
  const file = new Blob(
    pieces.map(({ bytes }) => bytes),
    { type: part.mediaType },
  )
  return file.size === part.bytes ? file : undefined
}

/** Is it what the publisher sent? A browser that cannot tell believes it. */
export async function isSound(file: Blob, sha256: string): Promise<boolean> {
  if (!('subtle' in crypto)) return true
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256
}

export async function dropPieces(accountId: string, packId: string, part: Part): Promise<void> {
  await (await shelf()).delete('piece', piecesOf(accountId, packId, part.id))
}

export const readNote = async (accountId: string, packId: string): Promise<string> =>
  (await (await shelf()).get('note', [accountId, packId]))?.text ?? ''

export async function writeNote(accountId: string, packId: string, text: string): Promise<void> {
  if (text.trim() === '') await (await shelf()).delete('note', [accountId, packId])
  else await (await shelf()).put('note', { accountId, packId, text })
}
