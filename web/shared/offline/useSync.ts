/** What a page may know about this device: what waits, what came back, how old everything is. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useSession } from '../session.tsx'
import { onSync, type Sync, syncNow } from './known.ts'
import { enter } from './offline.ts'

export const useSync = (): Sync => useSyncExternalStore(onSync, syncNow)

/** Keeps on this device what the signed-in person needs without a network. Once, inside the session. */
export function useKeeping(): void {
  const { me } = useSession()
  const queries = useQueryClient()
  const posts = me.posts.map(({ id }) => id).join(' ')
  useEffect(() => {
    void enter(me.accountId, posts === '' ? [] : posts.split(' '), () => void queries.invalidateQueries())
  }, [me.accountId, posts, queries])
}
