/** What every step of a gathering does alike. */
import { type Context, DomainError, type Node, sql } from '#platform'
import type { State } from './states.ts'

export const notYours = () =>
  new DomainError('NOT_YOURS', {
    status: 403,
    sentence: { zh: '只能为自己签到和请假。', en: 'You can only sign in and ask for leave for yourself.' },
  })
export const notOnRoster = () =>
  new DomainError('NOT_ON_ROSTER', {
    sentence: { zh: '您不在这次活动的应到名单上，请联系记录人。', en: 'You are not on the roster of this gathering; ask the recorder.' },
  })

/** The event and the audit row of a step. */
export function happened(ctx: Context, organisation: Node, id: string, what: string, data: Record<string, unknown> = {}): void {
  const { county, id: nodeId, path } = organisation
  ctx.emit({ type: `meetings.gathering.${what}`, county, nodeId, path, subjectId: id, data })
  ctx.audit({ operation: `meetings.${what}`, county, subjectId: id, rows: 1 })
}

export const setState = (county: string, id: string, state: State) =>
  sql`update meetings.gathering set state = ${state}, version = version + 1 where county = ${county} and id = ${id}`
