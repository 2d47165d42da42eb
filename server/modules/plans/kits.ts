/** Theme-day kits: published by a committee for a month, offered to everything below. */
import type { z } from 'zod'
import type { BodyOf, QueryOf, ReturnsOf } from '#contract/operation'
import type * as contract from '#contract/plans'
import { superiorsOf, trailOf } from '#organisations'
import { type Context, DomainError, hashOf, isId, type Node, type RawBuilder, sql, wrong, wrongCursor } from '#platform'
import { changed, isRepeated } from './changed.ts'

type Kit = z.output<typeof contract.Kit>
type Row = Omit<Kit, 'organisationName'>

const columns = sql`k.id, k.organisation_id as "organisationId", k.month, k.title, k.agenda, k.reading, k.task, k.published_at as "publishedAt",
  k.withdrawn_at as "withdrawnAt", k.version, (
    select coalesce(jsonb_agg(jsonb_build_object('fileId', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes)
      order by array_position(k.file_ids, f.id)), '[]')
    from platform.file f where f.id = any(k.file_ids)) as files`

const kitsWhere = (condition: RawBuilder<unknown>, rest: RawBuilder<unknown> = sql``) =>
  sql<Row>`select ${columns} from plans.kit k where ${condition} ${rest}`

/** This organisation and those above it, the nearest first. */
async function publishersFor(ctx: Context, node: Node): Promise<Pick<Node, 'id' | 'county' | 'name'>[]> {
  const above = await superiorsOf(ctx, [node.path])
  return [node, ...trailOf(node.path, above).toReversed()].filter((each, n, all) => all.findIndex(({ id }) => id === each.id) === n)
}

/** What is offered to this organisation for these months; the nearest publisher first in each month. */
export async function kitsFor(ctx: Context, node: Node, from: string, until: string): Promise<Kit[]> {
  const publishers = await publishersFor(ctx, node)
  const nearness = new Map(publishers.map(({ id }, n) => [id, n]))
  const rows = await ctx.query(
    kitsWhere(sql`k.county = any(${[...new Set(publishers.map(({ county }) => county))]}::text[])
      and k.organisation_id = any(${[...nearness.keys()]}::uuid[]) and k.month between ${from} and ${until} and k.withdrawn_at is null`),
  )
  const order = ({ month, organisationId, title }: Row) =>
    `${month} ${String(nearness.get(organisationId) ?? 99).padStart(2, '0')} ${title}`
  const named = rows.map((row) => ({ ...row, organisationName: publishers.find(({ id }) => id === row.organisationId)?.name ?? '' }))
  return named.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
}

/** What this organisation itself publishes, the latest month first; withdrawn ones too. */
export async function listKits(
  ctx: Context,
  node: Node,
  query: QueryOf<typeof contract.listKits>,
): Promise<ReturnsOf<typeof contract.listKits>> {
  const [month = '', id = ''] = (query.cursor ?? '').split('~')
  if (query.cursor !== undefined && (!/^\d{4}-\d\d$/.test(month) || !isId(id))) throw wrongCursor()
  const ofNode = sql`k.county = ${node.county} and k.organisation_id = ${node.id}`
  const after = query.cursor === undefined ? sql`true` : sql`(k.month < ${month} or (k.month = ${month} and k.id > ${id}::uuid))`
  const rows = await ctx.query(kitsWhere(sql`${ofNode} and ${after}`, sql`order by k.month desc, k.id limit ${query.limit + 1}`))
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({ ...row, organisationName: node.name })),
    next: last === undefined ? null : `${last.month}~${last.id}`,
  }
}

async function own(ctx: Context, node: Node, id: string): Promise<Kit> {
  const row = await ctx.get(kitsWhere(sql`k.county = ${node.county} and k.id = ${id} and k.organisation_id = ${node.id}`))
  return { ...row, organisationName: node.name }
}

/** Publishes a kit, or changes one. @throws DomainError INVALID, NOT_FOUND, ID_TAKEN, STALE_VERSION, WRONG_STATE */
export async function putKit(ctx: Context, node: Node, id: string, input: BodyOf<typeof contract.putKit>): Promise<Kit> {
  const { version, ...content } = input
  const hash = hashOf(content)
  const before = await ctx.find(sql<{
    organisationId: string
    version: number
    contentHash: Buffer
    withdrawn: boolean
    fileIds: string[]
  }>`
    select organisation_id as "organisationId", version, content_hash as "contentHash", withdrawn_at is not null as withdrawn, file_ids as "fileIds"
    from plans.kit where county = ${node.county} and id = ${id} for update`)
  if (isRepeated(before, node.id, hash, version)) return own(ctx, node, id)
  if (before?.withdrawn === true) {
    throw new DomainError('WRONG_STATE', {
      sentence: { zh: '这个主题党日包已经撤回，请另发一个。', en: 'This kit was withdrawn; publish another one.' },
    })
  }
  await checkFiles(ctx, input.fileIds, before?.fileIds ?? [])
  await ctx.query(sql`
    insert into plans.kit (county, id, organisation_id, month, title, agenda, reading, task, file_ids, content_hash)
    values (${node.county}, ${id}, ${node.id}, ${input.month}, ${input.title}, ${JSON.stringify(input.agenda)}::jsonb, ${input.reading}, ${input.task},
      ${input.fileIds}::uuid[], ${hash})
    ${
      before === undefined
        ? sql``
        : sql`on conflict (county, id) do update set month = excluded.month, title = excluded.title, agenda = excluded.agenda,
            reading = excluded.reading, task = excluded.task, file_ids = excluded.file_ids, content_hash = excluded.content_hash,
            version = plans.kit.version + 1`
    }`)
  changed(ctx, node, 'kit.published', id)
  return own(ctx, node, id)
}

/** One's own files, and those the kit holds already. */
async function checkFiles(ctx: Context, fileIds: readonly string[], held: readonly string[]): Promise<void> {
  const added = fileIds.filter((fileId) => !held.includes(fileId))
  if (added.length === 0) return
  const found = await ctx.query(
    sql<{ id: string }>`select id from platform.file where id = any(${added}::uuid[]) and account_id = ${ctx.account.id}`,
  )
  const missing = fileIds.findIndex((fileId) => added.includes(fileId) && !found.some(({ id }) => id === fileId))
  if (missing < 0) return
  throw wrong('INVALID', `body.fileIds.${missing}`, '没有找到这个文件，请重新上传。', 'There is no such file of yours; upload it again.')
}

/** Not offered any more; doing it twice is once. @throws DomainError NOT_FOUND, STALE_VERSION */
export async function withdrawKit(ctx: Context, node: Node, id: string, version: number): Promise<Kit> {
  const kit = await own(ctx, node, id)
  if (kit.withdrawnAt !== null) return kit
  if (kit.version !== version) throw new DomainError('STALE_VERSION')
  await ctx.query(sql`update plans.kit set withdrawn_at = ${ctx.now}, version = version + 1 where county = ${node.county} and id = ${id}`)
  changed(ctx, node, 'kit.withdrawn', id)
  return own(ctx, node, id)
}

/** May somebody of this organisation open this file of this kit? @throws DomainError NOT_FOUND */
export async function checkKitFile(ctx: Context, node: Node, kitId: string, fileId: string): Promise<void> {
  const publishers = await publishersFor(ctx, node)
  await ctx.get(sql`
    select id from plans.kit where county = any(${[...new Set(publishers.map(({ county }) => county))]}::text[]) and id = ${kitId}
      and organisation_id = any(${publishers.map(({ id }) => id)}::uuid[]) and ${fileId}::uuid = any(file_ids)
      and (withdrawn_at is null or organisation_id = ${node.id})`)
}
