/** What this phone says of its network, where it says anything (Network Information API). */

interface Connection extends EventTarget {
  type?: string
  saveData?: boolean
}

const connection = (): Connection | undefined => (navigator as { connection?: Connection }).connection

/** On Wi-Fi or a cable: true · on paid data: false · the browser does not tell: undefined. */
export function isFree(): boolean | undefined {
  const found = connection()
  if (found?.saveData === true) return false
  if (found?.type === undefined || found.type === 'unknown' || found.type === 'other') return undefined
  return found.type === 'wifi' || found.type === 'ethernet'
}

/** Calls `listener` when the network changes or comes back. @returns stops it */
export function onNetwork(listener: () => void): () => void {
  const found = connection()
  found?.addEventListener('change', listener)
  window.addEventListener('online', listener)
  return () => {
    found?.removeEventListener('change', listener)
    window.removeEventListener('online', listener)
  }
}

/** Is there room for so many bytes? True where the browser does not tell. */
export async function hasRoom(bytes: number): Promise<boolean> {
  const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
  return quota === undefined || quota - usage > bytes
}
