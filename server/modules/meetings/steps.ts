/** What every step of a gathering does alike. */
import { type Context, DomainError, type Node, sql } from '#platform'
import type { State } from './states.ts'

/** A field that is wrong, named, in both languages. */
export function wrong(code: string, path: string, zh: string, en: string): DomainError {
  return new DomainError(code, { status: 400, sentence: { zh, en }, fields: [{ path, message: `${zh} / ${en}` }] })
}

/** The event and the audit row of a step. */
export function happened(ctx: Context, organisation: Node, id: string, what: string, data: Record<string, unknown> = {}): void {
  const { county, id: nodeId, path } = organisation
  ctx.emit({ type: `meetings.gathering.${what}`, county, nodeId, path, subjectId: id, data })
  ctx.audit({ operation: `meetings.${what}`, county, subjectId: id, rows: 1 })
}

export const setState = (county: string, id: string, state: State) =>
  sql`update meetings.gathering set state = ${state}, version = version + 1 where county = ${county} and id = ${id}`
