/** Web Push (RFC 8030, 8291, 8292): wakes a browser and says only that there is something; what it is stands behind the sign-in. */
import { createECDH } from 'node:crypto'
import webpush from 'web-push'
import type { Secrets } from './secrets.ts'

export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** Push services of the browsers. Nothing is posted anywhere else, whatever address a device hands in. */
const services = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', '.push.apple.com', '.notify.windows.com']

export function isPushService(endpoint: string): boolean {
  const { protocol, hostname, port } = new URL(endpoint)
  return (
    protocol === 'https:' && port === '' && services.some((name) => (name.startsWith('.') ? hostname.endsWith(name) : hostname === name))
  )
}

/** The pair that signs what is pushed (VAPID), derived from the key file, so that it need not be kept beside it. */
function pairOf(secrets: Secrets): { publicKey: string; privateKey: string } {
  const privateKey = secrets.lookup('push', 'P-256')
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey)
  return { publicKey: pair.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') }
}

/** The public key that browsers subscribe with. */
export const pushKeyOf = (secrets: Secrets): string => pairOf(secrets).publicKey

/** The same words for everybody: who looks over a shoulder or reads on the way learns nothing. */
const words = {
  title: { zh: '一公里', en: 'Yigongli' },
  body: { zh: '有新的提醒，打开看看。', en: 'There is something new; open to see it.' },
  href: '/notices',
}

const milliseconds = 5000
/** A phone that stays off gets it within a day, or the next digest. */
const keptSeconds = 86_400

/** Posts as `fetch` does. */
export type Post = (url: string, init: RequestInit) => Promise<Response>

/**
 * Wakes one browser. @param contact whom the push service may ask, an address of this platform
 * @returns false when the service no longer knows the subscription @throws Error when it does not take it now
 */
export async function wake(secrets: Secrets, subscription: Subscription, contact: string, post: Post = fetch): Promise<boolean> {
  const details = webpush.generateRequestDetails(subscription, JSON.stringify(words), {
    vapidDetails: { subject: contact, ...pairOf(secrets) },
    TTL: keptSeconds,
    contentEncoding: 'aes128gcm',
  })
  const answer = await post(details.endpoint, {
    method: 'POST',
    headers: details.headers,
    body: new Uint8Array(details.body),
    signal: AbortSignal.timeout(milliseconds),
    redirect: 'error',
  })
  if (answer.status === 404 || answer.status === 410) return false
  if (!answer.ok) throw new Error(`the push service answered ${answer.status}`)
  return true
}
