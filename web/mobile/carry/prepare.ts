/**
 * While there is a network: a signing key is made for this session and registered, the platform's keys are kept, and packages carried for
 * others are delivered. So that on the day without a network everything is there.
 */
import { getPackageKeys, putDeviceKey, putPackage } from '#contract/packages'
import { call, Problem } from '../../shared/client.ts'
import { passes } from '../../shared/offline/reach.ts'
import { type Carried, findKey, keepCarried, keepKey, listCarried, type OwnKey } from './store.ts'

async function ownKey(sessionId: string): Promise<OwnKey> {
  const kept = await findKey(sessionId)
  if (kept !== undefined) return kept
  // Not extractable: nobody, this page included, ever sees the private part.
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const key: OwnKey = { sessionId, ...pair, keyId: null, platform: null }
  await keepKey(key)
  return key
}

/** @throws Problem without a network; what was done stays done */
export async function prepareKey(sessionId: string): Promise<void> {
  const key = await ownKey(sessionId)
  if (key.keyId === null) {
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key.publicKey)
    const { keyId } = await call(putDeviceKey, { body: { kty: 'EC', crv: 'P-256', x, y } })
    Object.assign(key, { keyId })
    await keepKey(key)
  }
  await keepKey({ ...key, platform: await call(getPackageKeys, {}) })
}

/** Delivers one package and keeps what the platform said. @throws Problem when it was not reached or is busy: then it stays as it was */
export async function deliver(carried: Carried): Promise<Carried> {
  const { packageId, sealed } = carried
  try {
    const { receivedAt, acts, repeated, receipt } = await call(putPackage, { params: { packageId }, body: { sealed } })
    const delivered = { ...carried, delivered: { receivedAt, acts, repeated, receipt }, refused: null }
    await keepCarried(delivered)
    return delivered
  } catch (error) {
    if (!(error instanceof Problem) || passes(error)) throw error
    const refused = { ...carried, refused: error.fields[0]?.message ?? error.message }
    await keepCarried(refused)
    return refused
  }
}

/** Delivers what waits; what was refused waits for its carrier to try again. @throws Problem at the first that passes by itself */
export async function deliverAll(): Promise<void> {
  for (const carried of await listCarried()) if (carried.delivered === null && carried.refused === null) await deliver(carried)
}
