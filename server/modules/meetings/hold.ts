/** Telling the members, beginning, calling the roll. */
import type * as contract from '#contract/attendance'
import type { BodyOf } from '#contract/operation'
import { type Context, sql, wrong } from '#platform'
import type { Hall } from './hall.ts'
import { tellRoster } from './notice.ts'
import { snapshotRoster } from './people.ts'
import { judgeAgain } from './record.ts'
import { heldOn, rosterRows, stored } from './read.ts'
import { require } from './states.ts'
import { happened, setState } from './steps.ts'

/** Tells the members. Telling twice tells nobody twice. */
export async function sendNotice(ctx: Context, organisation: Hall, id: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'NOTIFIED') return
  require('notify', gathering.state)
  await snapshotRoster(ctx, organisation, gathering)
  await tellRoster(ctx, organisation, id)
  await ctx.query(setState(organisation.county, id, 'NOTIFIED'))
  happened(ctx, organisation, id, 'notified')
}

/** A phone's clock may be ahead by this much; a gathering of tomorrow does not begin today. */
const clockMayBeAheadMilliseconds = 3_600_000

/** Fixes the roster of the day and opens roll-call and sign-in. */
export async function start(ctx: Context, organisation: Hall, id: string, at: string): Promise<void> {
  const gathering = await stored(ctx, organisation, id, true)
  if (gathering.state === 'IN_PROGRESS') return
  require('start', gathering.state)
  if (Date.parse(at) > ctx.now.getTime() + clockMayBeAheadMilliseconds) {
    throw wrong('INVALID', 'body.at', '开始时间不能在将来。', 'The start lies in the future.')
  }
  await snapshotRoster(ctx, organisation, gathering)
  await ctx.query(sql`
    update meetings.gathering set state = 'IN_PROGRESS', actual_start = ${at}, held_on = ${heldOn(at)}, version = version + 1
    where county = ${organisation.county} and id = ${id}`)
  happened(ctx, organisation, id, 'started', { title: gathering.title })
}

/** Roll-call by the recorder. Once the record is written its resolutions are judged again. @throws DomainError NOT_ON_ROSTER naming the row */
export async function callRoll(
  ctx: Context,
  organisation: Hall,
  id: string,
  rows: BodyOf<typeof contract.putAttendance>['rows'],
): Promise<void> {
  const { county } = organisation
  const gathering = await stored(ctx, organisation, id, true)
  require('attend', gathering.state)
  const known = new Set((await rosterRows(ctx, county, id)).map((row) => row.memberId))
  const stranger = rows.findIndex((row) => !known.has(row.memberId))
  if (stranger >= 0) {
    throw wrong('NOT_ON_ROSTER', `body.rows.${stranger}.memberId`, '这个人不在本次应到名单上。', 'This person is not on the roster.')
  }
  // The last word for each person in the request holds.
  const last = [...new Map(rows.map((row) => [row.memberId, row])).values()]
  await ctx.query(sql`
    update meetings.attendance a set state = r.state, leave_reason = r.reason, confirmed_by = case when r.state = 'EXPECTED' then null else 'RECORDER' end,
      device_at = r.device_at, confirmed_at = case when r.state = 'EXPECTED' then null else now() end
    from unnest(${last.map((r) => r.memberId)}::uuid[], ${last.map((r) => r.state)}::text[],
      ${last.map((r) => (r.state === 'LEAVE' ? (r.leaveReason ?? 'OTHER') : null))}::text[], ${last.map((r) => r.deviceAt)}::timestamptz[])
      as r(member_id, state, reason, device_at)
    where a.county = ${county} and a.gathering_id = ${id} and a.member_id = r.member_id
      and (a.state, a.leave_reason) is distinct from (r.state, r.reason)`)
  if (gathering.state === 'DRAFT_MINUTES') await judgeAgain(ctx, gathering)
  happened(ctx, organisation, id, 'rollCalled', { rows: last.length })
}
