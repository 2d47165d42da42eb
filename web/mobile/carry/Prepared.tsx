/** Draws nothing: gets this phone ready for the day without a network, and delivers what it carries when the network is back. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useSync } from '../../shared/offline/useSync.ts'
import { useSession } from '../../shared/session.tsx'
import { deliverAll, prepareKey } from './prepare.ts'
import { carriedKey } from './useStore.ts'

export function Prepared() {
  const { sessionId } = useSession().me
  const queries = useQueryClient()
  // The browser may say nothing when a signal is back: the platform answered again.
  const { reached } = useSync()
  const running = useRef(false)
  useEffect(() => {
    const prepare = async () => {
      if (running.current) return
      running.current = true
      try {
        await prepareKey(sessionId)
        await deliverAll()
        await queries.invalidateQueries({ queryKey: carriedKey })
      } catch {
        // Without a network now; it is tried again when there is one.
      }
      running.current = false
    }
    if (reached) void prepare()
    const look = () => void prepare()
    window.addEventListener('online', look)
    return () => window.removeEventListener('online', look)
  }, [sessionId, queries, reached])
  return null
}
