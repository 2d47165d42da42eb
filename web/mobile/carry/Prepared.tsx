/** Draws nothing: gets this phone ready for the day without a network, and delivers what it carries when the network is back. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSession } from '../../shared/session.tsx'
import { deliverAll, prepareKey } from './prepare.ts'
import { carriedKey } from './useStore.ts'

export function Prepared() {
  const { sessionId } = useSession().me
  const queries = useQueryClient()
  useEffect(() => {
    let running = false
    const prepare = async () => {
      if (running) return
      running = true
      try {
        await prepareKey(sessionId)
        await deliverAll()
        await queries.invalidateQueries({ queryKey: carriedKey })
      } catch {
        // Without a network now; it is tried again when there is one.
      }
      running = false
    }
    void prepare()
    const look = () => void prepare()
    window.addEventListener('online', look)
    return () => window.removeEventListener('online', look)
  }, [sessionId, queries])
  return null
}
