/** Who the caller is to a registration: home, its committee, host, or the member. */
import { type Caller, type Context, DomainError, type Node, Scope, sql } from '#platform'
import { type FloatAction, type FloatSide, floatStepsOf } from '#rules'
import { select, type Stored, isOver } from './rows.ts'

const within = (node: Node, path: string | null) => path !== null && new Scope(node.path).contains(path)

/** On which sides somebody at this organisation stands; both, where home and host are below it. */
export function sidesAt(ctx: Context, node: Node, { path, hostPath, branchPath }: Stored): FloatSide[] {
  const sides: FloatSide[] = []
  if (within(node, path)) {
    sides.push('HOME')
    if (ctx.caller.post?.role === 'COMMITTEE_ADMIN' && node.path !== path) sides.push('HOME_COMMITTEE')
  }
  if (within(node, hostPath) || within(node, branchPath)) sides.push('HOST')
  return sides
}

/** Steps somebody at this organisation may take; issuing has an operation of its own, and reporting in too. */
export const mayAt = (ctx: Context, node: Node, stored: Stored): FloatAction[] =>
  ctx.caller.post?.role === 'ORG_DEPARTMENT'
    ? []
    : floatStepsOf(stored.state, sidesAt(ctx, node, stored)).filter((action) => action !== 'REPORT_IN' && action !== 'TAKE_PART')

/** A registration to which this organisation is a party, optionally locked. @throws DomainError NOT_FOUND */
export async function registrationAt(ctx: Context, node: Node, id: string, lock = false): Promise<Stored> {
  const scope = new Scope(node.path)
  const [stored] = await select(
    ctx,
    sql`r.id = ${id} and (${scope.covers(sql`r.path`)} or ${scope.covers(sql`r.host_path`)} or ${scope.covers(sql`r.branch_path`)})`,
    lock ? sql`for update` : sql``,
  )
  if (stored === undefined) throw new DomainError('NOT_FOUND')
  return stored
}

/** The member's own open registration, or the last one. */
export async function ownRegistration(ctx: Context, lock = false): Promise<Stored | undefined> {
  const { subjectId } = ctx.account
  if (subjectId === null) return undefined
  const [stored] = await select(
    ctx,
    sql`r.member_id = ${subjectId}`,
    sql`order by ${isOver}, r.out_on desc limit 1 ${lock ? sql`for update` : sql``}`,
  )
  return stored
}

/** Has the caller a registration that is open? */
export async function isRegisteredOut(ctx: Context): Promise<boolean> {
  const { subjectId } = ctx.account
  if (subjectId === null) return false
  const { out } = await ctx.get(sql<{ out: boolean }>`
    select exists (select from floating.registration r where r.member_id = ${subjectId} and not ${isOver}) as out`)
  return out
}

/** The caller as a member of the home branch, whatever post they act in: what is one's own is done from there. */
export function asMember(caller: Caller): Caller {
  const post = caller.account?.posts.find(({ role }) => role === 'MEMBER') ?? caller.post
  return { ...caller, post }
}
