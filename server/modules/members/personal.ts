/** Personal numbers: checked, masked, sealed, found by exact look-up only. */
import { checkIdentityNumber } from '#rules'
import { DomainError, type Secrets } from '#platform'

/** 530000********0002 → first six and last four stay. */
export const maskIdentity = (number: string) => `${number.slice(0, 6)}********${number.slice(-4)}`
/** 138****0001. */
export const maskPhone = (phone: string | null) => (phone === null || phone === '' ? '' : `${phone.slice(0, 3)}****${phone.slice(-4)}`)

/**
 * The number in its stored form (upper-case X). Source: GB 11643-1999.
 * @throws DomainError IDENTITY_NUMBER_INVALID naming what is wrong
 */
export function checkedIdentity(number: string): string {
  const upper = number.toUpperCase()
  const verdict = checkIdentityNumber(upper)
  if (!verdict.ok) {
    throw new DomainError('IDENTITY_NUMBER_INVALID', {
      status: 400,
      sentence: verdict.reason,
      fields: [{ path: 'body.identityNumber', message: `${verdict.reason.zh} / ${verdict.reason.en}` }],
    })
  }
  return upper
}

export function sealPersonal(secrets: Secrets, identity: string, phone: string | null) {
  return {
    identitySealed: secrets.seal(identity),
    identityHash: secrets.lookup('identity', identity),
    identityMasked: maskIdentity(identity),
    phoneSealed: phone === null ? null : secrets.seal(phone),
    phoneHash: phone === null ? null : secrets.lookup('phone', phone),
    phoneMasked: maskPhone(phone),
  }
}
