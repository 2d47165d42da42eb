import { useEffect } from 'react'

/** Keeps the display lit while the page is shown, where the browser can; it lets go by itself when the page is hidden. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    let left = false
    const ask = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      try {
        lock = await navigator.wakeLock.request('screen')
        if (left) await lock.release()
      } catch {
        // Low battery or a browser that refuses: the display follows its own settings.
      }
    }
    const onShown = () => void ask()
    onShown()
    document.addEventListener('visibilitychange', onShown)
    return () => {
      left = true
      document.removeEventListener('visibilitychange', onShown)
      void lock?.release()
    }
  }, [])
}
