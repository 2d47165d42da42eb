/** Packs: published by a committee, offered to everything below it. */
import type { z } from 'zod'
import type { BodyOf, QueryOf } from '#contract/operation'
import { holds } from '#contract/roles'
import type { listPacks, Pack, Part, putPack } from '#contract/study'
import { namesOf, superiorsOf, trailOf } from '#organisations'
import { comesAfter, type Context, DomainError, hashOf, keyOfMoment, type Node, pageOf, type RawBuilder, Scope, sql } from '#platform'
import { dayOf } from '#rules'
import { partsFrom } from './parts.ts'

type PackInput = BodyOf<typeof putPack>
type Stored = Omit<z.output<typeof Pack>, 'organisationName' | 'kinds'> & { county: string; path: string }

const columns = sql`p.county, p.id, p.organisation_id as "organisationId", p.path, p.title, p.summary, p.parts, p.bytes, p.minutes,
  p.expires_on as "expiresOn", p.published_at as "publishedAt", p.withdrawn_at as "withdrawnAt", p.withdraw_reason as "withdrawReason", p.version`

const kindsOf = (parts: readonly z.output<typeof Part>[]) => [...new Set(parts.map(({ kind }) => kind))]

async function shown(ctx: Context, rows: readonly Stored[]): Promise<z.output<typeof Pack>[]> {
  const names = await namesOf(ctx, [...new Set(rows.map(({ organisationId }) => organisationId))])
  return rows.map(({ county: _county, path: _path, ...row }) => ({
    ...row,
    kinds: kindsOf(row.parts),
    organisationName: names.get(row.organisationId) ?? '',
  }))
}

/** SQL: offered on this day? */
const isOffered = (ctx: Context) => sql<boolean>`p.withdrawn_at is null and (p.expires_on is null or p.expires_on >= ${dayOf(ctx.now)})`

/** Where the caller stands, if they act in a post that reads records of the field. */
const standsAt = (ctx: Context): Node | undefined =>
  ctx.caller.post !== null && holds(ctx.caller.post.role, 'read:gathering') ? ctx.caller.post.node : undefined

/** Packs that meet the condition, the newest first. */
async function listWhere(ctx: Context, where: RawBuilder<unknown>, { cursor, limit }: QueryOf<typeof listPacks>) {
  const rows = await ctx.query(sql<Stored & { key: string }>`
    select ${columns}, ${keyOfMoment(sql`p.published_at`)} as key from study.pack p
    where ${where} and ${comesAfter(cursor, { at: sql`p.published_at`, id: sql`p.id` })}
    order by p.published_at desc, p.id desc limit ${limit + 1}`)
  const { items, next } = pageOf(rows, limit)
  return { items: (await shown(ctx, items)).map(({ parts: _parts, ...row }) => row), next }
}

/** What is offered to where the caller stands: published there or above. */
export async function listOffered(ctx: Context, query: QueryOf<typeof listPacks>) {
  const node = standsAt(ctx)
  if (node === undefined) return { items: [], next: null }
  return listWhere(ctx, sql`${await byThoseAbove(ctx, node)} and ${isOffered(ctx)}`, query)
}

/** SQL: published by this organisation or one of its superiors. */
async function byThoseAbove(ctx: Context, node: Node): Promise<RawBuilder<unknown>> {
  const publishers = [...trailOf(node.path, await superiorsOf(ctx, [node.path])), node]
  return sql`p.county = any(${[...new Set(publishers.map(({ county }) => county))]}::text[])
    and p.organisation_id = any(${publishers.map(({ id }) => id)}::uuid[])`
}

/** A pack the caller may read: offered to where they stand, or published within what they look after. @throws DomainError NOT_FOUND */
async function readable(ctx: Context, id: string): Promise<Stored> {
  const node = standsAt(ctx)
  if (node === undefined) throw new DomainError('NOT_FOUND')
  const publishes = ctx.caller.post !== null && holds(ctx.caller.post.role, 'publish:study')
  const own = publishes ? new Scope(node.path).covers(sql`p.path`) : sql`false`
  return ctx.get(sql<Stored>`
    select ${columns} from study.pack p where p.id = ${id} and ((${await byThoseAbove(ctx, node)} and ${isOffered(ctx)}) or ${own})`)
}

export async function getPack(ctx: Context, id: string): Promise<z.output<typeof Pack>> {
  return only(await shown(ctx, [await readable(ctx, id)]))
}

function only<T>([first]: readonly T[]): T {
  if (first === undefined) throw new DomainError('NOT_FOUND')
  return first
}

/** The file of a part the caller may read. @throws DomainError NOT_FOUND */
export async function fileOfPart(ctx: Context, packId: string, partId: string): Promise<string> {
  const { parts } = await readable(ctx, packId)
  const fileId = parts.find(({ id }) => id === partId)?.fileId ?? null
  if (fileId === null) throw new DomainError('NOT_FOUND')
  return fileId
}

/** Titles of packs by id, for those the caller may be offered. */
export async function titlesOf(ctx: Context, node: Node, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.query(sql<{ id: string; title: string }>`
    select p.id, p.title from study.pack p where ${await byThoseAbove(ctx, node)} and p.id = any(${ids}::uuid[])`)
  return new Map(rows.map(({ id, title }) => [id, title]))
}

export const listPublished = (ctx: Context, node: Node, query: QueryOf<typeof listPacks>) =>
  listWhere(ctx, sql`p.county = ${node.county} and p.organisation_id = ${node.id}`, query)

const ownPack = (ctx: Context, node: Node, id: string) =>
  ctx.find(sql<Stored & { contentHash: Buffer }>`
    select ${columns}, p.content_hash as "contentHash" from study.pack p where p.county = ${node.county} and p.id = ${id} for update`)

/**
 * Publishes a pack, or changes it. The same request twice is the same pack once.
 * @throws DomainError ID_TAKEN, STALE_VERSION, NOT_FOUND, WRONG_STATE, INVALID
 */
export async function publish(ctx: Context, node: Node, id: string, input: PackInput): Promise<z.output<typeof Pack>> {
  const { version, ...content } = input
  const hash = hashOf([node.id, content])
  const before = await ownPack(ctx, node, id)
  if (before !== undefined) {
    if (before.organisationId !== node.id) throw new DomainError('ID_TAKEN')
    if (before.contentHash.equals(hash)) return getPack(ctx, id)
    if (version !== before.version) throw new DomainError(version === undefined ? 'ID_TAKEN' : 'STALE_VERSION')
    if (before.withdrawnAt !== null) throw withdrawnAlready()
  } else if (version !== undefined) throw new DomainError('NOT_FOUND')
  const parts = await partsFrom(ctx, input.parts, before?.parts ?? [])
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  await ctx.query(sql`
    insert into study.pack (county, id, organisation_id, path, title, summary, parts, bytes, minutes, expires_on, content_hash)
    values (${node.county}, ${id}, ${node.id}, ${node.path}, ${input.title}, ${input.summary}, ${JSON.stringify(parts)}::jsonb, ${bytes}, ${input.minutes},
      ${input.expiresOn}, ${hash})
    ${before === undefined ? sql`` : replacing}`)
  happened(ctx, node, id, 'published', { title: input.title, again: before !== undefined })
  return getPack(ctx, id)
}

const replacing = sql`on conflict (county, id) do update set title = excluded.title, summary = excluded.summary, parts = excluded.parts,
  bytes = excluded.bytes, minutes = excluded.minutes, expires_on = excluded.expires_on, content_hash = excluded.content_hash,
  version = study.pack.version + 1`

const withdrawnAlready = () =>
  new DomainError('WRONG_STATE', {
    sentence: {
      zh: '这个学习包已经撤回，不能再改；请另发一个新的。',
      en: 'This pack has been withdrawn and cannot be changed; publish a new one.',
    },
  })

/** Offers it to nobody any more; phones delete it at the next contact. Twice is once. @throws DomainError NOT_FOUND */
export async function withdraw(ctx: Context, node: Node, id: string, reason: string): Promise<z.output<typeof Pack>> {
  const before = await ownPack(ctx, node, id)
  if (before?.organisationId !== node.id) throw new DomainError('NOT_FOUND')
  if (before.withdrawnAt === null) {
    await ctx.query(sql`
      update study.pack set withdrawn_at = now(), withdraw_reason = ${reason}, version = version + 1 where county = ${node.county} and id = ${id}`)
    happened(ctx, node, id, 'withdrawn')
  }
  return getPack(ctx, id)
}

function happened(ctx: Context, { county, id: nodeId, path }: Node, id: string, what: string, data: Record<string, unknown> = {}): void {
  ctx.emit({ type: `study.pack.${what}`, county, nodeId, path, subjectId: id, data })
  ctx.audit({ operation: `study.${what}`, county, subjectId: id, rows: 1 })
}
