/** Granting posts, with the separations of TRUST.md: nobody grants to oneself, and who looks after the machine does nothing else. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type * as contract from '#contract/identity'
import type { BodyOf } from '#contract/operation'
import { type Role, roles } from '#contract/roles'
import { type Context, DomainError, type Node, type Post, type Services, sql } from '#platform'

export function presentPost(post: Post): z.output<typeof contract.Post> {
  const { zh, en } = roles[post.role]
  return {
    id: post.id,
    role: post.role,
    roleName: { zh, en },
    organisationId: post.node.id,
    organisationName: post.node.name,
    organisationKind: post.node.kind,
    from: post.from,
    until: post.until,
  }
}

/** 三员: each is held by another person, and by nobody with work of the organisation. Source: GB/T 22239-2019 level 3, 三权分立. */
const apart: readonly Role[] = ['SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDITOR']

/** Being a member is no office: it goes with every post. */
const excludes = (one: Role, other: Role) =>
  one !== other && one !== 'MEMBER' && other !== 'MEMBER' && (apart.includes(one) || apart.includes(other))

const endsBeforeItBegins = '岗位的截止日期不能早于起始日期 / a post cannot end before it begins'

/** @throws DomainError INVALID, SAME_PERSON, POSTS_SEPARATE, ID_TAKEN */
export async function grant(
  ctx: Context,
  services: Services,
  node: Node,
  postId: string,
  body: BodyOf<typeof contract.grantPost>,
): Promise<z.output<typeof contract.Post>> {
  const { role, from, until } = body
  if (until !== null && until < from) throw new DomainError('INVALID', { fields: [{ path: 'body.until', message: endsBeforeItBegins }] })
  const { identity } = services
  const accountId = await identity.ensureAccount(ctx, { id: randomUUID(), name: body.name, phone: body.phone, subjectId: null })
  if (accountId === ctx.account.id) throw toOneself()
  const held = await ctx.query(sql<{ id: string; accountId: string; nodeId: string; role: Role }>`
    select id, account_id as "accountId", node_id as "nodeId", role from platform.post
    where id = ${postId} or (account_id = ${accountId} and (until_day is null or until_day >= current_date))`)
  const before = held.find((post) => post.id === postId)
  if (before !== undefined && (before.accountId !== accountId || before.nodeId !== node.id)) throw new DomainError('ID_TAKEN')
  const excluded = held.find((post) => post.id !== postId && post.accountId === accountId && excludes(post.role, role))
  if (excluded !== undefined) throw separate(excluded.role, role)
  await identity.putPost(ctx, { id: postId, accountId, role, nodeId: node.id, from, until, grantedBy: ctx.account.id })
  ctx.audit({ operation: 'identity.grantPost', county: node.county, subjectId: accountId, rows: 1 })
  ctx.after(services.forget)
  return presentPost({ id: postId, role, node, from, until })
}

const toOneself = () =>
  new DomainError('SAME_PERSON', {
    sentence: {
      zh: '不能给自己授予岗位，请由另一名安全管理员办理。',
      en: 'Nobody grants a post to oneself; ask another security administrator.',
    },
  })

function separate(held: Role, wanted: Role): DomainError {
  const zh = `此人已是${roles[held].zh}，不能兼任${roles[wanted].zh}：系统、安全、审计三员相互独立，也不兼业务岗位。`
  const en = `This person is ${roles[held].en.toLowerCase()} already and cannot be ${roles[wanted].en.toLowerCase()} as well.`
  return new DomainError('POSTS_SEPARATE', { sentence: { zh, en }, fields: [{ path: 'body.role', message: `${zh} / ${en}` }] })
}
