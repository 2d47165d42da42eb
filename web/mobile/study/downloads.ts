/**
 * Downloads of study packs. One pack after another, each file from where it stopped; what has arrived is written down piece by piece.
 *
 * FETCHING  bytes arrive; `received` grows.
 * CUT       the network went away; goes on by itself when it is back, or by a tap.
 * PAUSED    stopped by its owner; goes on by a tap.
 * FAILED    refused by the platform, or there is no room: the sentence says why.
 * KEPT      everything is here and is what the publisher sent.
 */
import { getPack, getPartFile } from '#contract/study'
import { addressOf, call, callerNow, Problem } from '../../shared/client.ts'
import { word } from '../../shared/i18n.ts'
import { hasRoom } from './network.ts'
import { addPiece, bytesHere, dropPieces, fileOf, isSound, keepPack, type Pack, type Part } from './store.ts'

export interface Download {
  state: 'FETCHING' | 'CUT' | 'PAUSED' | 'FAILED' | 'KEPT'
  received: number
  total: number
  said: string
}

/** Written down at least this often, so that little is fetched twice. */
const pieceBytes = 128 * 1024

const listeners = new Set<() => void>()
const downloads = new Map<string, Download>()
const stops = new Map<string, AbortController>()

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const downloadOf = (packId: string): Download | undefined => downloads.get(packId)

function tell(packId: string, change: Partial<Download>): void {
  const before = downloads.get(packId) ?? { state: 'FETCHING', received: 0, total: 0, said: '' }
  downloads.set(packId, { ...before, ...change })
  for (const listener of listeners) listener()
}

const filesOf = (pack: Pack) => pack.parts.filter(({ fileId }) => fileId !== null)

/** How many bytes of the files of this pack are here, and how many there are. */
async function bytesOf(accountId: string, pack: Pack): Promise<Pick<Download, 'received' | 'total'>> {
  const files = filesOf(pack)
  const here = await Promise.all(files.map((part) => bytesHere(accountId, pack.id, part)))
  return { received: here.reduce((sum, bytes) => sum + bytes, 0), total: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Everything of this pack that is here already; undefined when something is missing. */
export async function lookAt(accountId: string, pack: Pack): Promise<Download> {
  const running = downloads.get(pack.id)
  if (running !== undefined) return running
  const { received, total } = await bytesOf(accountId, pack)
  const found: Download = { state: received >= total ? 'KEPT' : 'PAUSED', received, total, said: '' }
  downloads.set(pack.id, found)
  return found
}

export function forget(packId: string): void {
  stops.get(packId)?.abort()
  downloads.delete(packId)
  for (const listener of listeners) listener()
}

export function pause(packId: string): void {
  stops.get(packId)?.abort()
  tell(packId, { state: 'PAUSED' })
}

/** Fetches what is missing of a pack. A second call while it runs does nothing. */
export async function fetchPack(accountId: string, packId: string): Promise<void> {
  if (stops.has(packId)) return
  const stop = new AbortController()
  stops.set(packId, stop)
  tell(packId, { state: 'FETCHING', said: '' })
  try {
    const pack = await call(getPack, { params: { packId } }, stop.signal)
    await keepPack(accountId, pack, false)
    await fetchFiles(accountId, pack, stop.signal)
    tell(packId, { state: 'KEPT' })
  } catch (error) {
    if (!stop.signal.aborted) tell(packId, refusal(error))
  } finally {
    stops.delete(packId)
  }
}

function refusal(error: unknown): Pick<Download, 'state' | 'said'> {
  if (error instanceof Problem && error.code !== 'OFFLINE') return { state: 'FAILED', said: error.message }
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return { state: 'FAILED', said: word('mobile.study.noRoom') }
  return { state: 'CUT', said: '' }
}

async function fetchFiles(accountId: string, pack: Pack, signal: AbortSignal): Promise<void> {
  const { total, ...here } = await bytesOf(accountId, pack)
  let { received } = here
  tell(pack.id, { received, total })
  if (!(await hasRoom(total - received))) throw new DOMException('', 'QuotaExceededError')
  for (const part of filesOf(pack)) {
    const from = await bytesHere(accountId, pack.id, part)
    if (from < part.bytes) {
      await fetchFile(accountId, pack.id, part, from, signal, (bytes) => {
        received += bytes
        tell(pack.id, { received })
      })
    }
    // Ended early without saying so: what is here is good, the rest is fetched when it goes on.
    if ((await bytesHere(accountId, pack.id, part)) < part.bytes) throw new Problem('OFFLINE', 0, '')
    const file = await fileOf(accountId, pack.id, part)
    if (file === undefined || !(await isSound(file, part.sha256))) {
      await dropPieces(accountId, pack.id, part)
      throw new Problem('DAMAGED', 0, word('mobile.study.damaged'))
    }
  }
}

async function fetchFile(
  accountId: string,
  packId: string,
  part: Part,
  from: number,
  signal: AbortSignal,
  arrived: (bytes: number) => void,
): Promise<void> {
  const answer = await fetch(addressOf(getPartFile, { params: { packId, partId: part.id } }), {
    headers: { ...callerNow(), ...(from === 0 ? {} : { range: `bytes=${from}-`, 'if-range': `"${part.sha256}"` }) },
    signal,
  })
  // Whatever refuses it is asked once more through the client, which knows how to say why.
  if (!answer.ok) await call(getPack, { params: { packId } }, signal)
  if (!answer.ok || answer.body === null) throw new Problem('OFFLINE', answer.status, '')
  // Given whole although a part was asked for: it has changed, so what is here is of no use.
  let at = answer.status === 206 ? from : 0
  if (at === 0 && from > 0) {
    await dropPieces(accountId, packId, part)
    arrived(-from)
  }
  const write = async (pieces: Uint8Array<ArrayBuffer>[]) => {
    const bytes = new Blob(pieces)
    if (bytes.size === 0) return
    await addPiece(accountId, packId, part, at, bytes)
    at += bytes.size
    arrived(bytes.size)
  }
  const reader = answer.body.getReader()
  let waiting: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      waiting.push(value)
      size += value.length
      if (size < pieceBytes) continue
      await write(waiting)
      waiting = []
      size = 0
    }
  } finally {
    await write(waiting)
  }
}
