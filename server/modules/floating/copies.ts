/** Signed copies of a pass: one bound to a phone, any number on paper, each with its own place in the county's status list. */
import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import type * as contract from '#contract/passes'
import { findNode } from '#organisations'
import { kidOf, passText, signPass, signTwin } from '#pass'
import { type Context, DomainError, type Secrets, sql } from '#platform'
import { addDays } from '#rules'
import { signerOf } from './keys.ts'
import { listPlaces, trustChanged, uriOf } from './trust.ts'

export type Copy = z.output<typeof contract.PassCopy>

export interface HeldPass {
  county: string
  passId: string
  issuerId: string
  validUntil: string
  name: string
  homeId: string
}

const copyColumns = (alias: string) => {
  const of = (column: string) => sql.ref(`${alias}.${column}`)
  return sql`${of('id')}, ${of('pass_id')} as "passId", ${of('kind')}, ${of('text')}, ${of('twin')}`
}

/** A copy that was made before, or undefined. @throws DomainError ID_TAKEN when the id is another's */
export async function findCopy(
  ctx: Context,
  { county, passId, validUntil }: HeldPass,
  copyId: string,
  key: string | null,
): Promise<Copy | undefined> {
  const known = await ctx.find(sql<Omit<Copy, 'validUntil'> & { key: string | null }>`
    select ${copyColumns('c')}, c.key_thumbprint as key from floating.copy c where c.county = ${county} and c.id = ${copyId}`)
  if (known === undefined) return undefined
  const { key: bound, ...copy } = known
  if (copy.passId !== passId || bound !== key) throw new DomainError('ID_TAKEN')
  return { ...copy, validUntil }
}

/** How many places are tried before a new list is begun. */
const tries = 12

/** A free place by chance; a list that is nearly full makes way for the next. */
async function freePlace(ctx: Context, county: string): Promise<{ list: number; place: number }> {
  await ctx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`floating.copy ${county}`}, 0))`)
  const { list } = await ctx.get(sql<{ list: number }>`
    select coalesce(max(list), 0) as list from floating.copy where county = ${county}`)
  const places = Array.from({ length: tries }, () => randomInt(listPlaces))
  const taken = await ctx.query(sql<{ place: number }>`
    select place from floating.copy where county = ${county} and list = ${list} and place = any(${places}::int[])`)
  const free = places.find((place) => !taken.some((each) => each.place === place))
  return free === undefined ? { list: list + 1, place: randomInt(listPlaces) } : { list, place: free }
}

/** Signs a copy. @param holder the public key in the phone, null on paper @param origin where the platform is reached @throws DomainError ISSUER_KEY_NEEDED */
export async function makeCopy(
  ctx: Context,
  secrets: Secrets,
  pass: HeldPass,
  copyId: string,
  holder: { kty: 'EC'; crv: 'P-256'; x: string; y: string } | null,
  origin: string,
): Promise<Copy> {
  const { county, passId, validUntil, name, homeId, issuerId } = pass
  const [issuer, home] = await Promise.all([findNode(ctx, issuerId), findNode(ctx, homeId)])
  if (issuer === undefined || home === undefined) throw new DomainError('NOT_FOUND')
  const signer = await signerOf(ctx, secrets, issuer)
  const { list, place } = await freePlace(ctx, county)
  const content = {
    copyId,
    issuedAt: ctx.now,
    // Good until the end of its last day in Asia/Shanghai.
    expiresAt: new Date(`${addDays(validUntil, 1)}T00:00:00+08:00`),
    name,
    branch: home.name,
    status: { uri: uriOf(county, list), index: place },
    holder,
  }
  const text = passText(await signPass(content, signer))
  // Other software looks keys and statuses up where this platform is reached.
  const elsewhere = { issuerUrl: origin, status: { uri: `${origin}/pass/statuses/${county}/${list}`, index: place } }
  const twin = await signTwin({ ...content, ...elsewhere }, signer)
  const kind = holder === null ? 'PAPER' : 'PHONE'
  await ctx.query(sql`
    insert into floating.copy (county, id, pass_id, kind, list, place, kid, text, twin, key_thumbprint)
    values (${county}, ${copyId}, ${passId}, ${kind}, ${list}, ${place}, ${signer.kid}, ${text}, ${twin}, ${holder === null ? null : await kidOf(holder)})`)
  ctx.after(trustChanged)
  return { id: copyId, passId, kind, text, twin, validUntil }
}

/** The copies of a pass are refused from the next list on. @param only those on phones */
export async function endCopies(ctx: Context, county: string, passId: string, only?: 'PHONE'): Promise<void> {
  await ctx.query(sql`
    update floating.copy set status = 1 where county = ${county} and pass_id = ${passId} and status <> 1
      and ${only === undefined ? sql`true` : sql`kind = ${only}`}`)
  ctx.after(trustChanged)
}

/** The copies of a pass rest, or are good again. */
export async function restCopies(ctx: Context, county: string, passId: string, rest: boolean): Promise<void> {
  await ctx.query(sql`
    update floating.copy set status = ${rest ? 2 : 0} where county = ${county} and pass_id = ${passId} and status = ${rest ? 0 : 2}`)
  ctx.after(trustChanged)
}
