/** 长期免到 and 送学上门: set once a year for the old and ill, instead of a leave at each meeting. */
import type { z } from 'zod'
import type * as contract from '#contract/exemptions'
import type { BodyOf } from '#contract/operation'
import { rosterOf, rosterOfOwnGroup } from '#members'
import { pathUnder } from '#organisations'
import { type Context, DomainError, type Node, Scope, sql, wrong } from '#platform'
import { citationOf, dayOf } from '#rules'
import type { Hall } from './hall.ts'

type Exemption = z.output<typeof contract.Exemption>
type Input = BodyOf<typeof contract.putExemption>
type Visit = z.output<typeof contract.HomeVisit>

const columns = sql`e.id, e.member_id as "memberId", e.name, e.year, e.reason, e.ended_on as "endedOn", e.by_name as "setByName", e.visits, e.version`

/** Who is exempted at this organisation on this day, with the reason. */
export async function exemptIn(ctx: Context, organisation: Node, day: string): Promise<Map<string, Exemption['reason']>> {
  const rows = await ctx.query(sql<Pick<Exemption, 'memberId' | 'reason'>>`
    select member_id as "memberId", reason from meetings.exemption
    where county = ${organisation.county} and organisation_id = ${organisation.id} and year = ${Number(day.slice(0, 4))}
      and (ended_on is null or ended_on > ${day})`)
  return new Map(rows.map((row) => [row.memberId, row.reason]))
}

/** What an exemption and a visit mean, with the documents. */
const means = (): z.output<typeof contract.listExemptions.returns>['means'] => [
  {
    ruleId: 'MEET-EXEMPT',
    sentence: {
      zh: `一年定一次，不必每次请假；仍计入应到人数。${citationOf('MEET-EXEMPT')}`,
      en: `Set once a year instead of a leave each time; the member stays among those expected. ${citationOf('MEET-EXEMPT')}`,
    },
  },
  {
    ruleId: 'MEET-HOME-STUDY',
    sentence: {
      zh: `送学上门记为支部的服务，算党员受了教育，不计入到会人数。${citationOf('MEET-HOME-STUDY')}`,
      en: `A visit is a service of the branch: it counts as education, not as attendance. ${citationOf('MEET-HOME-STUDY')}`,
    },
  },
]

/** Exemptions of one year, this one unless told, of whoever the caller may see. */
export async function listExemptions(ctx: Context, node: Node, year = Number(dayOf(ctx.now).slice(0, 4))) {
  const items = await ctx.query(sql<Exemption>`
    select ${columns} from meetings.exemption e where ${new Scope(node.path).covers(sql`e.path`)} and e.year = ${year}
    order by e.ended_on is not null, e.name, e.id limit 500`)
  return { items, means: means() }
}

const find = (ctx: Context, { county, id: organisationId }: Node, id: string) =>
  ctx.find(sql<Exemption & { here: boolean }>`
    select ${columns}, e.organisation_id = ${organisationId} as here from meetings.exemption e where e.county = ${county} and e.id = ${id} for update`)

/**
 * Exempts a member for a year, or ends that. The same request twice is one exemption.
 * @throws DomainError NOT_ON_ROSTER, ID_TAKEN, STALE_VERSION, NOT_FOUND
 */
export async function putExemption(ctx: Context, hall: Hall, id: string, input: Input): Promise<Exemption> {
  const { county } = hall
  const { memberId, year, reason, endedOn } = input
  const before = await find(ctx, hall, id)
  if (before !== undefined) {
    const { here, ...known } = before
    if (!here || known.memberId !== memberId || known.year !== year) throw new DomainError('ID_TAKEN')
    if (known.reason === reason && known.endedOn === endedOn) return known
    if (input.version !== known.version) throw new DomainError('STALE_VERSION')
    await ctx.query(sql`
      update meetings.exemption set reason = ${reason}, ended_on = ${endedOn}, by_name = ${ctx.account.name}, version = version + 1
      where county = ${county} and id = ${id}`)
  } else {
    if (input.version !== undefined) throw new DomainError('NOT_FOUND')
    await insert(ctx, hall, id, input)
  }
  tell(ctx, hall, id, memberId, 'put')
  return ctx.get(sql<Exemption>`select ${columns} from meetings.exemption e where e.county = ${county} and e.id = ${id}`)
}

async function insert(ctx: Context, hall: Hall, id: string, { memberId, year, reason, endedOn }: Input): Promise<void> {
  const roster = hall.groupId === undefined ? await rosterOf(ctx, hall) : await rosterOfOwnGroup(ctx, hall.county, hall.groupId)
  const member = roster.find((row) => row.memberId === memberId)
  if (member === undefined) {
    throw wrong('NOT_ON_ROSTER', 'body.memberId', '不是这里的党员，请从名单中选择。', 'Not a member here; choose one from the list.')
  }
  const { taken } = await ctx.get(sql<{ taken: boolean }>`
    select exists (select from meetings.exemption where county = ${hall.county} and organisation_id = ${hall.id} and member_id = ${memberId}
      and year = ${year} and ended_on is null) as taken`)
  if (taken) {
    throw wrong(
      'ID_TAKEN',
      'body.memberId',
      `${member.name}${year}年已经定过，不用再定。`,
      `${member.name} is exempted for ${year} already.`,
    )
  }
  const path = member.groupId === null ? hall.path : pathUnder(hall.path, member.groupId)
  await ctx.query(sql`
    insert into meetings.exemption (county, id, organisation_id, path, member_id, name, year, reason, ended_on, by_name)
    values (${hall.county}, ${id}, ${hall.id}, ${path}, ${memberId}, ${member.name}, ${year}, ${reason}, ${endedOn}, ${ctx.account.name})`)
}

/** Notes a visit; the same one twice is noted once. @throws DomainError NOT_FOUND, ID_TAKEN, INVALID for a day to come */
export async function putVisit(ctx: Context, hall: Hall, exemptionId: string, visit: Visit): Promise<Exemption> {
  const before = await find(ctx, hall, exemptionId)
  if (before === undefined || !before.here) throw new DomainError('NOT_FOUND')
  const { here: _here, ...exemption } = before
  const known = exemption.visits.find(({ id }) => id === visit.id)
  if (known !== undefined) {
    if (known.on === visit.on && known.visitors === visit.visitors && known.brought === visit.brought) return exemption
    throw new DomainError('ID_TAKEN')
  }
  if (visit.on > dayOf(ctx.now)) throw wrong('INVALID', 'body.on', '去过之后再记。', 'Note it when you have been there.')
  const visits = [...exemption.visits, visit].toSorted((one, other) => (one.on < other.on ? -1 : 1))
  await ctx.query(sql`
    update meetings.exemption set visits = ${JSON.stringify(visits)}::jsonb, version = version + 1
    where county = ${hall.county} and id = ${exemptionId}`)
  tell(ctx, hall, exemptionId, exemption.memberId, 'visited')
  return { ...exemption, visits, version: exemption.version + 1 }
}

/** Event and audit; the reason stays with the exemption: an illness is not for everybody who reads events. */
function tell(ctx: Context, { county, id: nodeId, path }: Hall, exemptionId: string, memberId: string, what: string): void {
  ctx.emit({ type: `meetings.exemption.${what}`, county, nodeId, path, subjectId: exemptionId, data: { memberId } })
  ctx.audit({ operation: `meetings.exemption.${what}`, county, subjectId: memberId, rows: 1 })
}
