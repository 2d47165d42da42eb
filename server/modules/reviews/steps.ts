/** What every step of this module does alike. */
import { type Context, type Node, wrong } from '#platform'

export const notOnRoster = (path: string) =>
  wrong('NOT_ON_ROSTER', path, '这不是本支部的党员，请从名单中选择。', 'This is not a member of the branch; choose one from the list.')

/**
 * The event and the audit row of a step: what happened to whom, never what was said.
 * @param operation by which a member is told, when the step is about one
 */
export function happened(
  ctx: Context,
  branch: Pick<Node, 'county' | 'id' | 'path'>,
  subjectId: string,
  what: string,
  data: Record<string, unknown> = {},
  operation = `reviews.${what}`,
): void {
  ctx.emit({ type: `reviews.${what}`, county: branch.county, nodeId: branch.id, path: branch.path, subjectId, data })
  ctx.audit({ operation, county: branch.county, subjectId, rows: 1 })
}
