/** Reading members inside a scope; every personal read is audited with the number of rows. */
import type { z } from 'zod'
import type { QueryOf } from '#contract/operation'
import type { listMembers, Member } from '#contract/members'
import { type Context, DomainError, type Node, Scope, type Services, sql } from '#platform'
import { checkedIdentity } from './personal.ts'
import { allColumns, present, presentRows, rowColumns, type Stored } from './rows.ts'

type Query = QueryOf<typeof listMembers>

const decode = (cursor: string): [string, string] => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(value) && value.length === 2 && value.every((v) => typeof v === 'string')) return value as [string, string]
  } catch {
    // Falls through to the sentence below.
  }
  throw new DomainError('INVALID', { fields: [{ path: 'query.cursor', message: '翻页标记无效，请从第一页开始。' }] })
}

/** Members of this node and below, sorted and paged by key; counts come from the tallies unless a filter asks for less. */
export async function list(ctx: Context, node: Node, query: Query) {
  const scope = new Scope(node.path)
  const q = query.q.trim().toLowerCase()
  const asOf = query.asOf
  const conditions = [
    asOf === undefined
      ? scope.covers(sql`m.path`)
      : sql<boolean>`${scope.covers(sql`m.path`)} and exists (select from members.affiliation a where a.county = m.county and a.member_id = m.id
          and a.valid_from <= ${asOf} and (a.valid_to is null or a.valid_to > ${asOf}))`,
    ...(query.stage === undefined ? [] : [sql<boolean>`m.stage = ${query.stage}`]),
    ...(query.mobility === undefined ? [] : [sql<boolean>`m.mobility = ${query.mobility}`]),
    ...(q === ''
      ? []
      : [
          sql<boolean>`(m.name like ${`${escapeLike(query.q.trim())}%`} or m.pinyin like ${`${escapeLike(q)}%`} or m.initials like ${`${escapeLike(q)}%`})`,
        ]),
  ]
  const where = sql.join(conditions, sql` and `)
  const key = query.sort === 'name' ? sql`m.pinyin` : sql`coalesce(m.joined_on::text, '9999')`
  const after =
    query.cursor === undefined ? sql`` : sql`and (${key}, m.id::text) > (${decode(query.cursor)[0]}, ${decode(query.cursor)[1]})`
  const rows = await ctx.query(sql<Stored & { key: string }>`
    select ${rowColumns}, ${key} as key from members.member m where ${where} ${after} order by ${key}, m.id::text limit ${query.limit + 1}`)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const items = await presentRows(
    ctx,
    shown.map(({ key: _key, ...row }) => row),
  )
  const totals =
    q === '' && query.stage === undefined && query.mobility === undefined && asOf === undefined
      ? await tally(ctx, scope)
      : await ctx.get(sql<{ total: number; full: number; counts: number }>`
          select count(*)::int as total, count(*) filter (where stage = 'FULL')::int as full,
            count(*) filter (where stage = 'FULL' and membership = 'NORMAL' and (rights_suspended_until is null or rights_suspended_until < current_date))::int as counts
          from (select * from members.member m where ${where} limit 10000) m`)
  ctx.audit({ operation: 'members.listMembers', county: node.county, subjectId: node.id, rows: items.length })
  return { items, next: last === undefined ? null : Buffer.from(JSON.stringify([last.key, last.id])).toString('base64url'), ...totals }
}

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, (c) => `\\${c}`)

/** Sums of the tallies inside a scope. */
export async function tally(ctx: Context, scope: Scope): Promise<{ total: number; full: number; counts: number }> {
  return ctx.get(sql<{ total: number; full: number; counts: number }>`
    select coalesce(sum(all_members), 0)::int as total, coalesce(sum(full_members), 0)::int as full, coalesce(sum(counting), 0)::int as counts
    from members.tally t where ${scope.covers(sql`t.path`)}`)
}

/** One member of this node or below. @throws DomainError NOT_FOUND */
export async function get(ctx: Context, node: Node, memberId: string): Promise<z.output<typeof Member>> {
  const row = await ctx.get(sql<Stored>`
    select ${allColumns} from members.member m where m.id = ${memberId} and ${new Scope(node.path).covers(sql`m.path`)}`)
  ctx.audit({ operation: 'members.getMember', county: row.county, subjectId: row.id, rows: 1 })
  const [member] = await present(ctx, [row])
  if (member === undefined) throw new DomainError('NOT_FOUND')
  return member
}

/** The caller's own record, or null. Row-level security lets a person through to themselves. */
export async function getOwn(ctx: Context): Promise<z.output<typeof Member> | null> {
  const id = ctx.account.subjectId
  if (id === null) return null
  const row = await ctx.find(sql<Stored>`select ${allColumns} from members.member m where m.id = ${id}`)
  return row === undefined ? null : ((await present(ctx, [row]))[0] ?? null)
}

/** Exact search by identity number or phone inside the caller's scope. */
export async function findExactly(
  ctx: Context,
  services: Services,
  by: { identityNumber?: string | undefined; phone?: string | undefined },
) {
  if ((by.identityNumber === undefined) === (by.phone === undefined)) {
    throw new DomainError('INVALID', { fields: [{ path: 'body', message: '请填写身份证号或手机号其中一项。' }] })
  }
  const condition =
    by.identityNumber === undefined
      ? sql`m.phone_hash = ${services.secrets.lookup('phone', by.phone ?? '')}`
      : sql`m.identity_hash = ${services.secrets.lookup('identity', checkedIdentity(by.identityNumber))}`
  const rows = await ctx.query(
    sql<Stored>`select ${rowColumns} from members.member m where ${condition} and ${ctx.scope.covers(sql`m.path`)} limit 5`,
  )
  for (const row of rows) ctx.audit({ operation: 'members.findMember', county: row.county, subjectId: row.id, rows: 1 })
  return { items: await presentRows(ctx, rows) }
}

/** The full numbers, opened. The purpose is in the audit row. @throws DomainError NOT_FOUND */
export async function reveal(ctx: Context, services: Services, node: Node, memberId: string) {
  const row = await ctx.get(sql<{ county: string; identity: Buffer; phone: Buffer | null }>`
    select county, identity_sealed as identity, phone_sealed as phone from members.member m
    where m.id = ${memberId} and ${new Scope(node.path).covers(sql`m.path`)}`)
  ctx.audit({ operation: 'members.revealIdentity', county: row.county, subjectId: memberId, rows: 1 })
  return { identityNumber: services.secrets.open(row.identity), phone: row.phone === null ? null : services.secrets.open(row.phone) }
}
