/**
 * What a verifier keeps: the province's root keys, its list of issuers, and a status list for each county, each with its own age. Made from
 * the records and signed anew when something changed or the last one is half a minute old.
 */
import { namesOf } from '#organisations'
import { kidOf, openTrust, packTrust, type RootKey, signIssuers, type Signer, signStatuses, signStatusesTwin, type Trust } from '#pass'
import { type Context, DomainError, type Pair, type Secrets, sql } from '#platform'
import { count } from '#rules'

/** Places in one status list: small ones are packed and checked quickly, and a county rarely needs a second. */
export const listPlaces = 32_768

const keptMilliseconds = 30_000
const dayMilliseconds = 86_400_000

let kept: { bytes: Uint8Array; trust: Promise<Trust>; at: number } | undefined
/** Counts the changes: what was read before one is not kept after it. */
let age = 0

/** Something in it has changed: whoever asks next gets it. */
export function trustChanged(): void {
  age += 1
  kept = undefined
}

export const uriOf = (county: string, list: number): string => `ygl:${county}:${list}`
const province = '53'

const rootOf = ({ publicKey }: Pair): RootKey => ({ publicKey, name: '云南省', areaCode: province })

const signerFor = async ({ publicKey, privateKey }: Pair): Promise<Signer> => ({
  kid: await kidOf(publicKey),
  privateKey: await crypto.subtle.importKey(
    'jwk',
    privateKey.export({ format: 'jwk' }) as JsonWebKey,
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  ),
})

/** The bundle as it is served (docs/pass). */
export const trustBytes = async (ctx: Context, by: { secrets: Secrets }): Promise<Uint8Array> => (await bundle(ctx, by)).bytes

/** The same, opened: checked once, however many passes are then shown. */
export const trustNow = async (ctx: Context, by: { secrets: Secrets }): Promise<Trust> => (await bundle(ctx, by)).trust

async function bundle(ctx: Context, { secrets }: { secrets: Secrets }): Promise<NonNullable<typeof kept>> {
  if (kept !== undefined && Math.abs(ctx.now.getTime() - kept.at) < keptMilliseconds) return kept
  const begun = age
  const [newest] = secrets.certifiers
  if (newest === undefined) throw new Error('no pair to certify with')
  const root = await signerFor(newest)
  const times = { issuedAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + count('FLOW-PASS-LIST', 'days') * dayMilliseconds) }
  const [issuers, statuses, partners] = await Promise.all([issuersOf(ctx), statusesOf(ctx), partnersOf(ctx)])
  const bytes = packTrust({
    roots: [...secrets.certifiers.map(rootOf), ...partners],
    issuers: [await signIssuers({ uri: `ygl:${province}:issuers`, ...times, issuers }, root)],
    statuses: await Promise.all(statuses.map(({ uri, statuses: of }) => signStatuses({ uri, ...times, statuses: of }, root))),
  })
  const made = { bytes, trust: openTrust(bytes), at: ctx.now.getTime() }
  // What another transaction is writing right now was not read; it says so when it commits.
  if (begun === age) kept = made
  return made
}

async function issuersOf(ctx: Context) {
  const rows = await ctx.query(sql<{
    kid: string
    county: string
    organisationId: string
    x: string
    y: string
    from: string
    until: string
    withdrawnAt: string | null
  }>`
    select kid, county, organisation_id as "organisationId", public_x as x, public_y as y, valid_from as from, valid_until as until,
      withdrawn_at as "withdrawnAt" from floating.issuer_key where valid_until > ${ctx.now}::timestamptz - interval '2 years' order by county, valid_from, kid`)
  const names = await namesOf(ctx, [...new Set(rows.map(({ organisationId }) => organisationId))])
  return rows.map((row) => ({
    kid: row.kid,
    publicKey: { kty: 'EC', crv: 'P-256', x: row.x, y: row.y },
    name: names.get(row.organisationId) ?? '',
    areaCode: row.county,
    validFrom: new Date(row.from),
    validUntil: new Date(row.until),
    withdrawnAt: row.withdrawnAt === null ? null : new Date(row.withdrawnAt),
  }))
}

/** A full list for every list that has an entry: how many passes there are is nobody's business. */
async function statusesOf(ctx: Context, only?: { county: string; list: number }): Promise<{ uri: string; statuses: Uint8Array }[]> {
  const rows = await ctx.query(sql<{ county: string; list: number; places: number[] | null; values: number[] | null }>`
    select county, list, array_agg(place order by place) filter (where status <> 0) as places,
      array_agg(status order by place) filter (where status <> 0) as values from floating.copy
    where ${only === undefined ? sql`true` : sql`county = ${only.county} and list = ${only.list}`} group by county, list order by county, list`)
  return rows.map(({ county, list, places, values }) => {
    const statuses = new Uint8Array(listPlaces)
    places?.forEach((place, n) => {
      statuses[place] = values?.[n] ?? 0
    })
    return { uri: uriOf(county, list), statuses }
  })
}

async function partnersOf(ctx: Context): Promise<RootKey[]> {
  const rows = await ctx.query(sql<{ name: string; x: string; y: string; areaCode: string }>`
    select name, public_x as x, public_y as y, area_code as "areaCode" from floating.partner order by kid`)
  return rows.map(({ name, x, y, areaCode }) => ({ publicKey: { kty: 'EC', crv: 'P-256', x, y }, name, areaCode }))
}

/** One status list as JWT, for verifiers of the twin. @throws DomainError NOT_FOUND for a list that no pass is in */
export async function statusesAsJwt(
  ctx: Context,
  { secrets: { certifiers } }: { secrets: Secrets },
  { county, list }: { county: string; list: number },
  origin: string,
): Promise<string> {
  const [newest] = certifiers
  const [found] = await statusesOf(ctx, { county, list })
  if (found === undefined || newest === undefined) throw new DomainError('NOT_FOUND')
  const expiresAt = new Date(ctx.now.getTime() + count('FLOW-PASS-LIST', 'days') * dayMilliseconds)
  const uri = `${origin}/pass/statuses/${county}/${list}`
  return signStatusesTwin({ uri, issuedAt: ctx.now, expiresAt, statuses: found.statuses }, await signerFor(newest))
}

/** Keys of issuers that count, as JWK: those that were withdrawn are left out, since other software knows no dates. */
export async function publicKeys(ctx: Context) {
  const issuers = await issuersOf(ctx)
  return issuers.flatMap(({ kid, publicKey: { x, y }, withdrawnAt }) =>
    withdrawnAt === null ? [{ kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256' }] : [],
  )
}
