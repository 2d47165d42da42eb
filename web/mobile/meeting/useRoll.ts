/**
 * The roll-call's queue: what is tapped shows at once and is written down on this phone a moment later; from then on it is safe and
 * sent by itself. “Saved” is said only when the platform has it.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { putAttendance } from '#contract/attendance'
import { getGathering } from '#contract/meetings'
import { call, Problem } from '../../shared/client.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import type { Attendance } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'

export type Mark = Pick<Attendance, 'memberId' | 'state' | 'leaveReason'> & { deviceAt: string }

/** Taps within this time travel together. */
const gatherMilliseconds = 250

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
  const sync = useSync()
  const [tapped, setTapped] = useState<ReadonlyMap<string, Mark>>(new Map())
  const [savedAt, setSavedAt] = useState<string>()
  const [problem, setProblem] = useState<Problem | null>(null)
  const latest = useRef({ tapped, params })
  /** Marks on their way into the phone's store; each goes there once. */
  const writing = useRef(new Set<Mark>())

  // Written down, but not known to have arrived.
  const written = useMemo(() => {
    const acts = sync.waiting.filter((act) => act.operation === putAttendance.id && act.params['gatheringId'] === params.gatheringId)
    return new Map(acts.flatMap(({ body }) => (body as { rows: Mark[] }).rows.map((mark): [string, Mark] => [mark.memberId, mark])))
  }, [sync.waiting, params.gatheringId])

  useEffect(() => {
    latest.current = { tapped, params }
    if (unwritten(tapped, writing.current).size === 0 || problem !== null) return undefined

    async function write() {
      const marks = unwritten(tapped, writing.current)
      for (const mark of marks.values()) writing.current.add(mark)
      try {
        await put(queries, params, marks)
        setSavedAt(new Date().toISOString())
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        setProblem(error)
      } finally {
        for (const mark of marks.values()) writing.current.delete(mark)
        setTapped((now) => new Map([...now].filter(([memberId, mark]) => marks.get(memberId) !== mark)))
      }
    }

    const timer = setTimeout(() => void write(), gatherMilliseconds)
    return () => clearTimeout(timer)
  }, [tapped, problem, params, queries])

  // Leaving the page or the app writes down at once what was tapped last.
  useEffect(() => {
    const onTheWay = writing.current
    const write = () => {
      const { tapped: all, params: where } = latest.current
      const left = unwritten(all, onTheWay)
      latest.current = { tapped: new Map(), params: where }
      if (left.size > 0) put(queries, where, left).catch(() => {})
    }
    window.addEventListener('pagehide', write)
    return () => {
      window.removeEventListener('pagehide', write)
      write()
    }
  }, [queries])

  const waiting = useMemo(() => new Map([...written, ...tapped]), [written, tapped])
  return {
    waiting,
    savedAt,
    problem: problem ?? (written.size > 0 && !sync.reached ? new Problem('OFFLINE', 0, '') : null),
    mark(marks) {
      const deviceAt = new Date().toISOString()
      setProblem(null)
      setTapped((now) => new Map([...now, ...marks.map((mark): [string, Mark] => [mark.memberId, { ...mark, deviceAt }])]))
    },
  }
}

const unwritten = (tapped: ReadonlyMap<string, Mark>, writing: ReadonlySet<Mark>): ReadonlyMap<string, Mark> =>
  new Map([...tapped].filter(([, mark]) => !writing.has(mark)))

/** Writes marks down; the answer becomes what every page shows of the gathering. */
async function put(queries: QueryClient, params: GatheringPath, marks: ReadonlyMap<string, Mark>): Promise<void> {
  const gathering = await call(putAttendance, { params, body: { rows: [...marks.values()] } })
  await queries.cancelQueries({ queryKey: [getGathering.id] })
  queries.setQueryData([getGathering.id, { params }], gathering)
}
