/** Puts the members of the demo, their branches' committees and the counts, each in a few statements. */
import { demoId, findNode, findTerm, type Kind, listNodes, type SeatHeld, setSeats } from '#organisations'
import { spell } from '#areas'
import { type Context, type Node, type Services, sql } from '#platform'
import { dayOf, rule } from '#rules'
import { type DemoMember, membersOf } from './demo/people.ts'
import { sealPersonal } from './personal.ts'
import { tallied } from './tallies.ts'

const holders: readonly Kind[] = ['BRANCH', 'FLOATING_ORG']
/** Members written with one statement. */
const atOnce = 1500

type Branch = Node & { establishedOn: string; members: DemoMember[] }

export async function seed(ctx: Context, services: Services): Promise<void> {
  const province = await findNode(ctx, demoId('committee', '530000000000'))
  if (province === undefined) throw new Error('the organisations of the demo come before its members')
  const today = dayOf(ctx.now)
  let known = 0
  const branches = (await listNodes(ctx, province.path, holders)).map((node): Branch => {
    const members = membersOf(node, known, today)
    known += members.length
    return { ...node, members }
  })
  await addMembers(ctx, services, branches)
  await countAll(ctx)
  await fillSeats(ctx, branches, today)
}

/** Seals the next part while PostgreSQL writes the last one. */
async function addMembers(ctx: Context, services: Services, branches: readonly Branch[]): Promise<void> {
  const rows = branches.flatMap((branch) => branch.members.map((member) => ({ branch, member })))
  let writing: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < rows.length; from += atOnce) {
    const part = rows.slice(from, from + atOnce)
    const sealed = part.map(({ member }) => sealPersonal(services.secrets, member.identityNumber, member.phone))
    const spelt = part.map(({ member }) => spell(member.name))
    await writing
    writing = writeMembers(ctx, part, sealed, spelt)
  }
  await writing
}

function writeMembers(
  ctx: Context,
  part: readonly { branch: Branch; member: DemoMember }[],
  sealed: readonly ReturnType<typeof sealPersonal>[],
  spelt: readonly ReturnType<typeof spell>[],
): Promise<unknown> {
  const all = <K extends keyof DemoMember>(key: K) => part.map(({ member }) => member[key])
  const [counties, organisationIds] = [part.map(({ branch }) => branch.county), part.map(({ branch }) => branch.id)]
  return Promise.all([
    // No input was sent for these, so there is none to recognise again: the hash is empty.
    ctx.query(sql`
      insert into members.member (county, id, organisation_id, path, name, pinyin, initials, gender, identity_sealed, identity_hash, identity_masked,
        ethnicity, born_on, education, stage, joined_on, full_member_on, work, phone_sealed, phone_hash, phone_masked, address, membership, contact,
        lost_contact_since, mobility, flow_destination, rights_suspended_until, content_hash)
      select m.*, '' from unnest(${counties}::text[], ${all('id')}::uuid[], ${organisationIds}::uuid[], ${part.map(({ branch }) => branch.path)}::text[],
        ${all('name')}::text[], ${spelt.map((s) => s.pinyin)}::text[], ${spelt.map((s) => s.initials)}::text[], ${all('gender')}::text[],
        ${sealed.map((s) => s.identitySealed)}::bytea[], ${sealed.map((s) => s.identityHash)}::bytea[], ${sealed.map((s) => s.identityMasked)}::text[],
        ${all('ethnicity')}::text[], ${all('bornOn')}::date[], ${all('education')}::text[], ${all('stage')}::text[], ${all('joinedOn')}::date[],
        ${all('fullMemberOn')}::date[], ${all('work')}::text[], ${sealed.map((s) => s.phoneSealed)}::bytea[], ${sealed.map((s) => s.phoneHash)}::bytea[],
        ${sealed.map((s) => s.phoneMasked)}::text[], ${all('address')}::text[], ${all('membership')}::text[], ${all('contact')}::text[],
        ${all('lostContactSince')}::date[], ${all('mobility')}::text[], ${all('flowDestination')}::text[], ${all('rightsSuspendedUntil')}::date[]) as m`),
    ctx.query(sql`
      insert into members.affiliation (county, member_id, organisation_id, valid_from)
      select * from unnest(${counties}::text[], ${all('id')}::uuid[], ${organisationIds}::uuid[], ${all('since')}::date[])`),
  ])
}

/** The counts of every branch, as `recount` keeps them for one. */
async function countAll(ctx: Context): Promise<void> {
  await ctx.query(sql`
    insert into members.tally (county, organisation_id, path, all_members, full_members, counting, floating)
    select county, organisation_id, path, ${tallied} from members.member group by county, organisation_id, path`)
}

async function fillSeats(ctx: Context, branches: readonly Branch[], today: string): Promise<void> {
  const committees = await Promise.all(
    branches.map(async ({ id, members }) => {
      const term = await findTerm(ctx, id, today)
      return { organisationId: id, seats: term === null ? [] : seatsFor(members, term.startOn) }
    }),
  )
  await setSeats(ctx, committees)
}

/** A committee of three or five from so many full members on, as ORG-COMMITTEE-MIN says; below that a secretary only (ORG-NO-COMMITTEE). */
function seatsFor(members: readonly DemoMember[], from: string): SeatHeld[] {
  const full = members.filter(({ stage, membership }) => stage === 'FULL' && membership === 'NORMAL')
  const { min, seats } = rule('ORG-COMMITTEE-MIN').params as { min: number; seats: { min: number; max: number } }
  const roles: readonly SeatHeld['role'][] =
    full.length < min
      ? ['书记']
      : full.length < 3 * seats.max
        ? ['书记', '组织委员', '宣传委员']
        : ['书记', '组织委员', '宣传委员', '纪检委员', '副书记']
  return roles.flatMap((role, n) => {
    const member = full[n]
    return member === undefined ? [] : [{ role, memberId: member.id, name: member.name, from, until: null, source: 'ELECTED' as const }]
  })
}
