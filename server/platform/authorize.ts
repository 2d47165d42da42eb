/** May this caller do this, and where does it act? One answer for requests and for acts that were done elsewhere and arrive later. */
import type { Operation } from '#contract/operation'
import { holds } from '#contract/roles'
import { type Caller, type Node, Scope } from './caller.ts'
import { DomainError } from './errors.ts'

const nowhere: Node = { id: '', path: '', county: '', name: '', kind: '', parentId: null }

/**
 * Without the permission: not allowed. Outside the scope or not there: not found, so that existence is never revealed.
 * @returns where the call acts
 */
export async function authorize(
  { access }: Operation,
  { account, post, purpose }: Caller,
  address: { params: unknown; query: unknown },
  find: (id: string) => Promise<Node | undefined>,
): Promise<Node> {
  if ('public' in access) return nowhere
  if (account === null) throw new DomainError('NOT_SIGNED_IN')
  if ('self' in access) return post?.node ?? nowhere
  if (post === null || !holds(post.role, access.may)) throw new DomainError('NOT_ALLOWED')
  if (access.purpose === true && purpose === null) throw new DomainError('PURPOSE_NEEDED')
  if (access.within === 'post') return post.node
  const named = { ...(address.query as Record<string, string>), ...(address.params as Record<string, string>) }
  const node = await find(named[access.within] ?? '')
  if (node === undefined || !new Scope(post.node.path).contains(node.path)) throw new DomainError('NOT_FOUND')
  return node
}
