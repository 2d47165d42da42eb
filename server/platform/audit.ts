/**
 * The audit chain. Rows are written in the transaction of the act; afterwards each is linked: hash = SHA-256(previous hash ‖ row).
 * Sixteen shards by account keep linking parallel; signed checkpoints fix how far the chain had come. Changing, removing or
 * inserting a row later breaks the chain at a place `verifyAudit` names. What it cannot see by itself is a chain cut off at its end
 * together with its rows: for that every checkpoint also goes to the log, which is kept elsewhere.
 */
import { hash as digest, verify } from 'node:crypto'
import type { Context } from './context.ts'
import { sql } from './database.ts'
import type { Secrets } from './secrets.ts'

const shards = 16

interface AuditRow {
  county: string
  id: string
  at: string
  operation: string
  accountId: string | null
  actorName: string
  postId: string | null
  postRole: string | null
  purpose: string | null
  subjectId: string | null
  rows: number
}

const columns = sql`a.county, a.id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, a.operation,
  a.account_id as "accountId", a.actor_name as "actorName", a.post_id as "postId", a.post_role as "postRole", a.purpose,
  a.subject_id as "subjectId", a.row_count as "rows"`

function link(previous: Buffer, row: AuditRow): Buffer {
  const text = JSON.stringify([
    row.county,
    row.id,
    row.at,
    row.operation,
    row.accountId,
    row.actorName,
    row.postId,
    row.postRole,
    row.purpose,
    row.subjectId,
    row.rows,
  ])
  return digest('sha256', Buffer.concat([previous, Buffer.from(text)]), 'buffer')
}

/** By the last digit of the account's id, which is random. */
const shardOf = (row: AuditRow) => (row.accountId === null ? 0 : Number.parseInt(row.accountId.slice(-1), 16) % shards)

/** Links made in one transaction: some 100 ms, since a writing transaction holds back every projection. */
const mostLinks = 2000
/** A row is written right before its commit, so one that says it is older by so much than one before it was not written by the platform. */
const lateMilliseconds = 600_000

interface Link {
  shard: number
  number: number
  hash: Buffer
}

export interface Checkpoint {
  shard: number
  number: number
  hash: string
}

/**
 * Links what is not linked yet, oldest first, and signs a checkpoint per shard.
 * @returns rows linked and the checkpoints signed; fewer rows than `mostLinks` means that all are linked
 */
export async function chainAudit(ctx: Context, secrets: Secrets): Promise<{ linked: number; more: boolean; checkpoints: Checkpoint[] }> {
  await ctx.query(sql`select pg_advisory_xact_lock(7164022)`)
  const ends = await ctx.query(lastLinks)
  const reached = ends[0]
  const rows = await ctx.query(sql<AuditRow & { transaction: string }>`
    select ${columns}, a.transaction::text as transaction from platform.audit a
    where ${reached === undefined ? sql`true` : sql`(a.transaction, a.id) > (${reached.transaction}::xid8, ${reached.id}::uuid)`}
      and a.transaction < pg_snapshot_xmin(pg_current_snapshot())
    order by a.transaction, a.id limit ${mostLinks}`)
  if (rows.length === 0) return { linked: 0, more: false, checkpoints: [] }
  const end = new Map<number, Link>(ends.map((last) => [last.shard, last]))
  const links = rows.map((row) => {
    const shard = shardOf(row)
    const { number, hash } = end.get(shard) ?? { number: 0, hash: start }
    const next = { shard, number: number + 1, hash: link(hash, row), row }
    end.set(shard, next)
    return next
  })
  await ctx.query(sql`
    insert into platform.audit_link (shard, number, county, audit_id, transaction, hash)
    select * from unnest(${links.map((l) => l.shard)}::int[], ${links.map((l) => l.number)}::bigint[], ${links.map((l) => l.row.county)}::text[],
      ${links.map((l) => l.row.id)}::uuid[], ${links.map((l) => l.row.transaction)}::xid8[], ${links.map((l) => l.hash)}::bytea[])`)
  const moved = [...new Set(links.map((l) => l.shard))].flatMap((shard) => end.get(shard) ?? [])
  const signed = moved.map(({ shard, number, hash }) => ({ shard, number, hash, ...secrets.sign(stated(shard, number, hash)) }))
  await ctx.query(sql`
    insert into platform.audit_checkpoint (shard, number, hash, signature, public_key)
    select * from unnest(${signed.map((c) => c.shard)}::int[], ${signed.map((c) => c.number)}::bigint[], ${signed.map((c) => c.hash)}::bytea[],
      ${signed.map((c) => c.signature)}::bytea[], ${signed.map((c) => c.publicKey)}::text[])`)
  const checkpoints = moved.map(({ shard, number, hash }) => ({ shard, number, hash: hash.toString('hex') }))
  return { linked: rows.length, more: rows.length === mostLinks, checkpoints }
}

/** The last link of each shard, the latest row first: up to that everything is linked. */
const lastLinks = sql<Link & { transaction: string; id: string }>`
  select l.shard, l.number, l.hash, l.transaction::text, l.audit_id as id from generate_series(0, ${shards - 1}::int) s
  cross join lateral (select * from platform.audit_link l where l.shard = s order by l.number desc limit 1) l
  order by l.transaction desc, l.audit_id desc`

const start: Buffer = Buffer.alloc(32)
const stated = (shard: number, number: number, hash: Buffer) => Buffer.from(`yigongli audit ${shard} ${number} ${hash.toString('hex')}`)

export interface AuditFinding {
  /** Undefined for a row that is in no shard. */
  shard: number | undefined
  number: number | undefined
  what: 'ROW_CHANGED' | 'ROW_MISSING' | 'ROW_INSERTED' | 'LINK_CHANGED' | 'LINK_MISSING' | 'CHECKPOINT_WRONG'
  /** The row, where there is one. */
  auditId: string | undefined
}

/**
 * Recomputes the whole chain.
 * @param trusted public keys (SPKI, PEM) whose checkpoints count; a checkpoint under any other key is a finding
 * @returns how many links were checked and every place where it does not hold
 */
export async function verifyAudit(ctx: Context, trusted: readonly string[]): Promise<{ checked: number; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = []
  let checked = 0
  for (let shard = 0; shard < shards; shard += 1) {
    const walked = await walk(ctx, shard)
    checked += walked.checked
    findings.push(...walked.findings, ...(await judgeCheckpoints(ctx, shard, trusted)))
  }
  return { checked, findings: [...findings, ...(await listInserted(ctx))] }
}

type Linked = { number: number; hash: Buffer; auditId: string } & { [K in keyof AuditRow]: AuditRow[K] | null }

/** Walks one shard. After a place that does not hold it goes on from both hashes, and the next row tells which of row and link is false. */
async function walk(ctx: Context, shard: number): Promise<{ checked: number; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = []
  let checked = 0
  let number = 0
  let previous: Buffer = start
  let doubt: { finding: AuditFinding; computed: Buffer } | undefined
  let latest = 0
  for (;;) {
    const links = await ctx.query(sql<Linked>`
      select l.number, l.hash, l.audit_id as "auditId", ${columns} from platform.audit_link l
      left join platform.audit a on a.transaction = l.transaction and a.id = l.audit_id and a.county = l.county
      where l.shard = ${shard} and l.number > ${number} order by l.number limit 5000`)
    if (links.length === 0) return { checked, findings }
    for (const row of links) {
      for (let missing = number + 1; missing < row.number && findings.length < 1000; missing += 1) {
        findings.push({ shard, number: missing, what: 'LINK_MISSING', auditId: undefined })
      }
      const gap = row.number !== number + 1
      const finding = { shard, number: row.number, auditId: row.auditId }
      const computed = row.id === null ? undefined : link(previous, row as AuditRow)
      const alsoComputed = doubt === undefined || row.id === null ? undefined : link(doubt.computed, row as AuditRow)
      if (doubt !== undefined && alsoComputed?.equals(row.hash) === true) {
        doubt.finding.what = 'LINK_CHANGED'
        doubt = undefined
      } else if (computed === undefined) {
        findings.push({ ...finding, what: 'ROW_MISSING' })
        doubt = undefined
      } else if (computed.equals(row.hash) || gap) doubt = undefined
      else {
        const changed: AuditFinding = { ...finding, what: 'ROW_CHANGED' }
        findings.push(changed)
        doubt = { finding: changed, computed }
      }
      const at = Date.parse(`${row.at ?? ''}Z`)
      if (at < latest - lateMilliseconds) findings.push({ ...finding, what: 'ROW_INSERTED' })
      latest = Math.max(latest, at || 0)
      previous = row.hash
      number = row.number
      checked += 1
    }
  }
}

async function judgeCheckpoints(ctx: Context, shard: number, trusted: readonly string[]): Promise<AuditFinding[]> {
  const points = await ctx.query(sql<{ number: number; hash: Buffer; signature: Buffer; publicKey: string; linked: Buffer | null }>`
    select c.number, c.hash, c.signature, c.public_key as "publicKey", l.hash as linked from platform.audit_checkpoint c
    left join platform.audit_link l on l.shard = c.shard and l.number = c.number where c.shard = ${shard} order by c.number`)
  return points
    .filter(({ number, hash, signature, publicKey, linked }) => {
      const signed = trusted.includes(publicKey) && verify(null, stated(shard, number, hash), publicKey, signature)
      return !signed || linked === null || !linked.equals(hash)
    })
    .map(({ number }) => ({ shard, number, what: 'CHECKPOINT_WRONG', auditId: undefined }))
}

/** Rows that stand before what is linked and are in no shard: the platform did not write them then. */
async function listInserted(ctx: Context): Promise<AuditFinding[]> {
  const [last] = await ctx.query(lastLinks)
  if (last === undefined) return []
  const rows = await ctx.query(sql<{ id: string }>`
    select a.id from platform.audit a
    where (a.transaction, a.id) <= (${last.transaction}::xid8, ${last.id}::uuid)
      and not exists (select from platform.audit_link l where l.county = a.county and l.audit_id = a.id)
    order by a.transaction, a.id limit 1000`)
  return rows.map(({ id }) => ({ shard: undefined, number: undefined, what: 'ROW_INSERTED', auditId: id }))
}

/** The latest acts on this subject, newest first. */
export async function listAudit(ctx: Context, county: string, subjectId: string, limit: number) {
  return ctx.query(sql<AuditRow>`
    select ${columns} from platform.audit a where a.county = ${county} and a.subject_id = ${subjectId} order by a.at desc limit ${limit}`)
}
