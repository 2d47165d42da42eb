/** Registering and changing a member, with the counts of the branch kept in the same transaction. */
import { spell } from '#areas'
import { findNode } from '#organisations'
import type { BodyOf } from '#contract/operation'
import type { putMember } from '#contract/members'
import { type Context, DomainError, hashOf, type Node, type Services, sql } from '#platform'
import { dayOf } from '#rules'
import { checkDates } from './dates.ts'
import { checkedIdentity, sealPersonal } from './personal.ts'
import { recount } from './tallies.ts'

type Input = BodyOf<typeof putMember>

/** Organisations to which members belong directly. */
const holders = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG']
const holdsNone = (name: string) =>
  new DomainError('KIND_NOT_APPLICABLE', {
    sentence: {
      zh: `${name}不直接管理党员，请在党员所在的党支部登记。`,
      en: `No members belong to ${name} directly; register the member in a branch.`,
    },
  })

/**
 * Registers or updates a member of this branch. The same request twice is the same member once.
 * @throws DomainError KIND_NOT_APPLICABLE, IDENTITY_NUMBER_INVALID, IDENTITY_NUMBER_TAKEN, DATES_DISAGREE, STALE_VERSION, ID_TAKEN
 */
export async function write(ctx: Context, services: Services, branch: Node, memberId: string, input: Input): Promise<void> {
  if (!holders.includes(branch.kind)) throw holdsNone(branch.name)
  const identity = checkedIdentity(input.identityNumber)
  const today = dayOf(ctx.now)
  checkDates(input, today)
  const { version, ...content } = input
  const contentHash = hashOf([branch.id, content])
  const before = await ctx.find(sql<{ version: number; organisationId: string; contentHash: Buffer; phoneHash: Buffer | null }>`
    select version, organisation_id as "organisationId", content_hash as "contentHash", phone_hash as "phoneHash" from members.member
    where county = ${branch.county} and id = ${memberId} for update`)
  if (before !== undefined) {
    if (before.contentHash.equals(contentHash)) return
    if (before.organisationId !== branch.id) throw new DomainError('ID_TAKEN')
    if (version !== before.version) throw new DomainError(version === undefined ? 'ID_TAKEN' : 'STALE_VERSION')
  } else if (version !== undefined) throw new DomainError('NOT_FOUND')
  if (input.groupId !== null) await checkGroup(ctx, branch, input.groupId)
  const sealed = sealPersonal(services.secrets, identity, input.phone)
  await refuseTaken(ctx, branch, sealed.identityHash, memberId)
  const spelt = spell(input.name)
  await ctx.query(sql`
    insert into members.member (county, id, organisation_id, path, group_id, name, pinyin, initials, gender, identity_sealed, identity_hash,
      identity_masked, ethnicity, born_on, education, stage, joined_on, full_member_on, work, phone_sealed, phone_hash, phone_masked, landline,
      address, membership, contact, lost_contact_since, mobility, flow_destination, content_hash)
    values (${branch.county}, ${memberId}, ${branch.id}, ${branch.path}, ${input.groupId}, ${input.name}, ${spelt.pinyin}, ${spelt.initials},
      ${input.gender}, ${sealed.identitySealed}, ${sealed.identityHash}, ${sealed.identityMasked}, ${input.ethnicity}, ${input.bornOn},
      ${input.education}, ${input.stage}, ${input.joinedOn}, ${input.fullMemberOn}, ${input.work}, ${sealed.phoneSealed}, ${sealed.phoneHash},
      ${sealed.phoneMasked}, ${input.landline}, ${input.address}, ${input.membership}, ${input.contact}, ${input.lostContactSince},
      ${input.mobility}, ${input.flowDestination}, ${contentHash})
    on conflict (county, id) do update set group_id = excluded.group_id, name = excluded.name, pinyin = excluded.pinyin, initials = excluded.initials,
      gender = excluded.gender, identity_sealed = excluded.identity_sealed, identity_hash = excluded.identity_hash,
      identity_masked = excluded.identity_masked, ethnicity = excluded.ethnicity, born_on = excluded.born_on, education = excluded.education,
      stage = excluded.stage, joined_on = excluded.joined_on, full_member_on = excluded.full_member_on, work = excluded.work,
      phone_sealed = excluded.phone_sealed, phone_hash = excluded.phone_hash, phone_masked = excluded.phone_masked, landline = excluded.landline,
      address = excluded.address, membership = excluded.membership, contact = excluded.contact, lost_contact_since = excluded.lost_contact_since,
      mobility = excluded.mobility, flow_destination = excluded.flow_destination, content_hash = excluded.content_hash,
      version = members.member.version + 1`)
  if (before === undefined) {
    await ctx.query(sql`
      insert into members.affiliation (county, member_id, organisation_id, valid_from) values (${branch.county}, ${memberId}, ${branch.id}, ${today})`)
  }
  await recount(ctx, branch.county, branch.id, branch.path)
  ctx.emit({
    type: before === undefined ? 'members.member.registered' : 'members.member.changed',
    county: branch.county,
    nodeId: branch.id,
    path: branch.path,
    subjectId: memberId,
  })
  ctx.audit({ operation: 'members.putMember', county: branch.county, subjectId: memberId, rows: 1 })
}

/**
 * One identity number, one member, in the whole province: the look-up goes round row-level security through a definer function.
 * The lock keeps two counties from registering the same number at the same moment; the look-up begins after it is held.
 */
async function refuseTaken(ctx: Context, branch: Node, identityHash: Buffer, memberId: string): Promise<void> {
  const [, { taken }] = await Promise.all([
    ctx.query(sql`select pg_advisory_xact_lock(hashtextextended(${identityHash.toString('hex')}, 0))`),
    ctx.get(sql<{ taken: 'IDENTITY_NUMBER' | 'ID' | null }>`select members.taken(${identityHash}, ${memberId}, ${branch.county}) as taken`),
  ])
  if (taken === null) return
  if (taken === 'ID') throw new DomainError('ID_TAKEN')
  const zh = '这个身份证号已登记在册。请核对号码，或联系上级党组织查找该党员的组织关系。'
  const en = 'This identity number is already registered. Check it, or ask the superior organisation to find the member.'
  throw new DomainError('IDENTITY_NUMBER_TAKEN', {
    sentence: { zh, en },
    fields: [{ path: 'body.identityNumber', message: `${zh} / ${en}` }],
  })
}

async function checkGroup(ctx: Context, branch: Node, groupId: string): Promise<void> {
  const group = await findNode(ctx, groupId)
  if (group?.kind === 'GROUP' && group.parentId === branch.id) return
  throw new DomainError('INVALID', {
    fields: [
      { path: 'body.groupId', message: '这不是本支部的党小组，请从列表中选择 / not a group of this branch; choose one from the list' },
    ],
  })
}
