/** The roster of a gathering: made when members are told, fixed on the day, kept with what each already said. */
import { type RosterMember, rosterOf, rosterOfOwnGroup } from '#members'
import { seatsOf } from '#organisations'
import { type Context, type Node, sql } from '#platform'
import { dayOf } from '#rules'
import { exemptIn } from './exemptions.ts'
import { floatingPeople } from './floating.ts'
import type { Stored } from './read.ts'
import { isOfCommittee } from './verdicts.ts'

/** Members of a group; its leader asks for the own group only. */
async function ofGroup(ctx: Context, organisation: Node, groupId: string): Promise<RosterMember[]> {
  if (ctx.caller.post?.node.id === groupId) return rosterOfOwnGroup(ctx, organisation.county, groupId)
  return (await rosterOf(ctx, organisation)).filter((member) => member.groupId === groupId)
}

/** Who is expected: those with a seat at a committee meeting, the group at a group meeting, otherwise the whole branch. `plan` keeps these apart. */
async function expectedAt(ctx: Context, organisation: Node, { segments, groupId }: Pick<Stored, 'segments' | 'groupId'>) {
  const kinds = new Set(segments.map((segment) => segment.kind))
  if (kinds.has('GROUP_MEETING') && groupId !== null) return ofGroup(ctx, organisation, groupId)
  const all = await rosterOf(ctx, organisation)
  if (!kinds.has('COMMITTEE_MEETING')) return all
  const seats = await seatsOf(ctx, [organisation.id])
  return all.filter((member) => seats.some((seat) => seat.memberId === member.memberId))
}

/**
 * Brings the roster up to the members of today: newcomers are added, those who left go, what somebody already said stays.
 * Who is exempted for the year is not asked (MEET-EXEMPT), and still counts among those expected.
 */
export async function snapshotRoster(ctx: Context, organisation: Node, gathering: Stored): Promise<void> {
  const members = await expectedAt(ctx, organisation, gathering)
  const ids = members.map((member) => member.memberId)
  const exempt = new Map(await exemptIn(ctx, organisation, dayOf(new Date(gathering.plannedStart))))
  // One membership, the life of several organisations (FLOW-LIFE): whoever takes part elsewhere is not asked here.
  for (const id of await floatingPeople.awayFrom(ctx, organisation)) if (!exempt.has(id)) exempt.set(id, 'FLOATING')
  const flowIn = isOfCommittee(gathering.segments)
    ? []
    : (await floatingPeople.guestsOf(ctx, organisation, gathering.groupId)).filter(({ memberId }) => !ids.includes(memberId))
  const flowInIds = flowIn.map(({ memberId }) => memberId)
  const guests = gathering.guests.filter((guest) => !ids.includes(guest.memberId ?? guest.id))
  const guestIds = guests.map((guest) => guest.memberId ?? guest.id)
  await ctx.query(sql`
    delete from meetings.attendance where county = ${gathering.county} and gathering_id = ${gathering.id}
      and not (member_id = any(${ids}::uuid[])) and not (member_id = any(${guestIds}::uuid[]))
      and (capacity in ('MEMBER', 'PROBATIONARY', 'OBSERVER', 'LEADER') or (capacity = 'FLOW_IN' and state = 'EXPECTED'))
      and not (member_id = any(${flowInIds}::uuid[]))`)
  await ctx.query(sql`
    insert into meetings.attendance as known (county, gathering_id, member_id, name, capacity, has_vote, expected, state, leave_reason)
    select ${gathering.county}, ${gathering.id}::uuid, m.id, m.name, m.capacity, m.has_vote, true,
      case when m.exempt is null then 'EXPECTED' else 'EXCUSED_LONG_TERM' end, m.exempt
    from unnest(${ids}::uuid[], ${members.map((m) => m.name)}::text[], ${members.map((m) => (m.probationary ? 'PROBATIONARY' : 'MEMBER'))}::text[],
      ${members.map((m) => m.hasVote)}::bool[], ${members.map((m) => exempt.get(m.memberId) ?? null)}::text[]) as m(id, name, capacity, has_vote, exempt)
    union all
    select ${gathering.county}, ${gathering.id}::uuid, g.id, g.name, g.capacity, false, false, 'EXPECTED', null
    from unnest(${guestIds}::uuid[], ${guests.map((g) => g.name)}::text[], ${guests.map((g) => g.capacity)}::text[]) as g(id, name, capacity)
    where g.id <> all(${flowInIds}::uuid[])
    union all
    select ${gathering.county}, ${gathering.id}::uuid, f.id, f.name, 'FLOW_IN', false, true, 'EXPECTED', null
    from unnest(${flowInIds}::uuid[], ${flowIn.map(({ name }) => name)}::text[]) as f(id, name)
    on conflict (county, gathering_id, member_id) do update set name = excluded.name, capacity = excluded.capacity, has_vote = excluded.has_vote,
      expected = excluded.expected,
      state = case when known.state = 'EXPECTED' and known.coming_at is null then excluded.state else known.state end,
      leave_reason = case when known.state = 'EXPECTED' and known.coming_at is null then excluded.leave_reason else known.leave_reason end`)
}
