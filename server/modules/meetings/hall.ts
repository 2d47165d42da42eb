/** Where a gathering belongs: to a branch; and whose reach ends at one of its groups. */
import { findNode } from '#organisations'
import { type Context, DomainError, type Node } from '#platform'

/** A branch; with `groupId` only what concerns that group is reached, as its leader does. */
export type Hall = Node & { groupId?: string }

/** The branch at this node. Standing at a group one reaches the branch above it, and there the group's meetings only. */
export async function hallOf(ctx: Context, node: Node): Promise<Hall> {
  if (node.kind !== 'GROUP' || node.parentId === null) return node
  const branch = await findNode(ctx, node.parentId)
  if (branch === undefined) throw new DomainError('NOT_FOUND')
  return { ...branch, groupId: node.id }
}
