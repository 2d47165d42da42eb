/** Fourteen months of organisational life for the demo, set-based: the calendar decides, PostgreSQL writes. */
import { rostersWithin } from '#members'
import { demoId, findNode, type Kind as OrganisationKind, listNodes, seatsOf } from '#organisations'
import { type Context, Scope, sql } from '#platform'
import { addDays, dayOf } from '#rules'
import { gatheringsOf } from './demo/calendar.ts'
import type { DemoBranch, DemoGathering } from './demo/gathering.ts'
import { villageGatherings } from './demo/village.ts'
import { writeGatherings } from './demo/writing.ts'

const holders: readonly OrganisationKind[] = ['BRANCH', 'FLOATING_ORG']
const village = demoId('branch', '隔界村')
/** A neighbour of the village, whose meeting is going on while the demo is looked at. */
const neighbour = demoId('branch', '532530102201', '2')
/** Home of the member who works in Kunming: his attendance is kept for the whole time. */
const homeOfTheFloating = demoId('branch', '530602104206', '1')
/** Everywhere else names are kept for so many days; the counts are kept for ever. */
const namedDays = 31
const branchesAtOnce = 120

export async function seed(ctx: Context): Promise<void> {
  const branches = await demoBranches(ctx)
  const borderTown = (await findNode(ctx, demoId('committee', '532530102000')))?.path ?? ''
  const namedFrom = addDays(dayOf(ctx.now), -namedDays)
  const isNamed = ({ branch, start }: DemoGathering) =>
    branch.path.startsWith(borderTown) || branch.id === homeOfTheFloating || start.slice(0, 10) >= namedFrom
  let writing: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < branches.length; from += branchesAtOnce) {
    const part = branches.slice(from, from + branchesAtOnce)
    const gatherings = part.flatMap((branch) => historyOf(branch, ctx.now))
    await writing
    writing = writeGatherings(ctx, part, gatherings, isNamed)
  }
  await writing
  await addAmendment(ctx)
}

function historyOf(branch: DemoBranch, now: Date): DemoGathering[] {
  if (branch.id === village) return villageGatherings(branch, now)
  const history = gatheringsOf(branch, now)
  return branch.id === neighbour ? [...history.filter(({ state }) => state !== 'IN_PROGRESS'), goingOn(branch, now)] : history
}

/** Begun twenty-five minutes ago, whenever the demo is made. */
function goingOn(branch: DemoBranch, now: Date): DemoGathering {
  const start = new Date(now.getTime() - 25 * 60_000).toISOString()
  return {
    branch,
    kinds: ['PARTY_LECTURE'],
    title: '党课：守边就是守家（驻村第一书记主讲）',
    minutes: '',
    start,
    lasts: 90,
    mode: 'HYBRID',
    place: '金水河村党群服务中心',
    state: 'IN_PROGRESS',
    lateReason: '',
    cancelReason: '',
    roll: branch.people.map((person, n) => ({
      person,
      state: n % 3 === 2 ? 'EXPECTED' : n % 5 === 4 ? 'PRESENT_ONLINE' : 'PRESENT_ONSITE',
      reason: null,
    })),
    agenda: [],
    speeches: [],
    resolutions: [],
  }
}

/** Branches with at least two people: one records, another confirms. */
async function demoBranches(ctx: Context): Promise<DemoBranch[]> {
  const province = await findNode(ctx, demoId('committee', '530000000000'))
  if (province === undefined) throw new Error('the organisations of the demo come before its meetings')
  const nodes = await listNodes(ctx, province.path, holders)
  const rosters = await rostersWithin(ctx, new Scope(province.path))
  const seats = Map.groupBy(
    await seatsOf(
      ctx,
      nodes.map((node) => node.id),
    ),
    (seat) => seat.organisationId,
  )
  return nodes.flatMap(({ id, county, path, name, establishedOn }): DemoBranch[] => {
    const people = rosters.get(id) ?? []
    const held = seats.get(id) ?? []
    const seated = (role: string) => people.find((person) => held.some((seat) => seat.role === role && seat.memberId === person.memberId))
    const secretary = seated('书记') ?? people[0]
    const recorder = seated('组织委员') ?? people.find((person) => person !== secretary)
    if (secretary === undefined || recorder === undefined) return []
    const committee = held.length < 3 ? [] : people.filter((person) => held.some((seat) => seat.memberId === person.memberId))
    return [{ id, county, path, name, establishedOn, people, secretary, recorder, committee }]
  })
}

/** One correction after confirmation, so that it can be seen what becomes of the old text. */
async function addAmendment(ctx: Context): Promise<void> {
  await ctx.query(sql`
    with first as (
      select county, id, place, confirmed_account_id, confirmed_name from meetings.gathering
      where organisation_id = ${village} and state = 'ARCHIVED' order by planned_start desc limit 1),
    corrected as (update meetings.gathering g set place = '隔界村小广场', version = version + 1 from first where g.county = first.county and g.id = first.id)
    insert into meetings.amendment (county, id, gathering_id, account_id, by_name, field, old, new, reason)
    select county, ${demoId('amendment', village)}::uuid, id, confirmed_account_id, confirmed_name, 'place', place, '隔界村小广场', '当天停电，实际改在小广场进行' from first`)
}
