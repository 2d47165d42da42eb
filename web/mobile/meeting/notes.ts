/**
 * What somebody said on the way stays on this phone until the platform has it. Words are an act like any other done without a network;
 * a voice note waits here, since its sound has to arrive first. Sent again by itself; sending twice is one contribution.
 */
import { type DBSchema, openDB } from 'idb'
import { useCallback, useEffect, useState } from 'react'
import { putFile } from '#contract/files'
import { putContribution } from '#contract/attendance'
import { call, Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import type { GatheringPath } from './Meeting.tsx'

export interface Note {
  id: string
  owner: string
  organisationId: string
  gatheringId: string
  text: string
  voice: { fileId: string; blob: Blob }
  deviceAt: string
}

interface Schema extends DBSchema {
  note: { key: string; value: Note }
}

const open = () =>
  openDB<Schema>('yigongli.way', 1, {
    upgrade(database) {
      database.createObjectStore('note', { keyPath: 'id' })
    },
  })

const againMilliseconds = 15_000

/** Sends one note, the voice first. @throws Problem */
async function send({ id, organisationId, gatheringId, text, voice, deviceAt }: Note): Promise<void> {
  await call(putFile, { params: { fileId: voice.fileId }, query: { name: `${id}.webm` }, body: voice.blob })
  const params = { organisationId, gatheringId, contributionId: id }
  await call(putContribution, { params, body: { text, fileId: voice.fileId, deviceAt } })
}

/** Notes of this person to this gathering that the platform does not have yet. @param onSent tells that one has arrived */
export function useNotes({ organisationId, gatheringId }: GatheringPath, owner: string, onSent: () => void) {
  const [waiting, setWaiting] = useState<Note[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)

  const flush = useCallback(async () => {
    const database = await open()
    const all = (await database.getAll('note')).filter((note) => note.owner === owner && note.gatheringId === gatheringId)
    setWaiting(all)
    for (const note of all) {
      try {
        await send(note)
        await database.delete('note', note.id)
        setWaiting((now) => now.filter(({ id }) => id !== note.id))
        setProblem(null)
        onSent()
      } catch (error) {
        setProblem(error instanceof Problem ? error : null)
        break
      }
    }
    database.close()
  }, [owner, gatheringId, onSent])

  useEffect(() => {
    const look = () => void flush().catch(() => {})
    look()
    const timer = setInterval(look, againMilliseconds)
    window.addEventListener('online', look)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', look)
    }
  }, [flush])

  return {
    waiting,
    problem,
    /** Says it now, or as soon as that is possible. @throws Problem when words are refused */
    async say(text: string, voice: Blob | null): Promise<void> {
      const deviceAt = new Date().toISOString()
      if (voice === null) {
        const params = { organisationId, gatheringId, contributionId: newId() }
        await call(putContribution, { params, body: { text, deviceAt } })
        return onSent()
      }
      const database = await open()
      await database.put('note', {
        id: newId(),
        owner,
        organisationId,
        gatheringId,
        text,
        voice: { fileId: newId(), blob: voice },
        deviceAt,
      })
      database.close()
      await flush()
    },
    /** Takes a note back that the platform refused. */
    async drop(id: string): Promise<void> {
      const database = await open()
      await database.delete('note', id)
      database.close()
      setWaiting((now) => now.filter((note) => note.id !== id))
      setProblem(null)
    },
  }
}
