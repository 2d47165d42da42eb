/** Signing the record: a person's own act, with its time. */
import { type Context, DomainError, type Node, sql } from '#platform'
import { type Stored, stored } from './read.ts'
import { require } from './states.ts'
import { happened } from './steps.ts'

type Capacity = 'HOST' | 'RECORDER'

/** The caller signs in this capacity; twice is once. */
export const putSignature = (ctx: Context, { county, id }: Pick<Stored, 'county' | 'id'>, as: Capacity): Promise<unknown> =>
  ctx.query(sql`
    insert into meetings.signature (county, gathering_id, capacity, account_id, by_name)
    values (${county}, ${id}, ${as}, ${ctx.account.id}, ${ctx.account.name}) on conflict do nothing`)

/** What was signed is written anew: it has to be signed again. */
export const dropSignatures = (ctx: Context, { county, id }: Pick<Stored, 'county' | 'id'>): Promise<unknown> =>
  ctx.query(sql`delete from meetings.signature where county = ${county} and gathering_id = ${id}`)

export interface Signed {
  as: Capacity
  name: string
  at: string
}

export const signaturesOf = (ctx: Context, county: string, gatheringId: string): Promise<Signed[]> =>
  ctx.query(sql<Signed>`
    select capacity as as, by_name as name, at from meetings.signature where county = ${county} and gathering_id = ${gatheringId} order by at`)

/** The host signs the record as it stands. @throws DomainError NOT_YOURS, WRONG_STATE, STALE_VERSION */
export async function sign(ctx: Context, organisation: Node, id: string, version: number): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.hostId === null || gathering.hostId !== ctx.account.subjectId) {
    throw new DomainError('NOT_YOURS', {
      status: 403,
      sentence: { zh: '只有主持人本人可以签名。', en: 'Only the host can sign.' },
    })
  }
  if ((await signaturesOf(ctx, gathering.county, id)).some(({ as }) => as === 'HOST')) return
  require('sign', gathering.state)
  if (version !== gathering.version) throw new DomainError('STALE_VERSION')
  await putSignature(ctx, gathering, 'HOST')
  happened(ctx, organisation, id, 'signed', { as: 'HOST' })
}
