/**
 * A small province with fixed keys, for tests, vectors and the benchmark: a root, two committees, a holder, and a code for every outcome.
 * TEST KEYS: published with this file, so whatever they sign is worth nothing. No installation trusts them.
 */
import {
  type IssuerEntry,
  kidOf,
  mostStatuses,
  type Outcome,
  packTrust,
  type PassContent,
  passText,
  present,
  type RootKey,
  signIssuers,
  signPass,
  signStatuses,
  type Signer,
  status,
} from '#pass'

const key = (x: string, y: string, d: string) => ({ kty: 'EC', crv: 'P-256', x, y, d })

export const testKeys = {
  root: key(
    'RQkF8JIMZuQ7FoTX-QLbUkQgKHp_1IZr7idFd4NZOm4',
    'OnaK6TVVfkFJwmbp-F8gSR-7SK3NTuU8-0LWyy5BnRA',
    '9O0HOHGkCvgr4fZ0DIp7Bh2LL_hT6oWE_68wsqf_53Y',
  ),
  otherRoot: key(
    '1RYDrINnXCx3obyJA3tIZjN9I8hhNtm3aif-qL0k78o',
    'cLAhUKEC9FcbbOKS4eEmvtUkLOwnCjwfmI-_mjlGLKI',
    'Tgir0Q54XgEdrt4usxfIwPjJiMr9X3bO37MDm7ZLcPU',
  ),
  issuer: key(
    'k1kJWwYwNkU-F1-hQBqQdTwzVDDPfQiOCSZx2zW1GAI',
    'LZATDtj2gBvUvUA_NBGEKQLPhgxvAWt3BHOqeYsTxic',
    '0J_QGU01FXvMWjqnR8DjD1sB_sJVy3vFLWQ9a0p299Y',
  ),
  otherIssuer: key(
    'hxPJPWvI7mMUeIR-L6ZGSuo890CnHdLBSejmWeEcFOQ',
    'yQwmhg0O67oVncn_MG4RqK8txw0NI-Gqs3bi5VcYUO4',
    'LbyVaQ8EnFUYNDq04SaMLNIa9zs5uEQ1epA7T6JHirs',
  ),
  holder: key(
    'H5irBT7Aq2NKXCnAX6W1vYd-Ku3tkI6cX-HoCo3qSY0',
    'SthJyG24fwXc3FflufY-Q67twvU8Gl9m0vUT-mmthuU',
    'LOXTXdJLWWpkz-J9fjHEEtwE0rfErRrbnHdx9yw1zic',
  ),
  thief: key(
    '-sxd7gTJ8gEOud4oDqFSpAY-ab_vmlAq9Ywt93qET-g',
    'Il19zsj-sZ7Me96SxgTDQ4YFHhnbk4wGDH6RWuW2mj8',
    'YGBI9dIwYFWnu7Khjez5_nALsIBx84GI_TKGKa1D4m8',
  ),
} as const

export type KeyName = keyof typeof testKeys

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

export const publicOf = (name: KeyName): JsonWebKey => {
  const { kty, crv, x, y } = testKeys[name]
  return { kty, crv, x, y }
}
export const privateOf = (name: KeyName): Promise<CryptoKey> => crypto.subtle.importKey('jwk', testKeys[name], algorithm, false, ['sign'])
export const signerOf = async (name: KeyName): Promise<Signer> => ({
  kid: await kidOf(publicOf(name)),
  privateKey: await privateOf(name),
})

/** The moment of the example: a gathering on a Thursday evening in Kunming. */
export const now = new Date('2026-11-26T19:30:00+08:00')
export const later = (seconds: number, from = now): Date => new Date(from.getTime() + seconds * 1000)
const [hour, day] = [3600, 86_400]

export const roots: RootKey[] = [{ publicKey: publicOf('root'), name: '云南省（测试）', areaCode: '53' }]

/** What nobody must find in a pass. */
export const secrets = { name: '王小明', identityNumber: '530000199001010015', phone: '13800000000' }

export const content: PassContent = {
  copyId: '019ac0de-5300-7000-8000-000000000001',
  issuedAt: later(-20 * day),
  expiresAt: later(70 * day),
  name: secrets.name,
  branch: '隔界村党支部',
  status: { uri: 'ygl:53:0', index: 4711 },
  holder: publicOf('holder'),
}

/** Places in the list of the example. */
export const places = { good: 4711, revoked: 4712, suspended: 4713 } as const

export async function issuerEntry(name: KeyName, more: Partial<IssuerEntry> = {}): Promise<IssuerEntry> {
  return {
    kid: await kidOf(publicOf(name)),
    publicKey: publicOf(name),
    name: '昭通市流动党员管理工委（测试）',
    areaCode: '530600',
    validFrom: later(-300 * day),
    validUntil: later(300 * day),
    withdrawnAt: null,
    ...more,
  }
}

interface Lists {
  /** How long ago the lists were signed, seconds. */
  age?: number
  withdrawnAt?: Date
  validUntil?: Date
  without?: 'statuses' | 'issuers'
}

/** The trust bundle of the example: lists signed three hours ago and good for three days. */
export async function trustBytes({ age = 3 * hour, withdrawnAt, validUntil, without }: Lists = {}): Promise<Uint8Array> {
  const root = await signerOf('root')
  const signed = { issuedAt: later(-age), expiresAt: later(-age + 3 * day) }
  const statuses = new Uint8Array(10_000)
  statuses[places.revoked] = status.revoked
  statuses[places.suspended] = status.suspended
  const entry = await issuerEntry('issuer', { ...(withdrawnAt && { withdrawnAt }), ...(validUntil && { validUntil }) })
  return packTrust({
    roots,
    issuers: without === 'issuers' ? [] : [await signIssuers({ uri: 'ygl:53:issuers', ...signed, issuers: [entry] }, root)],
    statuses: without === 'statuses' ? [] : [await signStatuses({ uri: 'ygl:53:0', ...signed, statuses }, root)],
  })
}

interface Scene {
  outcome: Outcome
  about: string
  text: string
  trust: Uint8Array
  at: Date
}

const sign = async (more: Partial<PassContent> = {}, by: KeyName = 'issuer') => signPass({ ...content, ...more }, await signerOf(by))
const show = async (pass: Uint8Array, proofAge = 5, by: KeyName = 'holder') => present(pass, await privateOf(by), later(-proofAge))
const placed = (index: number) => ({ status: { uri: 'ygl:53:0', index } })

/** A code for every outcome, and for every way to it. */
export async function scenes(): Promise<Scene[]> {
  const trust = await trustBytes()
  const pass = await sign()
  const paper = await sign({ holder: null })
  const good = await show(pass)
  const scene = (outcome: Outcome, about: string, text: string, more: Partial<Scene> = {}) => ({
    outcome,
    about,
    text,
    trust,
    at: now,
    ...more,
  })
  return [
    scene('VALID', 'shown by the phone it was made for, five seconds after the proof', good),
    scene('VALID', 'the holder’s clock is 25 seconds ahead', await show(pass, -25)),
    scene('VALID_PAPER', 'a copy without a holder key', passText(paper)),
    scene('LIST_OLD', 'the lists are five days old and were good for three', good, { trust: await trustBytes({ age: 5 * day }) }),
    scene('LIST_OLD', 'the same on paper', passText(paper), { trust: await trustBytes({ age: 5 * day }) }),
    scene('COPY', 'made for a phone, photocopied', passText(pass)),
    scene('PROOF_OLD', 'a screenshot of two minutes ago', await show(pass, 120)),
    scene('PROOF_WRONG', 'another phone signed the proof', await show(pass, 5, 'thief')),
    scene('PROOF_WRONG', 'a proof on a paper copy', await show(paper)),
    scene('CLOCK', 'the proof is ten minutes in the future', await show(pass, -600)),
    scene('CLOCK', 'the proof is eight hours old: another time zone', await show(pass, 8 * hour)),
    scene('CLOCK', 'the verifier’s clock is before the day the lists were signed', good, { at: later(-2 * day) }),
    scene('EXPIRED', 'ended yesterday', await show(await sign({ expiresAt: later(-day) }))),
    scene('NOT_YET', 'begins tomorrow', await show(await sign({ issuedAt: later(day) }))),
    scene('SUSPENDED', 'status 2', await show(await sign(placed(places.suspended)))),
    scene('REVOKED', 'status 1', await show(await sign(placed(places.revoked)))),
    scene('REVOKED', 'status 1, on paper', passText(await sign({ ...placed(places.revoked), holder: null }))),
    scene('LIST_MISSING', 'no status list in the bundle', good, { trust: await trustBytes({ without: 'statuses' }) }),
    scene('LIST_MISSING', 'a place the list does not have', await show(await sign(placed(20_000)))),
    scene('ISSUER_WITHDRAWN', 'the key was withdrawn before this was signed', good, {
      trust: await trustBytes({ withdrawnAt: later(-30 * day) }),
    }),
    scene('VALID', 'the key was withdrawn after this was signed', good, { trust: await trustBytes({ withdrawnAt: later(-10 * day) }) }),
    scene('ISSUER_EXPIRED', 'the key had ended when this was signed', good, { trust: await trustBytes({ validUntil: later(-30 * day) }) }),
    scene('ISSUER_UNKNOWN', 'signed by somebody nobody certifies', await show(await sign({}, 'thief'))),
    scene('ALTERED', 'the name of another issuer on it', await show(await forged())),
    scene('ALTERED', 'cut off', good.slice(0, 300)),
    scene('OTHER_CODE', 'a web address', 'https://example.org/?p=1'),
    scene('OTHER_CODE', 'a part of a package carried by hand', 'YGL:00ABCDEF'),
  ]
}

/** A pass that says it is of the issuer and was signed with another key. */
async function forged(): Promise<Uint8Array> {
  const { kid } = await signerOf('issuer')
  return signPass(content, { kid, privateKey: await privateOf('thief') })
}

/** A list as large as can be, with a share taken back at random. */
export function randomStatuses(share: number, seed = 53, length = mostStatuses): Uint8Array {
  let state = seed
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return Uint8Array.from({ length }, () => (chance() < share ? (chance() < 0.9 ? status.revoked : status.suspended) : status.valid))
}
