/** Registering and changing a member, with the counts of the branch kept in the same transaction. */
import { createHash } from 'node:crypto'
import { spell } from '#areas'
import type { BodyOf } from '#contract/operation'
import type { putMember } from '#contract/members'
import { type Context, DomainError, type Node, type Services, sql } from '#platform'
import { dayOf } from '#rules'
import { checkedIdentity, sealPersonal } from './personal.ts'
import { recount } from './tallies.ts'

type Input = BodyOf<typeof putMember>

function checkDates(input: Input, today: string): void {
  const wrong = (path: string, zh: string, en: string) =>
    new DomainError('DATES_DISAGREE', { status: 400, sentence: { zh, en }, fields: [{ path: `body.${path}`, message: zh }] })
  if (input.bornOn > today) throw wrong('bornOn', '出生日期不能晚于今天。', 'The date of birth is in the future.')
  if (input.joinedOn !== null && input.joinedOn <= input.bornOn)
    throw wrong('joinedOn', '入党日期应晚于出生日期。', 'The date of joining must be after birth.')
  if (input.stage === 'FULL' && input.fullMemberOn === null)
    throw wrong('fullMemberOn', '正式党员需要填写转正日期。', 'A full member needs the date of becoming one.')
  if (input.joinedOn !== null && input.fullMemberOn !== null && input.fullMemberOn < input.joinedOn) {
    throw wrong('fullMemberOn', '转正日期不能早于入党日期。', 'A member cannot become full before joining.')
  }
  if (input.contact === 'IN_CONTACT' && input.lostContactSince !== null) {
    throw wrong('lostContactSince', '未失联的党员不填失去联系日期。', 'Only a member who lost contact has that date.')
  }
}

/**
 * Registers or updates a member of this branch. The same request twice is the same member once.
 * @throws DomainError IDENTITY_NUMBER_INVALID, IDENTITY_NUMBER_TAKEN, DATES_DISAGREE, STALE_VERSION, ID_TAKEN
 */
export async function write(ctx: Context, services: Services, branch: Node, memberId: string, input: Input): Promise<void> {
  const identity = checkedIdentity(input.identityNumber)
  const today = dayOf(ctx.now)
  checkDates(input, today)
  const { version, ...content } = input
  const contentHash = createHash('sha256')
    .update(JSON.stringify([branch.id, content]))
    .digest()
  const before = await ctx.find(sql<{ version: number; organisationId: string; contentHash: Buffer; phoneHash: Buffer | null }>`
    select version, organisation_id as "organisationId", content_hash as "contentHash", phone_hash as "phoneHash" from members.member
    where county = ${branch.county} and id = ${memberId} for update`)
  if (before !== undefined) {
    if (before.contentHash.equals(contentHash)) return
    if (before.organisationId !== branch.id) throw new DomainError('ID_TAKEN')
    if (version !== before.version) throw new DomainError(version === undefined ? 'ID_TAKEN' : 'STALE_VERSION')
  } else if (version !== undefined) throw new DomainError('NOT_FOUND')
  const sealed = sealPersonal(services.secrets, identity, input.phone)
  await refuseTaken(ctx, sealed.identityHash, memberId)
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

/** One identity number, one member, in the whole province: the look-up goes round row-level security through a definer function. */
async function refuseTaken(ctx: Context, identityHash: Buffer, memberId: string): Promise<void> {
  const { taken } = await ctx.get(sql<{ taken: boolean }>`select members.identity_taken(${identityHash}, ${memberId}) as taken`)
  if (!taken) return
  const zh = '这个身份证号已登记在册。请核对号码，或联系上级党组织查找该党员的组织关系。'
  throw new DomainError('IDENTITY_NUMBER_TAKEN', {
    sentence: { zh, en: 'This identity number is already registered. Check it, or ask the superior organisation to find the member.' },
    fields: [{ path: 'body.identityNumber', message: zh }],
  })
}
