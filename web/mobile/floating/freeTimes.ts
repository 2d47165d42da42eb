/** When somebody is free in an ordinary week, and which gatherings fit. Kept on this phone only, with what it keeps sealed; never sent. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { dayOf } from '../../shared/dates.ts'
import { SealedStore } from '../../shared/offline/sealed.ts'
import { useSession } from '../../shared/session.tsx'

export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
/** Before noon, until six, and after. */
export const parts = ['M', 'A', 'E'] as const

/** A part of a weekday, for example `6A`, Saturday afternoon. */
export type FreeTime = `${(typeof weekdays)[number]}${(typeof parts)[number]}`

const name = 'free'
const eveningHour = 18
const noonHour = 12

/** The part of the week a moment falls into, by the clock of Asia/Shanghai. */
function partOf(moment: string): FreeTime {
  const day = dayOf(new Date(moment))
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  const hour = new Date(Date.parse(moment) + 8 * 3_600_000).getUTCHours()
  const part = hour < noonHour ? 'M' : hour < eveningHour ? 'A' : 'E'
  return `${String(weekday === 0 ? 7 : weekday) as (typeof weekdays)[number]}${part}`
}

/** Does a gathering begin and end while one is free? */
export const fits = (
  { plannedStart, plannedEnd }: { plannedStart: string; plannedEnd: string | null },
  free: readonly FreeTime[],
): boolean => free.includes(partOf(plannedStart)) && (plannedEnd === null || free.includes(partOf(plannedEnd)))

/** What one said, and how to say it anew. */
export function useFreeTimes(): { free: readonly FreeTime[]; setFree: (free: readonly FreeTime[]) => void } {
  const { accountId } = useSession().me
  const queries = useQueryClient()
  const queryKey = ['floating.free', accountId]
  const asked = useQuery({
    queryKey,
    queryFn: () => SealedStore.with(accountId, async (store) => JSON.parse((await store.word(name)) ?? '[]') as FreeTime[]),
    networkMode: 'always',
    staleTime: Infinity,
    retry: false,
  })
  return {
    free: asked.data ?? [],
    setFree(free) {
      queries.setQueryData(queryKey, free)
      void SealedStore.with(accountId, (store) => store.keepWord(name, JSON.stringify(free))).catch(() => {})
    },
  }
}
