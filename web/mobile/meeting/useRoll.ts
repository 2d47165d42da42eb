/**
 * The roll-call's queue: what is tapped shows at once, is sent a moment later, and stays in the queue until the platform has answered.
 * Without a network it is tried again by itself; nothing tapped is dropped while the page is open.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { getGathering, putAttendance } from '#contract/meetings'
import { call, Problem } from '../../shared/client.ts'
import type { Attendance } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'

export type Mark = Pick<Attendance, 'memberId' | 'state' | 'leaveReason'> & { deviceAt: string }

/** Taps within this time travel together. */
const gatherMilliseconds = 250
const againMilliseconds = 3000

export interface Roll {
  /** What is tapped and not yet kept by the platform, by member. */
  waiting: ReadonlyMap<string, Mark>
  mark: (marks: readonly Omit<Mark, 'deviceAt'>[]) => void
  /** When the platform last kept something, ISO 8601. */
  savedAt: string | undefined
  problem: Problem | null
}

export function useRoll(params: GatheringPath): Roll {
  const queries = useQueryClient()
  const [waiting, setWaiting] = useState<ReadonlyMap<string, Mark>>(new Map())
  const [savedAt, setSavedAt] = useState<string>()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [sending, setSending] = useState(false)
  const latest = useRef({ waiting, params })

  useEffect(() => {
    latest.current = { waiting, params }
    const refused = problem !== null && problem.code !== 'OFFLINE'
    if (waiting.size === 0 || sending || refused) return undefined

    async function send() {
      setSending(true)
      try {
        await put(queries, params, waiting)
        setProblem(null)
        setSavedAt(new Date().toISOString())
        setWaiting((now) => new Map([...now].filter(([memberId, mark]) => waiting.get(memberId) !== mark)))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        setProblem(error)
      } finally {
        setSending(false)
      }
    }

    const timer = setTimeout(() => void send(), problem === null ? gatherMilliseconds : againMilliseconds)
    return () => clearTimeout(timer)
  }, [waiting, sending, problem, params, queries])

  // Leaving the page sends what is still waiting; closing the app asks first.
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current.waiting.size > 0) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      const { waiting: left, params: where } = latest.current
      if (left.size > 0) put(queries, where, left).catch(() => {})
    }
  }, [queries])

  return {
    waiting,
    savedAt,
    problem,
    mark(marks) {
      const deviceAt = new Date().toISOString()
      setProblem(null)
      setWaiting((now) => new Map([...now, ...marks.map((mark): [string, Mark] => [mark.memberId, { ...mark, deviceAt }])]))
    },
  }
}

/** Sends marks; the answer becomes what every page shows of the gathering. */
async function put(queries: QueryClient, params: GatheringPath, marks: ReadonlyMap<string, Mark>): Promise<void> {
  const gathering = await call(putAttendance, { params, body: { rows: [...marks.values()] } })
  await queries.cancelQueries({ queryKey: [getGathering.id] })
  queries.setQueryData([getGathering.id, { params }], gathering)
}
