/** Which committees may issue passes, certified by the province's root key: one leaked key is withdrawn without touching any other. */
import { malformed, must, read, secondsOf, write } from './cbor.ts'
import { compressed, jwkOf, kidFrom, kidOf, pointFrom, pointOf } from './keys.ts'
import { readSign1, sign1, type Signed, type Signer } from './sign1.ts'
import { toBase64url } from './base64url.ts'

export interface IssuerEntry {
  /** See `kidOf`. */
  kid: string
  publicKey: JsonWebKey
  /** Of the committee, as a person at the door reads it. */
  name: string
  areaCode: string
  /** What it signs from here… */
  validFrom: Date
  /** …to here, both included, is good. */
  validUntil: Date
  /**
   * What it signed at or after this moment is refused; null for a key in use. A committee that ends: the day it ends, and earlier passes stay good.
   * A key that leaked: `validFrom`, since a thief writes any date, and this committee's passes alone are signed anew.
   */
  withdrawnAt: Date | null
}

export interface IssuersContent {
  /** Names the list; a newer one of the same name takes its place. For example `ygl:53:issuers`. */
  uri: string
  issuedAt: Date
  expiresAt: Date
  issuers: readonly IssuerEntry[]
}

const typ = 'application/yigongli-issuers+cwt'
const claim = { subject: 2, expires: 4, issued: 6, issuers: -65_539 } as const
/** kid, key, name, area, from, until, withdrawn. */
const partsOfEntry = 7

/** @throws PassProblem MALFORMED when a key is not on P-256 or a kid not its name */
export async function signIssuers({ uri, issuedAt, expiresAt, issuers }: IssuersContent, root: Signer): Promise<Uint8Array> {
  const entries = issuers.map(async ({ kid, publicKey, name, areaCode, validFrom, validUntil, withdrawnAt }) => {
    if (kid !== (await kidOf(publicKey))) throw malformed(`${kid} is not the name of the key of ${name}`)
    const times = [secondsOf(validFrom), secondsOf(validUntil), withdrawnAt === null ? null : secondsOf(withdrawnAt)]
    return [kidFrom(kid), compressed(pointOf(publicKey)), name, areaCode, ...times]
  })
  const claims = new Map<number, unknown>([
    [claim.subject, uri],
    [claim.issued, secondsOf(issuedAt)],
    [claim.expires, secondsOf(expiresAt)],
    [claim.issuers, await Promise.all(entries)],
  ])
  return sign1(write(claims), root.privateKey, { kid: root.kid, typ })
}

/** Is this signed list one of issuers? */
export const isIssuers = (signed: Signed): boolean => signed.typ === typ

/** @throws PassProblem MALFORMED */
export function readIssuers(bytes: Uint8Array): IssuersContent {
  const claims = must.map(read(readSign1(bytes).payload), 'issuers')
  return {
    uri: must.text(claims.get(claim.subject), 'sub'),
    issuedAt: must.time(claims.get(claim.issued), 'iat'),
    expiresAt: must.time(claims.get(claim.expires), 'exp'),
    issuers: must.list(claims.get(claim.issuers), 'issuers').map(readEntry),
  }
}

function readEntry(value: unknown): IssuerEntry {
  const [kid, key, name, areaCode, from, until, withdrawn, ...more] = must.list(value, 'issuer')
  if (withdrawn === undefined || more.length > 0) throw malformed(`an issuer has ${partsOfEntry} parts`)
  return {
    kid: toBase64url(must.bytes(kid, 'kid', 8)),
    publicKey: jwkOf(pointFrom(must.bytes(key, 'key', 33))),
    name: must.text(name, 'name'),
    areaCode: must.text(areaCode, 'area'),
    validFrom: must.time(from, 'from'),
    validUntil: must.time(until, 'until'),
    withdrawnAt: withdrawn === null ? null : must.time(withdrawn, 'withdrawn'),
  }
}
