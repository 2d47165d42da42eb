/**
 * The roll as it is being called: what was tapped is shown at once, sent in small batches, and kept in this tab until the
 * platform has said that it is saved.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { putAttendance } from '#contract/attendance'
import { attendanceStates } from '#contract/meetings'
import type { Problem } from '../../shared/client.ts'
import { onForget } from '../field/draft.ts'
import { type Gathering, useStep } from './useGathering.ts'

export type RollRow = Gathering['roster'][number]
type Mark = Pick<RollRow, 'state' | 'leaveReason'> & { deviceAt: string }
type Marks = Readonly<Record<string, Mark>>

const batchMilliseconds = 200
const nothing: Marks = {}
const nameOf = (gatheringId: string) => `yigongli.draft.roll.${gatheringId}`

/** Marks not saved yet, by gathering. One place, for the heading and the list show the same. */
const held = new Map<string, Marks>()
const listeners = new Set<() => void>()
onForget(() => held.clear())

function marksOf(gatheringId: string): Marks {
  const known = held.get(gatheringId)
  if (known !== undefined) return known
  let kept: Marks = nothing
  try {
    kept = (JSON.parse(sessionStorage.getItem(nameOf(gatheringId)) ?? 'null') as Marks | null) ?? nothing
  } catch {
    // Nothing was kept.
  }
  held.set(gatheringId, kept)
  return kept
}

function hold(gatheringId: string, marks: Marks): void {
  held.set(gatheringId, marks)
  try {
    if (Object.keys(marks).length === 0) sessionStorage.removeItem(nameOf(gatheringId))
    else sessionStorage.setItem(nameOf(gatheringId), JSON.stringify(marks))
  } catch {
    // Held in memory all the same.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The roll with what is not saved yet laid over it. */
export function useRoll(gathering: Gathering): { rows: RollRow[]; waiting: number } {
  const marks = useSyncExternalStore(subscribe, () => marksOf(gathering.id))
  return { rows: gathering.roster.map((row) => ({ ...row, ...marks[row.memberId] })), waiting: Object.keys(marks).length }
}

interface RollCalling {
  mark: (rows: readonly RollRow[], state: RollRow['state'], leaveReason?: RollRow['leaveReason']) => void
  problem: Problem | null
  again: () => void
}

/** States the recorder marks, in the order of their keys. */
export const markable = attendanceStates.filter((state) => state !== 'EXPECTED' && state !== 'EXCUSED_LONG_TERM')

/** Calling the roll: `mark` shows and sends; `problem` says why the last batch did not go out, `again` sends it once more. */
export function useRollCall(gathering: Gathering): RollCalling {
  const queries = useQueryClient()
  const action = useStep(putAttendance, gathering)
  const { busy, problem, reset } = action
  const marks = useSyncExternalStore(subscribe, () => marksOf(gathering.id))
  const send = useCallback(async () => {
    const sent = marksOf(gathering.id)
    const rows = Object.entries(sent).map(([memberId, mark]) => ({ memberId, ...mark }))
    if (rows.length === 0) return
    await queries.cancelQueries({ queryKey: ['meetings.getGathering'] })
    await action.run({ body: { rows } })
    // What was tapped again meanwhile stays for the next batch.
    hold(gathering.id, Object.fromEntries(Object.entries(marksOf(gathering.id)).filter(([memberId, mark]) => sent[memberId] !== mark)))
    // oxlint-disable-next-line react/exhaustive-deps
  }, [gathering.id])
  useEffect(() => {
    if (busy || problem !== null || marks === nothing || Object.keys(marks).length === 0) return undefined
    const timer = setTimeout(() => void send().catch(() => {}), batchMilliseconds)
    return () => clearTimeout(timer)
  }, [marks, busy, problem, send])
  useEffect(() => {
    if (problem === null) return undefined
    window.addEventListener('online', reset)
    return () => window.removeEventListener('online', reset)
  }, [problem, reset])
  return {
    mark(rows, state, leaveReason = null) {
      const deviceAt = new Date().toISOString()
      hold(gathering.id, {
        ...marksOf(gathering.id),
        ...Object.fromEntries(rows.map((row) => [row.memberId, { state, leaveReason, deviceAt }])),
      })
      reset()
    },
    problem,
    again: reset,
  }
}
