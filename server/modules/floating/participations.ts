/**
 * 参加记录: one row that member, home and host see alike, written when the host's record is confirmed. What the roster says is counted once,
 * however often it is told; a dispute and its answer stay beside the row.
 */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type * as contract from '#contract/participations'
import type { BodyOf, QueryOf } from '#contract/operation'
import { findRecord, guestsAt, type GuestThere } from '#meetings'
import { namesOf } from '#organisations'
import {
  accountsOf,
  type Context,
  DomainError,
  type Event,
  holdersOf,
  type Node,
  notify,
  type Projection,
  type RawBuilder,
  Scope,
  sql,
} from '#platform'
import { citationOf } from '#rules'
import { keepClocks, select, isOver } from './rows.ts'

export type Participation = z.output<typeof contract.Participation>

interface Row extends Omit<Participation, 'homeName' | 'dispute'> {
  dispute: string | null
  disputedAt: string | null
  outcome: 'STANDS' | 'CORRECTED' | null
  answer: string | null
  answeredBy: string | null
  answeredAt: string | null
}

const columns = sql`p.id, p.member_id as "memberId", p.name, p.organisation_id as "homeId", p.host_id as "hostId", p.host_name as "hostName",
  p.gathering_id as "gatheringId", p.title, p.kinds, p.on_day as "on", p.attendance, p.recorded_by as "recordedByName", p.dispute,
  p.disputed_at as "disputedAt", p.outcome, p.answer, p.answered_by as "answeredBy", p.answered_at as "answeredAt"`

async function present(ctx: Context, rows: readonly Row[]): Promise<Participation[]> {
  const names = await namesOf(ctx, [...new Set(rows.map(({ homeId }) => homeId))])
  return rows.map(({ dispute: said, disputedAt, outcome, answer: answerText, answeredBy, answeredAt, ...row }) => ({
    ...row,
    homeName: names.get(row.homeId) ?? '',
    dispute:
      said === null || disputedAt === null
        ? null
        : {
            text: said,
            at: disputedAt,
            answer:
              outcome === null || answeredAt === null
                ? null
                : { outcome, text: answerText ?? '', byName: answeredBy ?? '', at: answeredAt },
          },
  }))
}

const read = async (ctx: Context, condition: RawBuilder<unknown>, tail: RawBuilder<unknown> = sql``): Promise<Participation[]> =>
  present(ctx, await ctx.query(sql<Row>`select ${columns} from floating.participation p where ${condition} ${tail}`))

const newest = sql`order by p.on_day desc, p.id limit 500`

const withinYear = (year: number | undefined) =>
  year === undefined ? sql`true` : sql`p.on_day between ${`${year}-01-01`} and ${`${year}-12-31`}`

/** Those of this organisation and below, as home and as host; the same rows for both. */
export function listAt(ctx: Context, node: Node, query: QueryOf<typeof contract.listParticipations>): Promise<Participation[]> {
  const scope = new Scope(node.path)
  return read(
    ctx,
    sql`(${scope.covers(sql`p.path`)} or ${scope.covers(sql`p.host_path`)}) and ${withinYear(query.year)}
      and ${query.memberId === undefined ? sql`true` : sql`p.member_id = ${query.memberId}`}
      and ${query.disputed === 'true' ? sql`p.dispute is not null and p.outcome is null` : sql`true`}`,
    newest,
  )
}

/** A member's, in one year. */
export const listOf = (ctx: Context, county: string, memberId: string, year: number): Promise<Participation[]> =>
  read(ctx, sql`p.county = ${county} and p.member_id = ${memberId} and ${withinYear(year)}`, newest)

/**
 * What the host's confirmed roster says of a member's part, written once. What a phone at the door brings later makes somebody who was missed
 * present, unless an answered dispute has settled it.
 */
async function record(ctx: Context, guest: GuestThere, hostName: string, late: boolean): Promise<boolean> {
  const [registration] = await select(
    ctx,
    sql`r.member_id = ${guest.memberId} and r.out_on <= ${guest.heldOn}`,
    sql`order by ${isOver}, r.out_on desc limit 1`,
  )
  if (registration === undefined) return false
  const { county, id, memberId, homeId, path } = registration
  const rows = await ctx.query(sql`
    insert into floating.participation (county, id, registration_id, member_id, name, organisation_id, path, host_county, host_id, host_path, host_name,
      gathering_id, title, kinds, on_day, attendance, recorded_by)
    values (${county}, ${randomUUID()}, ${id}, ${memberId}, ${registration.name}, ${homeId}, ${path}, ${guest.county}, ${guest.organisationId}, ${guest.path},
      ${hostName}, ${guest.gatheringId}, ${guest.title}, ${guest.kinds}::text[], ${guest.heldOn}, ${guest.attendance}, ${guest.recorderName})
    on conflict (county, member_id, gathering_id) where gathering_id is not null do ${
      late
        ? sql`update set attendance = excluded.attendance, recorded_by = excluded.recorded_by
            where floating.participation.attendance <> 'PRESENT' and floating.participation.outcome is null`
        : sql`nothing`
    } returning id`)
  if (rows.length === 0) return false
  ctx.emit({
    type: 'floating.participation.recorded',
    county,
    nodeId: homeId,
    path,
    subjectId: memberId,
    data: { gatheringId: guest.gatheringId },
  })
  return true
}

/**
 * A guest who was admitted after the record had been confirmed: the roster is closed, what the three share is not. Home is outside the host's
 * scope, so the row is written by the projection, which sees both.
 */
export function recordLate(ctx: Context, { county, id: nodeId, path }: Node, gatheringId: string, memberId: string, name: string): void {
  ctx.emit({ type: lateGuest, county, nodeId, path, subjectId: gatheringId, data: { memberId, name, byName: ctx.account.name } })
}

const lateGuest = 'floating.guest.late'

async function lateAt(ctx: Context, { county, subjectId, data }: Event): Promise<GuestThere[]> {
  const held = await findRecord(ctx, county, subjectId)
  if (held === undefined) return []
  return [
    {
      ...held,
      memberId: String(data['memberId']),
      name: String(data['name']),
      recorderName: String(data['byName']),
      attendance: 'PRESENT',
    },
  ]
}

/** Takes in what hosts confirmed: rows for guests, and the step from “assigned” to “takes part”. */
export const followRecords: Projection = {
  name: 'floating.followRecords',
  listens: ['meetings.gathering.confirmed', lateGuest],
  async apply(ctx, events) {
    for (const event of events) {
      const guests = event.type === lateGuest ? await lateAt(ctx, event) : await guestsAt(ctx, event.county, event.subjectId)
      if (guests.length === 0) continue
      const names = await namesOf(ctx, [...new Set(guests.map(({ organisationId }) => organisationId))])
      for (const guest of guests) {
        await record(ctx, guest, names.get(guest.organisationId) ?? '', event.type === lateGuest)
        if (guest.attendance === 'PRESENT') await tookPart(ctx, guest)
      }
    }
  },
  // Rows are facts once written, with disputes and answers on them: reading the same records again adds only what is missing.
  async reset() {},
}

async function tookPart(ctx: Context, { memberId, heldOn, path, gatheringId }: GuestThere): Promise<void> {
  const rows = await ctx.query(sql<{ county: string; id: string; first: boolean }>`
    update floating.registration r set last_took_part_on = greatest(r.last_took_part_on, ${heldOn}::date),
      state = case when r.state = 'ASSIGNED' and starts_with(${path}, r.host_path) then 'PARTICIPATING' else r.state end,
      version = case when r.state = 'ASSIGNED' and starts_with(${path}, r.host_path) then r.version + 1 else r.version end
    from floating.registration before
    where before.county = r.county and before.id = r.id and r.member_id = ${memberId} and r.out_on <= ${heldOn}
      and not ${isOver}
    returning r.county, r.id, before.state = 'ASSIGNED' and r.state = 'PARTICIPATING' as first`)
  for (const { county, id, first: isFirst } of rows) {
    await keepClocks(ctx, { county, id })
    if (!isFirst) continue
    await ctx.query(sql`
      insert into floating.entry (county, id, registration_id, action, on_day, side, by_name, content_hash)
      values (${county}, ${randomUUID()}, ${id}, 'TAKE_PART', ${heldOn}, 'RECORD', '活动记录', ${Buffer.from(gatheringId)})`)
  }
}

/** The member says that a row is wrong. The same words twice are one dispute; an answered one is not opened again. @throws DomainError NOT_FOUND, WRONG_STATE */
export async function dispute(ctx: Context, participationId: string, text: string): Promise<Participation> {
  const { subjectId } = ctx.account
  const row = await ctx.get(sql<Row & { hostPath: string | null; county: string }>`
    select ${columns}, p.county from floating.participation p where p.id = ${participationId} and p.member_id = ${subjectId} for update`)
  if (row.outcome !== null) {
    throw new DomainError('WRONG_STATE', {
      sentence: {
        zh: '这条异议已经答复。仍有不同看法，请联系家乡支部。',
        en: 'This has been answered; ask your home branch if you still disagree.',
      },
    })
  }
  if (row.dispute !== text) {
    await ctx.query(sql`
      update floating.participation set dispute = ${text}, disputed_at = now() where county = ${row.county} and id = ${participationId}`)
    ctx.emit({
      type: 'floating.participation.disputed',
      county: row.county,
      nodeId: row.homeId,
      path: ctx.post.node.path,
      subjectId: row.memberId,
      data: { participationId },
    })
    ctx.audit({ operation: 'floating.disputeParticipation', county: row.county, subjectId: row.memberId, rows: 1 })
    await tellDispute(ctx, row)
  }
  return first(await read(ctx, sql`p.county = ${row.county} and p.id = ${participationId}`))
}

async function tellDispute(ctx: Context, { hostId, homeId, name, on, id }: Row): Promise<void> {
  const roles = ['BRANCH_SECRETARY', 'RECORDER'] as const
  const told = [...(hostId === null ? [] : await holdersOf(ctx, hostId, roles)), ...(await holdersOf(ctx, homeId, ['BRANCH_SECRETARY']))]
  await notify(
    ctx,
    [...new Set(told)].map((accountId) => ({
      accountId,
      kind: 'floating.disputed',
      title: { zh: `${name}对${on}的参加记录有异议`, en: `${name} disputes the record of ${on}` },
      body: {
        zh: '请流入地核对后答复，本人和家乡支部都看得到。',
        en: 'The host looks into it and answers; member and home see the answer.',
      },
      because: { zh: `您是流入地或家乡支部的负责人。依据：${citationOf('FLOW-LIFE')}`, en: 'You look after the host or the home branch.' },
      href: '/console/floating/participations?disputed=true',
      once: `floating.disputed:${id}`,
    })),
  )
}

/** The host answers; corrected or not, the dispute stays with its answer. @throws DomainError NOT_FOUND, WRONG_STATE, NOT_YOURS */
export async function answer(
  ctx: Context,
  node: Node,
  participationId: string,
  input: BodyOf<typeof contract.answerDispute>,
): Promise<Participation> {
  const scope = new Scope(node.path)
  const row = await ctx.get(sql<Row & { county: string; ours: boolean; path: string }>`
    select ${columns}, p.county, p.path, coalesce(${scope.covers(sql`p.host_path`)}, p.outside is not null) as ours from floating.participation p
    where p.id = ${participationId} and (${scope.covers(sql`p.path`)} or ${scope.covers(sql`p.host_path`)}) for update`)
  if (!row.ours) {
    throw new DomainError('NOT_YOURS', {
      status: 403,
      sentence: { zh: '参加记录由流入地核对答复，请联系流入地。', en: 'The host answers; please ask the host.' },
    })
  }
  if (row.dispute === null) {
    throw new DomainError('WRONG_STATE', { sentence: { zh: '这条记录没有异议。', en: 'Nobody disputes this row.' } })
  }
  const attendance = input.outcome === 'CORRECTED' ? (input.attendance ?? 'PRESENT') : row.attendance
  const repeated = row.outcome === input.outcome && row.answer === input.text && row.attendance === attendance
  if (row.outcome !== null && !repeated) {
    throw new DomainError('WRONG_STATE', { sentence: { zh: '已经答复过了。', en: 'It has been answered already.' } })
  }
  if (!repeated) {
    await ctx.query(sql`
      update floating.participation set outcome = ${input.outcome}, answer = ${input.text}, answered_by = ${ctx.account.name}, answered_at = now(),
        attendance = ${attendance} where county = ${row.county} and id = ${participationId}`)
    ctx.emit({
      type: 'floating.participation.answered',
      county: row.county,
      nodeId: row.homeId,
      path: row.path,
      subjectId: row.memberId,
      data: { outcome: input.outcome },
    })
    ctx.audit({ operation: 'floating.answerDispute', county: row.county, subjectId: row.memberId, rows: 1 })
    const accountId = (await accountsOf(ctx, [row.memberId])).get(row.memberId)
    if (accountId !== undefined) {
      await notify(ctx, [
        {
          accountId,
          kind: 'floating.answered',
          title: { zh: `${row.hostName}答复了您的异议`, en: `${row.hostName} has answered you` },
          body: { zh: input.text, en: input.text },
          because: { zh: '您对这条参加记录提出了异议。', en: 'You disputed this row.' },
          href: `/floating/year/${row.on.slice(0, 4)}`,
          once: `floating.answered:${participationId}`,
        },
      ])
    }
  }
  return first(await read(ctx, sql`p.county = ${row.county} and p.id = ${participationId}`))
}

function first(rows: Participation[]): Participation {
  const [row] = rows
  if (row === undefined) throw new DomainError('NOT_FOUND')
  return row
}
