/** The pass once more as SD-JWT VC, for wallets and verifiers that know nothing of this platform. Same content, same issuer key, longer. */
import { fromBase64url, toBase64url } from './base64url.ts'
import { secondsOf } from './cbor.ts'
import { encode, part, signJws } from './jws.ts'
import { jwkOf, pointOf } from './keys.ts'
import { maskName, type PassContent } from './pass.ts'
import type { Signer } from './sign1.ts'

/** The type of the credential. Its claims: docs/pass/README.md. */
export const vct = 'urn:yigongli:activity-pass:1'

const saltBytes = 16
const digestOf = async (text: string): Promise<string> => toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', encode(text))))

/**
 * The twin: `<JWT>~<name>~<branch>~`, name (masked) and branch each to be disclosed or not. What is true of the pass is true of it: the same copy id
 * (`jti`), times, place in the status list and, unless it is on paper, holder key.
 * @param content `issuerUrl` is where `/.well-known/jwt-vc-issuer` names the issuer's keys
 * @throws PassProblem MALFORMED when the holder's key is no public key on P-256
 */
export async function signTwin(content: PassContent & { issuerUrl: string }, issuer: Signer): Promise<string> {
  const disclosures = [
    ['name', maskName(content.name)],
    ['branch', content.branch],
  ].map(([claim, value]) => part([toBase64url(crypto.getRandomValues(new Uint8Array(saltBytes))), claim, value]))
  const digests = await Promise.all(disclosures.map(digestOf))
  const payload = {
    iss: content.issuerUrl,
    vct,
    jti: content.copyId,
    iat: secondsOf(content.issuedAt),
    exp: secondsOf(content.expiresAt),
    status: { status_list: { idx: content.status.index, uri: content.status.uri } },
    ...(content.holder === null ? {} : { cnf: { jwk: jwkOf(pointOf(content.holder)) } }),
    _sd_alg: 'sha-256',
    // In the order of the digests, so that it does not tell which is which.
    _sd: digests.sort(),
  }
  const jwt = await signJws({ alg: 'ES256', typ: 'dc+sd-jwt', kid: issuer.kid }, payload, issuer.privateKey)
  return [jwt, ...disclosures, ''].join('~')
}

export interface TwinRequest {
  /** The verifier's, from its request. */
  nonce: string
  /** The verifier's client id. */
  audience: string
  at: Date
  /** Which of `name` and `branch` it is told. */
  disclose: readonly string[]
}

/** Shows a twin to a verifier that asked (OpenID4VP): what it may see, and a key-binding JWT over exactly that. */
export async function presentTwin(twin: string, holderKey: CryptoKey, { nonce, audience, at, disclose }: TwinRequest): Promise<string> {
  const [jwt = '', ...disclosures] = twin.split('~').slice(0, -1)
  const shown = disclosures.filter((disclosure) => disclose.includes(claimOf(disclosure)))
  const text = `${[jwt, ...shown].join('~')}~`
  const payload = { iat: secondsOf(at), aud: audience, nonce, sd_hash: await digestOf(text) }
  return text + (await signJws({ alg: 'ES256', typ: 'kb+jwt' }, payload, holderKey))
}

function claimOf(disclosure: string): string {
  const [, claim] = JSON.parse(new TextDecoder().decode(fromBase64url(disclosure))) as [string, string, unknown]
  return claim
}
