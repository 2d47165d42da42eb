/** What follows by itself: paths after a move, the axes of the member's file, and guests at the meetings of their host. */
import { type Axes, followAxes } from '#members'
import { type FloatingPeople } from '#meetings'
import { followMove } from '#organisations'
import { type Context, type Event, type Projection, sql } from '#platform'
import type { FloatState } from '#rules'
import { select } from './rows.ts'
import { areaNames } from '#areas'

const away: readonly FloatState[] = ['REGISTERED_OUT', 'PASS_ISSUED', 'REPORTED_IN', 'ASSIGNED', 'PARTICIPATING', 'MOVED', 'LOST_CONTACT']

/** Home, host and branch follow their organisations; the member's file follows the registration. */
export const followOthers: Projection = {
  name: 'floating.followOthers',
  listens: [
    'organisations.organisation.moved',
    'floating.registration.registered',
    'floating.registration.changed',
    'floating.registration.stepped',
  ],
  async apply(ctx, events) {
    for (const event of events) {
      if (event.type.startsWith('organisations.')) await followPaths(ctx, event)
      else await followMember(ctx, event)
    }
  },
  // Both are brought to what the records say; reading the same events again changes nothing.
  async reset() {},
}

async function followPaths(ctx: Context, event: Event): Promise<void> {
  await followMove(ctx, event, ['floating.registration', 'floating.participation', 'floating.door_check'])
  const [from, to] = [String(event.data['oldPath']), String(event.data['newPath'])]
  for (const [table, column] of [
    ['floating.registration', 'host_path'],
    ['floating.registration', 'branch_path'],
    ['floating.participation', 'host_path'],
  ] as const) {
    await ctx.query(sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${to} || substr(${sql.ref(column)}, ${from.length + 1}) where starts_with(${sql.ref(column)}, ${from})`)
  }
}

async function followMember(ctx: Context, { county, subjectId }: Event): Promise<void> {
  const [stored] = await select(ctx, sql`r.county = ${county} and r.id = ${subjectId}`)
  if (stored === undefined) return
  const { areaCode, place, unit, state, lostSince, memberId } = stored
  const areas = await areaNames(ctx, [areaCode])
  const words = [areas.get(areaCode) ?? '', place, unit].filter((part) => part !== '').join(' ')
  const axes: Axes = away.includes(state)
    ? { mobility: 'FLOW_OUT', destination: words.slice(0, 80), lostSince: state === 'LOST_CONTACT' ? lostSince : null }
    : { mobility: 'RESIDENT', destination: '', lostSince: state === 'CLOSED' ? lostSince : null }
  await followAxes(ctx, county, memberId, axes)
}

/** Guests and members away, as meetings ask for them. */
export const people: FloatingPeople = {
  guestsOf: (ctx, hall, groupId) =>
    ctx.query(sql<{ memberId: string; name: string }>`
      select r.member_id as "memberId", r.name from floating.registration r
      where r.branch_path = ${hall.path} and r.branch_id = ${hall.id} and r.state in ('ASSIGNED', 'PARTICIPATING')
        and ${groupId === null ? sql`true` : sql`r.group_id = ${groupId}`} order by r.name collate "C", r.member_id`),
  async awayFrom(ctx, hall) {
    const rows = await ctx.query(sql<{ memberId: string }>`
      select r.member_id as "memberId" from floating.registration r
      where r.county = ${hall.county} and r.path = ${hall.path} and r.organisation_id = ${hall.id} and r.state in ('REPORTED_IN', 'ASSIGNED', 'PARTICIPATING')`)
    return new Set(rows.map(({ memberId }) => memberId))
  },
}
