/** Web Push on this device: what the browser can do and what it gives. The platform hears only the address and its keys. */
import type { z } from 'zod'
import type { PushSubscription as Shape } from '#contract/notifications'

export const canPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** Asks the person and the browser. `refused`: the person or the system said no; `failed`: the browser reaches no push service. */
export async function subscribeHere(pushKey: string): Promise<z.input<typeof Shape> | 'refused' | 'failed'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'refused'
  const worker = await navigator.serviceWorker.getRegistration()
  if (worker === undefined) return 'failed'
  try {
    const given = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
    const { endpoint, keys } = given.toJSON()
    return { endpoint: endpoint ?? '', keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' } }
  } catch {
    return 'failed'
  }
}

export async function unsubscribeHere(): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration()
  await (await worker?.pushManager.getSubscription())?.unsubscribe()
}
