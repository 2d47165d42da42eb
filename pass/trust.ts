/** What a verifier holds to work without a network: root keys, issuers, statuses. Opened and checked once, asked many times. */
import { malformed, must, read, write } from './cbor.ts'
import { type IssuerEntry, isIssuers, readIssuers } from './issuers.ts'
import { compressed, jwkOf, kidOf, pointFrom, pointOf, verifyingKey } from './keys.ts'
import { PassProblem } from './problem.ts'
import { isSignedBy, readSign1 } from './sign1.ts'
import { isStatuses, readStatuses, type Statuses } from './statuses.ts'

/** A province's key, which certifies its committees' keys and signs its status lists. Several of one area are trusted while one takes over from another. */
export interface RootKey {
  publicKey: JsonWebKey
  /** Whose, as a person reads it. */
  name: string
  /** The area it speaks for, for example `53`: a status list counts for passes of issuers of its own area only. */
  areaCode: string
}

export interface TrustContent {
  roots: readonly RootKey[]
  /** As `signIssuers` made them. */
  issuers: readonly Uint8Array[]
  /** As `signStatuses` made them. */
  statuses: readonly Uint8Array[]
}

const part = { roots: 1, issuers: 2, statuses: 3 } as const

/** The bundle that is served. It needs no signature of its own: what is in it is signed by the roots. */
export function packTrust({ roots, issuers, statuses }: TrustContent): Uint8Array {
  return write(
    new Map<number, unknown>([
      [part.roots, roots.map(({ publicKey, name, areaCode }) => [compressed(pointOf(publicKey)), name, areaCode])],
      [part.issuers, [...issuers]],
      [part.statuses, [...statuses]],
    ]),
  )
}

interface Known extends IssuerEntry {
  /** Of the root that certified it. */
  area: string
  /** Of the list it stands in. */
  listedAt: Date
  listExpiresAt: Date
}

export interface KnownList {
  uri: string
  issuedAt: Date
  expiresAt: Date
}

/** An open bundle. Made by `openTrust`. */
export class Trust {
  readonly roots: readonly RootKey[]
  readonly #issuers: ReadonlyMap<string, Known>
  readonly #statuses: ReadonlyMap<string, Statuses>
  readonly #keys = new Map<string, Promise<CryptoKey>>()

  constructor(roots: readonly RootKey[], issuers: ReadonlyMap<string, Known>, statuses: ReadonlyMap<string, Statuses>) {
    this.roots = roots
    this.#issuers = issuers
    this.#statuses = statuses
  }

  /** All issuers known, withdrawn and ended ones too. */
  get issuers(): IssuerEntry[] {
    return [...this.#issuers.values()]
  }

  /** The status lists, each with when it was signed. */
  get lists(): KnownList[] {
    return Array.from(this.#statuses.values(), ({ uri, issuedAt, expiresAt }) => ({ uri, issuedAt, expiresAt }))
  }

  /** As of when revocations are known: when the oldest status list was signed; null without any. */
  get asOf(): Date | null {
    const times = this.lists.map(({ issuedAt }) => issuedAt.getTime())
    return times.length === 0 ? null : new Date(Math.min(...times))
  }

  issuer(kid: string): Known | undefined {
    return this.#issuers.get(kid)
  }

  /** The key of an issuer, made once. */
  keyOf(issuer: Known): Promise<CryptoKey> {
    const made = this.#keys.get(issuer.kid) ?? verifyingKey(pointOf(issuer.publicKey))
    this.#keys.set(issuer.kid, made)
    return made
  }

  statuses({ area }: Known, uri: string): Statuses | undefined {
    return this.#statuses.get(nameIn(area, uri))
  }
}

const nameIn = (area: string, uri: string) => `${area} ${uri}`

interface OpenOptions {
  /** The roots to trust, where a verifier brings its own; otherwise those in the bundle, which is then as trustworthy as the way it came. */
  anchors?: readonly RootKey[]
}

/**
 * Opens a bundle and checks every signature in it. Lists of roots that are not trusted are left out; of two lists of one name the newer counts.
 * @throws PassProblem MALFORMED when it is no such bundle · SIGNATURE when a list was not signed by the root it names
 */
export async function openTrust(bytes: Uint8Array, { anchors }: OpenOptions = {}): Promise<Trust> {
  const bundle = must.map(read(bytes), 'trust bundle')
  const roots = anchors ?? must.list(bundle.get(part.roots), 'roots').map(readRoot)
  const keys = new Map(
    await Promise.all(
      roots.map(async ({ publicKey, areaCode }) => {
        const key = await verifyingKey(pointOf(publicKey))
        return [await kidOf(publicKey), { key, area: areaCode }] as const
      }),
    ),
  )
  /** The area of the root that signed it; undefined for a root that is not trusted. */
  async function areaOf(list: Uint8Array, isKind: typeof isIssuers): Promise<string | undefined> {
    const signed = readSign1(list)
    if (!isKind(signed)) throw malformed('a list of another kind')
    const root = keys.get(signed.kid ?? '')
    if (root === undefined) return undefined
    if (!(await isSignedBy(signed, root.key))) throw new PassProblem('SIGNATURE', 'a list was changed after it was signed')
    return root.area
  }
  const listsOf = (which: number, what: string) => must.list(bundle.get(which), what).map((list) => must.bytes(list, what))

  const issuerLists = new Map<string, Omit<Known, keyof IssuerEntry> & { issuers: readonly IssuerEntry[] }>()
  for (const list of listsOf(part.issuers, 'issuers')) {
    const area = await areaOf(list, isIssuers)
    if (area === undefined) continue
    const { uri, issuedAt, expiresAt, issuers } = readIssuers(list)
    const before = issuerLists.get(nameIn(area, uri))
    if (before === undefined || before.listedAt < issuedAt)
      issuerLists.set(nameIn(area, uri), { area, listedAt: issuedAt, listExpiresAt: expiresAt, issuers })
  }
  const known = new Map<string, Known>()
  for (const { issuers, ...of } of [...issuerLists.values()].sort((one, other) => one.listedAt.getTime() - other.listedAt.getTime()))
    for (const issuer of issuers) known.set(issuer.kid, { ...issuer, ...of })

  const statuses = new Map<string, Statuses>()
  for (const list of listsOf(part.statuses, 'statuses')) {
    const area = await areaOf(list, isStatuses)
    if (area === undefined) continue
    const opened = await readStatuses(list)
    const before = statuses.get(nameIn(area, opened.uri))
    if (before === undefined || before.issuedAt < opened.issuedAt) statuses.set(nameIn(area, opened.uri), opened)
  }
  return new Trust(roots, known, statuses)
}

function readRoot(value: unknown): RootKey {
  const [key, name, areaCode, ...more] = must.list(value, 'root')
  if (more.length > 0) throw malformed('a root has three parts')
  return {
    publicKey: jwkOf(pointFrom(must.bytes(key, 'root key', 33))),
    name: must.text(name, 'name of a root'),
    areaCode: must.text(areaCode, 'area of a root'),
  }
}
