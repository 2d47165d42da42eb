/** Reading members one at a time; every personal read is audited. */
import type { z } from 'zod'
import type { Member } from '#contract/members'
import { type Context, DomainError, type Node, Scope, type Services, sql } from '#platform'
import { checkedIdentity } from './personal.ts'
import { allColumns, present, presentRows, rowColumns, type Stored } from './rows.ts'

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
