/** Keys of the hand-over: the platform's own, and those of devices, each counting as long as the session it was registered in. */
import { createPublicKey } from 'node:crypto'
import { calculateJwkThumbprint, type JWK } from 'jose'
import type * as contract from '#contract/packages'
import type { BodyOf, ReturnsOf } from '#contract/operation'
import { attempt, type Context, DomainError, type Secrets, sql } from '#platform'

export function platformKeys({ packages, receipts }: Secrets): ReturnsOf<typeof contract.getPackageKeys> {
  const [seal] = packages
  if (seal === undefined) throw new Error('no pair for packages')
  return { seal: seal.publicKey, receipts: receipts.map((pair) => pair.publicKey) }
}

const malformed = '这把公钥不在 P-256 曲线上，请重新生成后再登记 / not a point of P-256; make a new key and register that'

/** @throws DomainError INVALID when the coordinates are no point of the curve, ID_TAKEN when another session holds this key */
export async function putDeviceKey(
  ctx: Context,
  secrets: Secrets,
  key: BodyOf<typeof contract.putDeviceKey>,
): Promise<ReturnsOf<typeof contract.putDeviceKey>> {
  const { id: accountId, sessionId } = ctx.account
  try {
    createPublicKey({ key, format: 'jwk' })
  } catch {
    throw new DomainError('INVALID', { fields: [{ path: 'body.x', message: malformed }] })
  }
  await attempt(ctx, 'device-key', secrets.lookup('device-key', accountId), 30, 86_400)
  const keyId = await calculateJwkThumbprint(key)
  const held = await ctx.get(sql<{ sessionId: string }>`
    insert into sync.device_key (key_id, account_id, session_id, x, y) values (${keyId}, ${accountId}, ${sessionId}, ${key.x}, ${key.y})
    on conflict (key_id) do update set key_id = excluded.key_id returning session_id as "sessionId"`)
  if (held.sessionId !== sessionId) throw new DomainError('ID_TAKEN')
  return { keyId, sessionId }
}

export interface Device {
  accountId: string
  key: JWK
  name: string
  subjectId: string | null
  sessionId: string
  /** The session was signed out, revoked or has run out, or the account is closed: what the device signs counts no more. */
  ended: boolean
}

export function findDevice(ctx: Context, keyId: string): Promise<Device | undefined> {
  return ctx.find(sql<Device>`
    select k.account_id as "accountId", k.session_id as "sessionId", a.name, a.subject_id as "subjectId",
      jsonb_build_object('kty', 'EC', 'crv', 'P-256', 'x', k.x, 'y', k.y) as key,
      s.revoked_at is not null or s.expires_at <= ${ctx.now} or a.closed_at is not null as ended
    from sync.device_key k join platform.session s on s.id = k.session_id join platform.account a on a.id = k.account_id
    where k.key_id = ${keyId}`)
}
