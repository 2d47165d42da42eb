/** The roster of a gathering: made when members are told, fixed on the day, kept with what each already said. */
import { type RosterMember, rosterOf } from '#members'
import { seatsOf } from '#organisations'
import { accountsOf, type Context, type Node, notify, sql } from '#platform'
import { rosterRows, type Stored } from './read.ts'

/** Who is expected: committee members at a committee meeting, the group at a group meeting, otherwise the whole branch. `plan` keeps these apart. */
async function expectedAt(ctx: Context, organisation: Node, gathering: Pick<Stored, 'segments' | 'groupId'>): Promise<RosterMember[]> {
  const all = await rosterOf(ctx, organisation)
  const kinds = new Set(gathering.segments.map((segment) => segment.kind))
  if (kinds.has('COMMITTEE_MEETING')) {
    const seats = await seatsOf(ctx, [organisation.id])
    return all.filter((member) => seats.some((seat) => seat.memberId === member.memberId))
  }
  if (kinds.has('GROUP_MEETING')) return all.filter((member) => member.groupId === gathering.groupId)
  return all
}

/** Brings the roster up to the members of today: newcomers are added, those who left go, what somebody already said stays. */
export async function snapshotRoster(ctx: Context, organisation: Node, gathering: Stored): Promise<void> {
  const members = await expectedAt(ctx, organisation, gathering)
  const ids = members.map((member) => member.memberId)
  await ctx.query(sql`
    delete from meetings.attendance where county = ${gathering.county} and gathering_id = ${gathering.id} and not (member_id = any(${ids}::uuid[]))
      and capacity in ('MEMBER', 'PROBATIONARY')`)
  await ctx.query(sql`
    insert into meetings.attendance (county, gathering_id, member_id, name, capacity, has_vote, expected, state)
    select ${gathering.county}, ${gathering.id}::uuid, m.id, m.name, m.capacity, m.has_vote, true, 'EXPECTED'
    from unnest(${ids}::uuid[], ${members.map((m) => m.name)}::text[], ${members.map((m) => (m.probationary ? 'PROBATIONARY' : 'MEMBER'))}::text[],
      ${members.map((m) => m.hasVote)}::bool[]) as m(id, name, capacity, has_vote)
    on conflict (county, gathering_id, member_id) do update set name = excluded.name, capacity = excluded.capacity, has_vote = excluded.has_vote`)
}

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const timeEn = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  month: 'short',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** Tells everybody on the roster who has an account, once per change of time. */
export async function tellRoster(ctx: Context, organisation: Node, gathering: Stored, what: { zh: string; en: string }): Promise<void> {
  const roster = await rosterRows(ctx, organisation.county, gathering.id)
  const accounts = await accountsOf(
    ctx,
    roster.map((row) => row.memberId),
  )
  const start = new Date(gathering.plannedStart)
  await notify(
    ctx,
    [...accounts.values()].map((accountId) => ({
      accountId,
      kind: 'meetings.notice',
      title: { zh: `${what.zh}：${gathering.title}`, en: `${what.en}: ${gathering.title}` },
      body: {
        zh: `${time.format(start)}，${gathering.place === '' ? '地点另行通知' : gathering.place}`,
        en: `${timeEn.format(start)}, ${gathering.place === '' ? 'place to be announced' : gathering.place}`,
      },
      because: {
        zh: `您是${organisation.name}的党员，在这次活动的应到名单上。`,
        en: `You belong to ${organisation.name} and are expected at this gathering.`,
      },
      href: `/meetings/${organisation.id}/${gathering.id}`,
      once: `meetings.notice:${gathering.id}:${what.en}:${gathering.plannedStart}`,
    })),
  )
}
