/** The hand-over's own store in components; read again after each change. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSession } from '../../shared/session.tsx'
import { findKey, listCarried, listMade } from './store.ts'

export const carriedKey = ['carry']

const local = { networkMode: 'always', staleTime: 0, retry: false } as const

export const useCarried = () => useQuery({ queryKey: [...carriedKey, 'carried'], queryFn: listCarried, ...local })

/** This session's key, null when there is none yet. */
export function useOwnKey() {
  const { sessionId } = useSession().me
  return useQuery({ queryKey: [...carriedKey, 'key', sessionId], queryFn: async () => (await findKey(sessionId)) ?? null, ...local })
}

export function useMade() {
  const { accountId } = useSession().me
  return useQuery({ queryKey: [...carriedKey, 'made', accountId], queryFn: () => listMade(accountId), ...local })
}

/** Reads the store again. */
export function useReread(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: carriedKey })
}
