/** Planning a gathering: what kinds it is of, when and where; the same request twice is the same gathering once. */
import type * as contract from '#contract/meetings'
import type { BodyOf } from '#contract/operation'
import { findNode, pathUnder, seatsOf } from '#organisations'
import { type Context, DomainError, hashOf, sql, wrong } from '#platform'
import { committeesOf } from '#rules'
import type { Hall } from './hall.ts'
import { tellCancelled, tellChange } from './notice.ts'
import { snapshotRoster } from './people.ts'
import { type Stored, stored } from './read.ts'
import { require } from './states.ts'
import { happened } from './steps.ts'

type Plan = BodyOf<typeof contract.putGathering>
type Kind = Plan['segments'][number]['kind']

const branchKinds = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG', 'GENERAL_BRANCH', 'GRASSROOTS_COMMITTEE']
/** Kinds to which the whole branch is expected. */
const ofAll: readonly Kind[] = ['GENERAL_MEETING', 'THEME_DAY']
/** Kinds to which only some are expected; they cannot be one gathering with each other or with those above. */
const ofSome: readonly Kind[] = ['COMMITTEE_MEETING', 'GROUP_MEETING']

const notApplicable = (zh: string, en: string) =>
  new DomainError('KIND_NOT_APPLICABLE', { sentence: { zh, en }, fields: [{ path: 'body.segments', message: `${zh} / ${en}` }] })

/** Does the organisation hold such gatherings, and can these kinds be one? @throws DomainError KIND_NOT_APPLICABLE, INVALID */
async function checkKinds(ctx: Context, organisation: Hall, { segments, groupId }: Plan): Promise<void> {
  const { name } = organisation
  if (organisation.groupId !== undefined && (groupId !== organisation.groupId || !segments.some(({ kind }) => kind === 'GROUP_MEETING'))) {
    throw notApplicable('党小组长只安排本小组的党小组会。', 'A group leader plans meetings of the own group only.')
  }
  if (!branchKinds.includes(organisation.kind)) {
    throw notApplicable(`${name}不是党支部一类的组织，不能安排组织生活。`, `${name} is not a branch and holds no such gatherings.`)
  }
  const kinds = segments.map((segment) => segment.kind)
  if (new Set(kinds).size !== kinds.length)
    throw wrong('INVALID', 'body.segments', '同一种活动不能选两次。', 'The same kind is chosen twice.')
  if (new Set(segments.map(({ id }) => id)).size !== segments.length) {
    throw wrong('INVALID', 'body.segments', '每种活动要有自己的编号。', 'Each kind needs an id of its own.')
  }
  const some = kinds.filter((kind) => ofSome.includes(kind))
  if (some.length > 1 || (some.length === 1 && kinds.some((kind) => ofAll.includes(kind)))) {
    throw notApplicable(
      '支委会、党小组会与党员大会、主题党日的应到人员不同，请分别安排。',
      'A committee or group meeting has another roster than a meeting of all; plan them apart.',
    )
  }
  if (kinds.includes('COMMITTEE_MEETING') && committeesOf([{ startOn: '', seats: await seatsOf(ctx, [organisation.id]) }]).length === 0) {
    throw notApplicable(`${name}没有设支部委员会，不开支委会；可以开支部党员大会。`, `${name} has no committee; hold a general meeting.`)
  }
  if (kinds.includes('GROUP_MEETING') && groupId === null) {
    throw wrong('INVALID', 'body.groupId', '请选择开会的党小组。', 'Choose the group that meets.')
  }
  if (groupId === null) return
  const group = await findNode(ctx, groupId)
  if (group?.kind !== 'GROUP' || group.parentId !== organisation.id) {
    throw wrong(
      'INVALID',
      'body.groupId',
      '这不是本支部的党小组，请从列表中选择。',
      'This is not a group of the branch; choose one from the list.',
    )
  }
}

function checkTimes(plannedStart: string, plannedEnd: string | null): void {
  if (plannedEnd !== null && Date.parse(plannedEnd) <= Date.parse(plannedStart)) {
    throw wrong('INVALID', 'body.plannedEnd', '结束时间应晚于开始时间。', 'The end must be after the start.')
  }
}

/**
 * SQL: a known plan is replaced. A new one has no such clause: two that arrive together collide, and the second is done again and finds the first.
 */
const replacing = sql`on conflict (county, id) do update set group_id = excluded.group_id, path = excluded.path, title = excluded.title, mode = excluded.mode, place = excluded.place,
  planned_start = excluded.planned_start, planned_end = excluded.planned_end, host_id = excluded.host_id, agenda = excluded.agenda, guests = excluded.guests,
  content_hash = excluded.content_hash, version = meetings.gathering.version + 1`

/**
 * Plans a gathering or changes the plan. Those who were told already are told again when its time or place changes, and whoever is
 * invited now is told too.
 * @throws DomainError KIND_NOT_APPLICABLE, INVALID, ID_TAKEN, STALE_VERSION, WRONG_STATE
 */
export async function plan(ctx: Context, organisation: Hall, id: string, input: Plan): Promise<void> {
  const { county } = organisation
  const { version, ...content } = input
  const hash = hashOf([organisation.id, content])
  const segmentIds = input.segments.map((segment) => segment.id)
  const [before, { taken }] = await Promise.all([
    ctx.find(sql<{
      state: Stored['state']
      version: number
      contentHash: Buffer
      organisationId: string
      groupId: string | null
    }>`
    select state, version, content_hash as "contentHash", organisation_id as "organisationId", group_id as "groupId"
    from meetings.gathering where county = ${county} and id = ${id} for update`),
    ctx.get(sql<{ taken: boolean }>`
    select exists (select from meetings.segment where county = ${county} and id = any(${segmentIds}::uuid[]) and gathering_id <> ${id}) as taken`),
  ])
  if (before !== undefined) {
    const foreign = organisation.groupId !== undefined && before.groupId !== organisation.groupId
    if (before.organisationId !== organisation.id || foreign) throw new DomainError('ID_TAKEN')
    if (before.contentHash.equals(hash)) return
    if (version !== before.version) throw new DomainError(version === undefined ? 'ID_TAKEN' : 'STALE_VERSION')
    require('plan', before.state)
  } else if (version !== undefined) throw new DomainError('NOT_FOUND')
  await checkKinds(ctx, organisation, input)
  checkTimes(input.plannedStart, input.plannedEnd)
  if (taken)
    throw new DomainError('ID_TAKEN', {
      fields: [{ path: 'body.segments', message: '编号已用于另一次活动 / the id belongs to another gathering' }],
    })
  // Sent together: the order is kept, and one round trip is enough for all.
  await Promise.all([
    ctx.query(sql`
    insert into meetings.gathering (county, id, organisation_id, path, group_id, title, state, mode, place, planned_start, planned_end, host_id, agenda,
      guests, content_hash)
    values (${county}, ${id}, ${organisation.id}, ${input.groupId === null ? organisation.path : pathUnder(organisation.path, input.groupId)}, ${input.groupId}, ${input.title}, 'PLANNED', ${input.mode}, ${input.place},
      ${input.plannedStart}, ${input.plannedEnd}, ${input.hostId}, ${JSON.stringify(input.agenda)}::jsonb,
      ${JSON.stringify(input.guests)}::jsonb, ${hash})
    ${before === undefined ? sql`` : replacing}`),
    ...(before === undefined ? [] : [ctx.query(sql`delete from meetings.segment where county = ${county} and gathering_id = ${id}`)]),
    ctx.query(sql`
    insert into meetings.segment (county, id, gathering_id, kind, place, planned_start)
    select ${county}, s.id, ${id}::uuid, s.kind, s.place, ${input.plannedStart}::timestamptz
    from unnest(${segmentIds}::uuid[], ${input.segments.map((s) => s.kind)}::text[]) with ordinality as s(id, kind, place)`),
  ])
  if (before !== undefined && before.state !== 'PLANNED') {
    await snapshotRoster(ctx, organisation, await stored(ctx, organisation, id))
    await tellChange(ctx, organisation, id)
  }
  happened(ctx, organisation, id, 'planned')
}

/** Sets another time. Whoever was told of the old one is told of the new one. */
export async function postpone(
  ctx: Context,
  organisation: Hall,
  id: string,
  input: BodyOf<typeof contract.postponeGathering>,
): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'POSTPONED' && Date.parse(gathering.plannedStart) === Date.parse(input.plannedStart)) return
  require('postpone', gathering.state)
  checkTimes(input.plannedStart, input.plannedEnd)
  await Promise.all([
    ctx.query(sql`
    update meetings.gathering set state = 'POSTPONED', planned_start = ${input.plannedStart}, planned_end = ${input.plannedEnd}, version = version + 1
    where county = ${organisation.county} and id = ${id}`),
    ctx.query(sql`
    update meetings.segment set planned_start = ${input.plannedStart} where county = ${organisation.county} and gathering_id = ${id}`),
  ])
  await tellChange(ctx, organisation, id)
  happened(ctx, organisation, id, 'postponed', { reason: input.reason, from: gathering.plannedStart })
}

/** Calls it off. Whoever was told of it is told. */
export async function cancel(ctx: Context, organisation: Hall, id: string, reason: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'CANCELLED') return
  require('cancel', gathering.state)
  await ctx.query(sql`
    update meetings.gathering set state = 'CANCELLED', cancel_reason = ${reason}, version = version + 1
    where county = ${organisation.county} and id = ${id}`)
  if (gathering.told !== null) await tellCancelled(ctx, organisation, gathering)
  happened(ctx, organisation, id, 'cancelled', { reason })
}
