/**
 * The audit chain. Rows are written in the transaction of the act; afterwards each is linked: hash = SHA-256(previous hash ‖ row).
 * Sixteen shards by account keep linking parallel; signed checkpoints fix how far the chain had come. Changing, removing
 * or inserting a row later breaks the chain at a place `verifyAudit` names.
 */
import { createHash, verify } from 'node:crypto'
import type { Context } from './context.ts'
import { sql } from './database.ts'
import type { Secrets } from './secrets.ts'

const shards = 16
const mostLinks = 5000

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
  return createHash('sha256').update(previous).update(text).digest()
}

const shardOf = (row: AuditRow) =>
  createHash('sha256')
    .update(row.accountId ?? 'system')
    .digest()
    .readUInt8(0) % shards

/** Links what is not linked yet, oldest first, and signs a checkpoint per shard. @returns rows linked */
export async function chainAudit(ctx: Context, secrets: Secrets): Promise<number> {
  await ctx.query(sql`select pg_advisory_xact_lock(7164022)`)
  const rows = await ctx.query(sql<AuditRow>`
    select ${columns} from platform.audit a
    where a.at < clock_timestamp() - interval '1 second'
      and not exists (select from platform.audit_link l where l.county = a.county and l.audit_id = a.id)
    order by a.at, a.id limit ${mostLinks}`)
  const byShard = Map.groupBy(rows, shardOf)
  for (const [shard, entries] of byShard) {
    const last = await ctx.find(sql<{ number: number; hash: Buffer }>`
      select number, hash from platform.audit_link where shard = ${shard} order by number desc limit 1`)
    let number = last?.number ?? 0
    let hash: Buffer = last?.hash ?? Buffer.alloc(32)
    const links = entries.map((row) => {
      number += 1
      hash = link(hash, row)
      return { number, hash, county: row.county, id: row.id }
    })
    await ctx.query(sql`
      insert into platform.audit_link (shard, number, county, audit_id, hash)
      select ${shard}, * from unnest(${links.map((l) => l.number)}::bigint[], ${links.map((l) => l.county)}::text[],
        ${links.map((l) => l.id)}::uuid[], ${links.map((l) => l.hash)}::bytea[])`)
    const { signature, publicKey } = secrets.sign(checkpoint(shard, number, hash))
    await ctx.query(sql`
      insert into platform.audit_checkpoint (shard, number, hash, signature, public_key) values (${shard}, ${number}, ${hash}, ${signature}, ${publicKey})`)
  }
  return rows.length
}

const checkpoint = (shard: number, number: number, hash: Buffer) => Buffer.from(`yigongli audit ${shard} ${number} ${hash.toString('hex')}`)

export interface AuditFinding {
  shard: number
  number: number
  what: 'ROW_CHANGED' | 'ROW_MISSING' | 'LINK_MISSING' | 'CHECKPOINT_WRONG'
}

/** Recomputes the whole chain. @returns how many links were checked and every place where it does not hold */
export async function verifyAudit(ctx: Context): Promise<{ checked: number; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = []
  let checked = 0
  for (let shard = 0; shard < shards; shard += 1) {
    let previous: Buffer = Buffer.alloc(32)
    let number = 0
    for (;;) {
      const links = await ctx.query(sql<{ number: number; hash: Buffer } & { [K in keyof AuditRow]: AuditRow[K] | null }>`
        select l.number, l.hash, ${columns} from platform.audit_link l
        left join platform.audit a on a.county = l.county and a.id = l.audit_id
        where l.shard = ${shard} and l.number > ${number} order by l.number limit 5000`)
      if (links.length === 0) break
      for (const row of links) {
        if (row.number !== number + 1) findings.push({ shard, number: number + 1, what: 'LINK_MISSING' })
        if (row.id === null) findings.push({ shard, number: row.number, what: 'ROW_MISSING' })
        else if (!link(previous, row as AuditRow).equals(row.hash)) findings.push({ shard, number: row.number, what: 'ROW_CHANGED' })
        previous = row.hash
        number = row.number
        checked += 1
      }
    }
    const points = await ctx.query(sql<{ number: number; hash: Buffer; signature: Buffer; publicKey: string; linked: Buffer | null }>`
      select c.number, c.hash, c.signature, c.public_key as "publicKey", l.hash as linked from platform.audit_checkpoint c
      left join platform.audit_link l on l.shard = c.shard and l.number = c.number where c.shard = ${shard} order by c.number`)
    for (const point of points) {
      const signed = verify(null, checkpoint(shard, point.number, point.hash), point.publicKey, point.signature)
      if (!signed || point.linked === null || !point.linked.equals(point.hash))
        findings.push({ shard, number: point.number, what: 'CHECKPOINT_WRONG' })
    }
  }
  return { checked, findings }
}

/** The latest acts on this subject, newest first. */
export async function listAudit(ctx: Context, county: string, subjectId: string, limit: number) {
  return ctx.query(sql<AuditRow>`
    select ${columns} from platform.audit a where a.county = ${county} and a.subject_id = ${subjectId} order by a.at desc limit ${limit}`)
}
