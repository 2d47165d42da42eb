/** Keeps the screen on while something is held up for another phone to read; where a browser cannot, it goes dark as always. */
import { useEffect } from 'react'

export function useAwake(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined
    let lock: WakeLockSentinel | undefined
    let shown = true
    const take = async () => {
      if (document.visibilityState !== 'visible') return
      try {
        lock = await navigator.wakeLock.request('screen')
        if (!shown) await lock.release()
      } catch {
        // Refused, for example while saving power.
      }
    }
    const look = () => void take()
    document.addEventListener('visibilitychange', look)
    look()
    return () => {
      shown = false
      document.removeEventListener('visibilitychange', look)
      void lock?.release().catch(() => {})
    }
  }, [])
}
