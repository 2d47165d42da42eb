/**
 * The door of a gathering: what was shown there, what it was worth, and what the host decided. Nobody is turned away by a machine: whoever
 * is admitted takes part, whatever the pass said, and both stay on record for a while.
 */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type * as contract from '#contract/passes'
import type { BodyOf, QueryOf } from '#contract/operation'
import { admitGuest, type Hall, hallOf } from '#meetings'
import { verify } from '#pass'
import { comesAfter, type Context, DomainError, hashOf, keyOfMoment, type Node, pageOf, Scope, type Secrets, sql } from '#platform'
import { count } from '#rules'
import { shownBy } from './arrive.ts'
import { recordLate } from './participations.ts'
import { trustNow } from './trust.ts'

type Check = z.output<typeof contract.DoorCheck>

const columns = sql`d.id, d.device_at as at, d.received_at as "receivedAt", d.outcome, d.sentence, d.name, d.branch, d.admitted, d.note,
  d.by_name as "byName", d.elsewhere`

/** Somebody the platform has no record of is on the roster under an id made from the copy: the same copy is the same guest. */
function strangerId(presented: string): string {
  const hex = createHash('sha256').update(presented).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Checks what was shown at that time, with what is known now. The same check twice is one.
 * @throws DomainError NOT_FOUND, WRONG_STATE before the gathering has begun, ID_TAKEN
 */
export async function putCheck(
  ctx: Context,
  services: { secrets: Secrets },
  node: Node,
  gatheringId: string,
  checkId: string,
  input: BodyOf<typeof contract.putDoorCheck>,
): Promise<Check> {
  const hall = await hallOf(ctx, node)
  const { county } = hall
  const { presented, deviceAt, admitted, note } = input
  const hash = hashOf([gatheringId, input])
  const known = await ctx.find(sql<Check & { contentHash: Buffer }>`
    select ${columns}, d.content_hash as "contentHash" from floating.door_check d where d.county = ${county} and d.id = ${checkId}`)
  if (known !== undefined) {
    const { contentHash, ...check } = known
    if (!contentHash.equals(hash)) throw new DomainError('ID_TAKEN')
    return check
  }
  const verdict = await verify(presented, await trustNow(ctx, services), new Date(deviceAt), { afterwards: true })
  const shown = verdict.pass === null ? undefined : await shownBy(ctx, verdict.pass.copyId)
  const { elsewhere } = await ctx.get(sql<{ elsewhere: boolean }>`
    select floating.shown_elsewhere(${verdict.pass?.copyId ?? null}, ${deviceAt}, ${gatheringId}, make_interval(mins => ${count('FLOW-DOOR', 'sameTimeMinutes')})) as elsewhere`)
  const guest = {
    memberId: shown?.memberId ?? strangerId(verdict.pass?.copyId ?? presented),
    name: shown?.name ?? verdict.pass?.name ?? '来宾',
  }
  if (admitted) await admit(ctx, hall, gatheringId, guest, deviceAt)
  const check = await ctx.get(sql<Check>`
    insert into floating.door_check as d (county, id, organisation_id, path, gathering_id, member_id, copy_id, outcome, sentence, name, branch, admitted, note, by_name,
      device_at, elsewhere, content_hash)
    values (${county}, ${checkId}, ${hall.id}, ${hall.path}, ${gatheringId}, ${shown?.memberId ?? null}, ${verdict.pass?.copyId ?? null}, ${verdict.outcome},
      ${JSON.stringify(verdict.sentence)}::jsonb, ${verdict.pass?.name ?? ''}, ${verdict.pass?.branch ?? ''}, ${admitted}, ${note}, ${ctx.account.name},
      ${deviceAt}, ${elsewhere}, ${hash}) returning ${columns}`)
  ctx.emit({
    type: 'floating.door.checked',
    county,
    nodeId: hall.id,
    path: hall.path,
    subjectId: checkId,
    data: { gatheringId, outcome: verdict.outcome, admitted },
  })
  ctx.audit({ operation: 'floating.putDoorCheck', county, subjectId: shown?.memberId ?? null, rows: 1 })
  return check
}

/** On the roster; or, where the record is confirmed already, on the record the three share. */
async function admit(ctx: Context, hall: Hall, gatheringId: string, guest: { memberId: string; name: string }, at: string): Promise<void> {
  if (await admitGuest(ctx, hall, gatheringId, guest, at)) return
  recordLate(ctx, hall, gatheringId, guest.memberId, guest.name)
}

/** Checks made here and below, newest first. */
export async function listChecks(ctx: Context, node: Node, query: QueryOf<typeof contract.listDoorChecks>) {
  const rows = await ctx.query(sql<Check & { key: string }>`
    select ${columns}, ${keyOfMoment(sql`d.device_at`)} as key from floating.door_check d
    where ${new Scope(node.path).covers(sql`d.path`)} and ${query.gatheringId === undefined ? sql`true` : sql`d.gathering_id = ${query.gatheringId}`}
      and ${comesAfter(query.cursor, { at: sql`d.device_at`, id: sql`d.id` })}
    order by d.device_at desc, d.id desc limit ${query.limit + 1}`)
  return pageOf(rows, query.limit)
}
