/** What every change of a plan does alike. */
import { type Context, DomainError, type Node } from '#platform'

/** The event and the audit row of a change. */
export function changed(ctx: Context, { county, id: nodeId, path }: Node, what: string, subjectId: string): void {
  ctx.emit({ type: `plans.${what}`, county, nodeId, path, subjectId })
  ctx.audit({ operation: `plans.${what}`, county, subjectId, rows: 1 })
}

interface Before {
  organisationId: string
  version: number
  contentHash: Buffer
}

/**
 * Is this the same request again? Otherwise it may go on: a new record, or a change of the version last seen.
 * @throws DomainError NOT_FOUND, ID_TAKEN, STALE_VERSION
 */
export function isRepeated(before: Before | undefined, organisationId: string, hash: Buffer, version: number | undefined): boolean {
  if (before === undefined) {
    if (version !== undefined) throw new DomainError('NOT_FOUND')
    return false
  }
  if (before.organisationId !== organisationId) throw new DomainError('ID_TAKEN')
  if (before.contentHash.equals(hash)) return true
  if (version !== before.version) throw new DomainError(version === undefined ? 'ID_TAKEN' : 'STALE_VERSION')
  return false
}
