/** What two people changed without seeing each other: the recorder sees both values and decides. Nothing is dropped silently. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { putAttendance } from '#contract/attendance'
import { getGathering, type Gathering } from '#contract/meetings'
import { type Conflict, documents, nameOfField } from '#contract/sync'
import { operations } from '#contract'
import { aboutGatherings } from '#meetings'
import { findNode } from '#organisations'
import { type Caller, type Context, DomainError, holdersOf, type Node, notify, type Services, sql } from '#platform'
import type { Arriving } from './arriving.ts'

type Shown = z.output<typeof Conflict>

/** Keeps both values and tells those who decide. */
export async function leaveToRecorder(
  ctx: Context,
  { id: actId, operation, caller, act }: Arriving,
  { field, mine, theirs }: { field: string; mine: unknown; theirs: unknown },
): Promise<void> {
  const { organisationId = '', gatheringId = '' } = act.params
  const node = await findNode(ctx, organisationId)
  if (node === undefined || caller.account === null) throw new DomainError('NOT_FOUND')
  const { county, path } = node
  const id = randomUUID()
  await ctx.query(sql`
    insert into sync.conflict (county, id, organisation_id, path, gathering_id, act_id, account_id, by_name, operation, field, mine, theirs,
      device_at, received_at)
    values (${county}, ${id}, ${organisationId}, ${path}, ${gatheringId}, ${actId}, ${caller.account.id}, ${caller.account.name},
      ${operation.id}, ${field}, ${JSON.stringify(mine ?? null)}::jsonb, ${JSON.stringify(theirs ?? null)}::jsonb, ${act.deviceAt}, ${ctx.now})`)
  await tell(ctx, node, { id, gatheringId, field, byName: caller.account.name })
  ctx.emit({ type: 'sync.conflict.found', county, nodeId: node.id, path, subjectId: id, data: { gatheringId, field } }, caller)
  ctx.audit({ operation: 'sync.putAct', county, subjectId: gatheringId, rows: 1 }, caller)
}

async function tell(ctx: Context, node: Node, conflict: { id: string; gatheringId: string; field: string; byName: string }) {
  const { id, gatheringId, field, byName } = conflict
  const title = (await aboutGatherings(ctx, [{ county: node.county, gatheringId }])).get(gatheringId)?.title ?? ''
  const name = nameOfField(field)
  const told = await holdersOf(ctx, node.id, ['BRANCH_SECRETARY', 'RECORDER'])
  await notify(
    ctx,
    told.map((accountId) => ({
      accountId,
      kind: 'sync.conflict',
      title: { zh: `请核对：${title}`, en: `Please decide: ${title}` },
      body: { zh: `${byName}离线时写的“${name.zh}”与已记录的不同。`, en: `${byName} wrote another ${name.en} without a network.` },
      because: { zh: '您负责这个支部的会议。', en: 'You look after the meetings of this branch.' },
      href: `/conflicts/${node.id}`,
      once: `sync.conflict:${id}`,
    })),
  )
}

interface Row extends Omit<Shown, 'gatheringTitle' | 'fieldName'> {
  operation: string
}

const columns = sql`id, organisation_id as "organisationId", gathering_id as "gatheringId", field, mine, theirs, by_name as "byName",
  device_at as "deviceAt", received_at as "receivedAt"`

/** What is still open in an organisation, oldest first; 200 at most. */
export async function listConflicts(ctx: Context, node: Node): Promise<{ items: Shown[] }> {
  const rows = await ctx.query(sql<Omit<Row, 'operation'>>`
    select ${columns} from sync.conflict where county = ${node.county} and organisation_id = ${node.id} and settled_at is null
    order by received_at, id limit 200`)
  const about = await aboutGatherings(
    ctx,
    rows.map(({ gatheringId }) => ({ county: node.county, gatheringId })),
  )
  return {
    items: rows.map((row) => ({
      ...row,
      gatheringTitle: about.get(row.gatheringId)?.title ?? '',
      fieldName: nameOfField(row.field),
    })),
  }
}

/** Settles one: theirs stays, or mine is written as the one who decides. Deciding twice alike decides once. */
export async function settleConflict(
  ctx: Context,
  perform: Services['perform'],
  node: Node,
  conflictId: string,
  keep: 'MINE' | 'THEIRS',
): Promise<void> {
  const { county, id: nodeId, path } = node
  const row = await ctx.get(sql<Row & { kept: string | null }>`
    select ${columns}, operation, kept from sync.conflict
    where county = ${county} and id = ${conflictId} and organisation_id = ${nodeId} for update`)
  if (row.kept === keep) return
  if (row.kept !== null) {
    throw new DomainError('WRONG_STATE', {
      sentence: {
        zh: '这一处已由别人决定过了。如要再改，请直接修改会议记录。',
        en: 'Somebody has decided this already. To change it again, edit the record itself.',
      },
    })
  }
  if (keep === 'MINE') await write(ctx, perform, row)
  await ctx.query(sql`
    update sync.conflict set settled_at = ${ctx.now}, settled_by = ${ctx.account.id}, kept = ${keep} where county = ${county} and id = ${conflictId}`)
  ctx.emit({ type: 'sync.conflict.settled', county, nodeId, path, subjectId: conflictId, data: { gatheringId: row.gatheringId, keep } })
  ctx.audit({ operation: 'sync.settleConflict', county, subjectId: row.gatheringId, rows: 1 })
}

async function write(ctx: Context, perform: Services['perform'], row: Row): Promise<void> {
  const params = { organisationId: row.organisationId, gatheringId: row.gatheringId }
  const caller: Caller = ctx.caller
  if (row.field === 'attendance') {
    const { memberId, state, leaveReason, deviceAt } = row.mine as Record<string, unknown>
    await perform(ctx, putAttendance, caller, { params, body: { rows: [{ memberId, state, leaveReason, deviceAt }] } })
    return
  }
  const document = documents[row.operation]
  const operation = operations.find(({ id }) => id === row.operation)
  if (document === undefined || operation === undefined) throw new Error(`${row.operation} is no document`)
  const whole = (await perform(ctx, getGathering, caller, { params })) as z.output<typeof Gathering>
  await perform(ctx, operation, caller, { params, body: { ...document.content(whole), [row.field]: row.mine, version: whole.version } })
}
