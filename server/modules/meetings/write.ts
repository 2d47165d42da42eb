/** Planning, notifying, holding, recording, confirming: each a short step from one state to the next. */
import { createHash } from 'node:crypto'
import type * as contract from '#contract/meetings'
import type { BodyOf } from '#contract/operation'
import { type Context, DomainError, type Node, sql } from '#platform'
import { addDays, dayOf, rule } from '#rules'
import { snapshotRoster, tellRoster } from './people.ts'
import { heldOn, rosterRows, type Stored, stored } from './read.ts'
import { require } from './states.ts'
import { heads, judge, verdictOn } from './verdicts.ts'

const branchKinds = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG', 'GENERAL_BRANCH', 'GRASSROOTS_COMMITTEE']

function wrong(code: string, path: string, zh: string, en: string): DomainError {
  return new DomainError(code, { status: 400, sentence: { zh, en }, fields: [{ path, message: zh }] })
}

function happened(ctx: Context, organisation: Node, id: string, what: string, data: Record<string, unknown> = {}): void {
  ctx.emit({ type: `meetings.gathering.${what}`, county: organisation.county, nodeId: organisation.id, path: organisation.path, subjectId: id, data })
  ctx.audit({ operation: `meetings.${what}`, county: organisation.county, subjectId: id, rows: 1 })
}

/** Plans a gathering or changes the plan. The same request twice is the same gathering once. */
export async function plan(ctx: Context, organisation: Node, id: string, input: BodyOf<typeof contract.putGathering>): Promise<void> {
  if (!branchKinds.includes(organisation.kind)) {
    throw new DomainError('KIND_NOT_APPLICABLE', {
      sentence: { zh: `${organisation.name}不是党支部一类的组织，不能安排组织生活。`, en: `${organisation.name} is not a branch and holds no such gatherings.` },
    })
  }
  if (new Set(input.segments.map((s) => s.kind)).size !== input.segments.length) {
    throw wrong('INVALID', 'body.segments', '同一种活动不能选两次。', 'The same kind is chosen twice.')
  }
  if (input.plannedEnd !== null && Date.parse(input.plannedEnd) <= Date.parse(input.plannedStart)) {
    throw wrong('INVALID', 'body.plannedEnd', '结束时间应晚于开始时间。', 'The end must be after the start.')
  }
  const { version, ...content } = input
  const hash = createHash('sha256').update(JSON.stringify([organisation.id, content])).digest()
  const before = await ctx.find(sql<{ state: Stored['state']; version: number; contentHash: Buffer; organisationId: string }>`
    select state, version, content_hash as "contentHash", organisation_id as "organisationId" from meetings.gathering
    where county = ${organisation.county} and id = ${id} for update`)
  if (before !== undefined) {
    if (before.organisationId !== organisation.id) throw new DomainError('ID_TAKEN')
    if (before.contentHash.equals(hash)) return
    if (version !== before.version) throw new DomainError(version === undefined ? 'ID_TAKEN' : 'STALE_VERSION')
    require('plan', before.state)
  }
  await ctx.query(sql`
    insert into meetings.gathering (county, id, organisation_id, path, group_id, title, state, mode, place, planned_start, planned_end, host_id, agenda, content_hash)
    values (${organisation.county}, ${id}, ${organisation.id}, ${organisation.path}, ${input.groupId}, ${input.title}, 'PLANNED', ${input.mode}, ${input.place},
      ${input.plannedStart}, ${input.plannedEnd}, ${input.hostId}, ${JSON.stringify(input.agenda)}::jsonb, ${hash})
    on conflict (county, id) do update set group_id = excluded.group_id, title = excluded.title, mode = excluded.mode, place = excluded.place,
      planned_start = excluded.planned_start, planned_end = excluded.planned_end, host_id = excluded.host_id, agenda = excluded.agenda,
      content_hash = excluded.content_hash, version = meetings.gathering.version + 1`)
  await ctx.query(sql`delete from meetings.segment where county = ${organisation.county} and gathering_id = ${id}`)
  await ctx.query(sql`
    insert into meetings.segment (county, id, gathering_id, kind, place)
    select ${organisation.county}, s.id, ${id}::uuid, s.kind, s.place
    from unnest(${input.segments.map((s) => s.id)}::uuid[], ${input.segments.map((s) => s.kind)}::text[]) with ordinality as s(id, kind, place)`)
  happened(ctx, organisation, id, 'planned')
}

const setState = (county: string, id: string, state: Stored['state']) =>
  sql`update meetings.gathering set state = ${state}, version = version + 1 where county = ${county} and id = ${id}`

/** Tells the members. Telling twice tells nobody twice. */
export async function sendNotice(ctx: Context, organisation: Node, id: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'NOTIFIED') return
  require('notify', gathering.state)
  const members = await snapshotRoster(ctx, organisation, gathering)
  await tellRoster(ctx, organisation, gathering, members.map((m) => m.memberId), gathering.state === 'POSTPONED' ? { zh: '改期通知', en: 'New time' } : { zh: '会议通知', en: 'Notice' })
  await ctx.query(setState(organisation.county, id, 'NOTIFIED'))
  happened(ctx, organisation, id, 'notified')
}

/** Fixes the roster of the day and opens roll-call and sign-in. */
export async function start(ctx: Context, organisation: Node, id: string, at: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'IN_PROGRESS') return
  require('start', gathering.state)
  if (Date.parse(at) > ctx.now.getTime() + 86_400_000) throw wrong('INVALID', 'body.at', '开始时间不能在将来。', 'The start lies in the future.')
  await snapshotRoster(ctx, organisation, gathering)
  await ctx.query(sql`
    update meetings.gathering set state = 'IN_PROGRESS', actual_start = ${at}, held_on = ${heldOn(at)}, version = version + 1
    where county = ${organisation.county} and id = ${id}`)
  happened(ctx, organisation, id, 'started')
}

/** Roll-call by the recorder. @throws DomainError NOT_ON_ROSTER naming the row */
export async function callRoll(ctx: Context, organisation: Node, id: string, rows: BodyOf<typeof contract.putAttendance>['rows']): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  require('attend', gathering.state)
  const known = new Set((await rosterRows(ctx, organisation.county, id)).map((row) => row.memberId))
  const stranger = rows.findIndex((row) => !known.has(row.memberId))
  if (stranger >= 0) {
    throw wrong('NOT_ON_ROSTER', `body.rows.${stranger}.memberId`, '这个人不在本次应到名单上。', 'This person is not on the roster.')
  }
  // The last word for each person in the request holds.
  const last = [...new Map(rows.map((row) => [row.memberId, row])).values()]
  await ctx.query(sql`
    update meetings.attendance a set state = r.state, leave_reason = r.reason, confirmed_by = case when r.state = 'EXPECTED' then null else 'RECORDER' end,
      device_at = r.device_at, confirmed_at = case when r.state = 'EXPECTED' then null else now() end
    from unnest(${last.map((r) => r.memberId)}::uuid[], ${last.map((r) => r.state)}::text[], ${last.map((r) => (r.state === 'LEAVE' ? (r.leaveReason ?? 'OTHER') : null))}::text[],
      ${last.map((r) => r.deviceAt)}::timestamptz[]) as r(member_id, state, reason, device_at)
    where a.county = ${organisation.county} and a.gathering_id = ${id} and a.member_id = r.member_id`)
  happened(ctx, organisation, id, 'rollCalled', { rows: last.length })
}

/** Days after the gathering within which a record is not late. Source: MEET-LATE-ENTRY (a parameter, overridable by the province). */
const recordWithinDays = () => Number(rule('MEET-LATE-ENTRY').params.withinDays)

/** Writes the record; may be written again until it is confirmed. */
export async function record(ctx: Context, organisation: Node, id: string, input: BodyOf<typeof contract.putRecord>): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  require('record', gathering.state)
  if (input.version !== gathering.version) throw new DomainError('STALE_VERSION')
  const from = Date.parse(input.actualStart)
  const until = Date.parse(input.actualEnd)
  if (until <= from) throw wrong('TIMES_IMPOSSIBLE', 'body.actualEnd', '结束时间应晚于开始时间。', 'The end must be after the start.')
  if (until - from > 86_400_000) throw wrong('TIMES_IMPOSSIBLE', 'body.actualEnd', '一次活动不会超过 24 小时，请核对日期。', 'A gathering does not last over 24 hours.')
  if (from > ctx.now.getTime()) throw wrong('TIMES_IMPOSSIBLE', 'body.actualStart', '开始时间在将来，开过会再写记录。', 'The start lies in the future.')
  const roster = await rosterRows(ctx, organisation.county, id)
  const host = roster.find((row) => row.memberId === input.hostId)
  if (host === undefined) throw wrong('NOT_ON_ROSTER', 'body.hostId', '主持人应在名单上。', 'The host must be on the roster.')
  const stranger = input.speeches.findIndex((speech) => !roster.some((row) => row.memberId === speech.memberId))
  if (stranger >= 0) throw wrong('NOT_ON_ROSTER', `body.speeches.${stranger}.memberId`, '发言人不在名单上。', 'The speaker is not on the roster.')
  const resolutions = input.resolutions.map((resolution, i) => {
    const judged = judge(resolution, heads(roster))
    const cast = resolution.agree + resolution.against + resolution.abstain
    if (cast > judged.present) {
      const zh = `票数合计 ${cast}，多于实到有表决权的 ${judged.present} 人，请核对。`
      throw wrong('VOTES_DO_NOT_ADD_UP', `body.resolutions.${i}.agree`, zh, `${cast} votes were cast by ${judged.present} present with a vote.`)
    }
    return judged
  })
  const late = dayOf(ctx.now) > addDays(heldOn(input.actualStart), recordWithinDays())
  if (late && input.lateReason.trim() === '') {
    throw wrong('LATE_REASON_NEEDED', 'body.lateReason', `会后超过 ${recordWithinDays()} 天补录，请写明原因（会标注“补录”）。`, 'The record is late: say why; it will be marked as entered late.')
  }
  await ctx.query(sql`
    update meetings.gathering set state = 'DRAFT_MINUTES', actual_start = ${input.actualStart}, actual_end = ${input.actualEnd},
      held_on = ${heldOn(input.actualStart)}, host_id = ${input.hostId}, host_name = ${host.name}, agenda = ${JSON.stringify(input.agenda)}::jsonb,
      speeches = ${JSON.stringify(input.speeches)}::jsonb, minutes = ${input.minutes}, resolutions = ${JSON.stringify(resolutions)}::jsonb,
      file_ids = ${input.fileIds}::uuid[], late_entry = ${late}, late_reason = ${late ? input.lateReason : ''},
      recorder_account_id = ${ctx.account.id}, recorder_name = ${ctx.account.name}, version = version + 1
    where county = ${organisation.county} and id = ${id}`)
  happened(ctx, organisation, id, 'recorded')
}

/** Confirms the record, by somebody other than the recorder; fixes verdicts, counts and digest. */
export async function confirm(ctx: Context, organisation: Node, id: string, version: number): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  const again = (gathering.state === 'CONFIRMED' || gathering.state === 'ARCHIVED') && version < gathering.version
  if (again) return
  require('confirm', gathering.state)
  if (gathering.recorderAccountId === ctx.account.id) throw new DomainError('SAME_PERSON')
  if (version !== gathering.version) throw new DomainError('STALE_VERSION')
  if (gathering.minutes.trim() === '' && gathering.agenda.every((item) => item.note.trim() === '')) {
    throw wrong('RECORD_INCOMPLETE', 'minutes', '记录还是空的：至少写明议题情况或会议内容（条例要求的记录要素）。', 'The record is still empty.')
  }
  const roster = await rosterRows(ctx, organisation.county, id)
  const counted = heads(roster)
  const verdicts = gathering.segments.map((segment) => verdictOn(segment, counted))
  const digest = createHash('sha256')
    .update(JSON.stringify([gathering.id, gathering.title, gathering.actualStart, gathering.actualEnd, gathering.agenda, gathering.speeches, gathering.minutes, gathering.resolutions, roster, verdicts]))
    .digest()
  await ctx.query(sql`
    update meetings.segment s set valid = v.valid, eligible = v.eligible, present = v.present, need = v.need, sentence = v.sentence, rule_id = v.rule_id, rule_version = v.rule_version
    from unnest(${verdicts.map((v) => v.segmentId)}::uuid[], ${verdicts.map((v) => v.valid)}::bool[], ${verdicts.map((v) => v.eligible)}::int[],
      ${verdicts.map((v) => v.present)}::int[], ${verdicts.map((v) => v.need)}::int[], ${verdicts.map((v) => JSON.stringify(v.sentence))}::jsonb[],
      ${verdicts.map((v) => v.ruleId)}::text[], ${verdicts.map((v) => v.ruleVersion)}::text[]) as v(id, valid, eligible, present, need, sentence, rule_id, rule_version)
    where s.county = ${organisation.county} and s.id = v.id`)
  await ctx.query(sql`
    update meetings.gathering set state = 'CONFIRMED', confirmed_account_id = ${ctx.account.id}, confirmed_name = ${ctx.account.name}, confirmed_at = now(),
      digest = ${digest}, expected = ${counted.expected}, present = ${counted.present}, version = version + 1
    where county = ${organisation.county} and id = ${id}`)
  happened(ctx, organisation, id, 'confirmed', {
    heldOn: gathering.heldOn,
    title: gathering.title,
    kinds: verdicts.filter((v) => v.valid).map((v) => v.kind),
    expected: counted.expected,
    present: counted.present,
    lateEntry: gathering.lateEntry,
  })
}

export async function archive(ctx: Context, organisation: Node, id: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'ARCHIVED') return
  require('archive', gathering.state)
  await ctx.query(setState(organisation.county, id, 'ARCHIVED'))
  happened(ctx, organisation, id, 'archived')
}

export async function cancel(ctx: Context, organisation: Node, id: string, reason: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'CANCELLED') return
  require('cancel', gathering.state)
  await ctx.query(sql`
    update meetings.gathering set state = 'CANCELLED', cancel_reason = ${reason}, version = version + 1 where county = ${organisation.county} and id = ${id}`)
  const told = (await rosterRows(ctx, organisation.county, id)).map((row) => row.memberId)
  if (gathering.state !== 'PLANNED') await tellRoster(ctx, organisation, gathering, told, { zh: '活动取消', en: 'Cancelled' })
  happened(ctx, organisation, id, 'cancelled', { reason })
}

export async function postpone(ctx: Context, organisation: Node, id: string, input: BodyOf<typeof contract.postponeGathering>): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'POSTPONED' && Date.parse(gathering.plannedStart) === Date.parse(input.plannedStart)) return
  require('postpone', gathering.state)
  await ctx.query(sql`
    update meetings.gathering set state = 'POSTPONED', planned_start = ${input.plannedStart}, planned_end = ${input.plannedEnd}, version = version + 1
    where county = ${organisation.county} and id = ${id}`)
  happened(ctx, organisation, id, 'postponed', { reason: input.reason, from: gathering.plannedStart })
}

/** A visible correction after confirmation. The same request twice is one amendment. */
export async function amend(ctx: Context, organisation: Node, id: string, amendmentId: string, input: BodyOf<typeof contract.amendGathering>): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  require('amend', gathering.state)
  const done = await ctx.find(sql<{ id: string }>`select id from meetings.amendment where county = ${organisation.county} and id = ${amendmentId}`)
  if (done !== undefined) return
  await ctx.query(sql`
    insert into meetings.amendment (county, id, gathering_id, account_id, by_name, field, old, new, reason)
    values (${organisation.county}, ${amendmentId}, ${id}, ${ctx.account.id}, ${ctx.account.name}, ${input.field}, ${gathering[input.field]}, ${input.new}, ${input.reason})`)
  await ctx.query(sql`
    update meetings.gathering set ${sql.ref(input.field)} = ${input.new}, version = version + 1 where county = ${organisation.county} and id = ${id}`)
  happened(ctx, organisation, id, 'amended', { field: input.field })
}
