/** Registering somebody out: by the branch, or by the member. The same request twice is one registration. */
import type { z } from 'zod'
import type * as contract from '#contract/floating'
import { findMember, findSelf, type Known, rosterOf } from '#members'
import { findNode } from '#organisations'
import { accountsOf, type Context, DomainError, hashOf, holdersOf, type Node, notify, sql, wrong } from '#platform'
import { citationOf } from '#rules'
import { happened, keepClocks, select, type Stored, isOver } from './rows.ts'

type Input = Omit<z.output<typeof contract.RegistrationInput>, 'memberId'>

/** By the branch. @throws DomainError NOT_ON_ROSTER, ALREADY_OUT, STALE_VERSION, ID_TAKEN, DATES_DISAGREE */
export async function registerOut(ctx: Context, branch: Node, id: string, memberId: string, input: Input): Promise<void> {
  const member = await findMember(ctx, branch, memberId)
  if (member === undefined || !member.attends) {
    throw wrong('NOT_ON_ROSTER', 'body.memberId', '不是这里的党员，请从名单中选择。', 'Not a member here; choose one from the list.')
  }
  await put(ctx, member, id, input)
}

/** By the member. @throws DomainError NOT_FOUND for somebody without a record of a member, and as above */
export async function registerSelf(ctx: Context, id: string, input: Input): Promise<void> {
  const member = await findSelf(ctx)
  if (member === undefined || !member.attends) throw new DomainError('NOT_FOUND')
  const stored = await put(ctx, member, id, input)
  if (stored === undefined) return
  const secretaries = await holdersOf(ctx, stored.homeId, ['BRANCH_SECRETARY'])
  await notify(
    ctx,
    secretaries.map((accountId) => ({
      accountId,
      kind: 'floating.registered',
      title: { zh: `${stored.name}登记了外出`, en: `${stored.name} has registered out` },
      body: {
        zh: '请核对去向，定一名支部联系人，再请党委发活动证。',
        en: 'Check where they go, name a contact person, then ask the committee for a pass.',
      },
      because: { zh: `您是他所在支部的书记。依据：${citationOf('FLOW-NAMED-CONTACT')}`, en: 'You are the secretary of their branch.' },
      href: `/console/floating?side=OUT&id=${stored.id}`,
      once: `floating.registered:${stored.id}`,
    })),
  )
}

/** @returns what was stored when it is new */
async function put(ctx: Context, member: Known, id: string, input: Input): Promise<Stored | undefined> {
  const { county, memberId } = member
  const { version, ...content } = input
  const hash = hashOf([memberId, content])
  if (input.expectedBackOn !== null && input.expectedBackOn < input.outOn) {
    throw wrong('DATES_DISAGREE', 'body.expectedBackOn', '预计返回不能早于外出日期。', 'One cannot be back before having left.')
  }
  const [before] = await select(ctx, sql`r.county = ${county} and r.id = ${id}`, sql`for update`)
  if (before !== undefined) {
    if (before.memberId !== memberId) throw new DomainError('ID_TAKEN')
    if (before.contentHash.equals(hash)) return undefined
    if (version !== before.version) throw new DomainError(version === undefined ? 'ID_TAKEN' : 'STALE_VERSION')
  } else {
    if (version !== undefined) throw new DomainError('NOT_FOUND')
    await refuseSecond(ctx, member)
  }
  const contactName = await contactOf(ctx, member, input.contactId)
  const { areaCode, place, unit, fixed } = input.destination
  await ctx.query(sql`
    insert into floating.registration (county, id, member_id, name, phone_masked, organisation_id, path, reason, area_code, place, unit, fixed, out_on,
      expected_back_on, contact_id, contact_name, note, state, content_hash)
    values (${county}, ${id}, ${memberId}, ${member.name}, ${member.phoneMasked}, ${member.organisationId}, ${member.path}, ${input.reason}, ${areaCode},
      ${place}, ${unit}, ${fixed}, ${input.outOn}, ${input.expectedBackOn}, ${input.contactId}, ${contactName}, ${input.note}, 'REGISTERED_OUT', ${hash})
    on conflict (id, county) do update set reason = excluded.reason, area_code = excluded.area_code, place = excluded.place, unit = excluded.unit,
      fixed = excluded.fixed, out_on = excluded.out_on, expected_back_on = excluded.expected_back_on, contact_id = excluded.contact_id,
      contact_name = excluded.contact_name, note = excluded.note, content_hash = excluded.content_hash, version = floating.registration.version + 1`)
  const stored = await keepClocks(ctx, { county, id })
  happened(ctx, stored, before === undefined ? 'registered' : 'changed', { state: stored.state })
  return before === undefined ? stored : undefined
}

/** Somebody is away once. @throws DomainError ALREADY_OUT saying since when and where */
async function refuseSecond(ctx: Context, { county, memberId, name }: Known): Promise<void> {
  const [open] = await select(ctx, sql`r.county = ${county} and r.member_id = ${memberId} and not ${isOver}`)
  if (open === undefined) return
  const zh = `${name}${open.outOn}已登记外出，还没有办结；地点变了请办“变更地点”，不用再登记。`
  const en = `${name} has been registered out since ${open.outOn}; if the place has changed, take the step “move” instead.`
  throw new DomainError('ALREADY_OUT', { sentence: { zh, en }, fields: [{ path: 'body.memberId', message: `${zh} / ${en}` }] })
}

/** The name of the contact person. @throws DomainError INVALID when it is nobody of the home branch, or the member */
async function contactOf(ctx: Context, member: Known, contactId: string | null): Promise<string> {
  if (contactId === null) return ''
  const home = await findNode(ctx, member.organisationId)
  const found = home === undefined ? undefined : (await rosterOf(ctx, home)).find(({ memberId }) => memberId === contactId)
  if (found !== undefined && contactId !== member.memberId) return found.name
  throw wrong('INVALID', 'body.contactId', '联系人应是家乡支部的另一名党员，请从名单中选择。', 'Choose another member of the home branch.')
}

/** Tells the member, if they have an account. */
export async function tellMember(
  ctx: Context,
  { id, memberId }: Pick<Stored, 'id' | 'memberId'>,
  told: { kind: string; title: { zh: string; en: string }; body: { zh: string; en: string }; ruleId: string; href: string; once: string },
): Promise<void> {
  const accountId = (await accountsOf(ctx, [memberId])).get(memberId)
  if (accountId === undefined) return
  const { ruleId, ...notice } = told
  await notify(ctx, [
    {
      accountId,
      ...notice,
      because: { zh: `您登记了外出。依据：${citationOf(ruleId)}`, en: `You are registered out. ${citationOf(ruleId)}` },
      once: `${told.once}:${id}`,
    },
  ])
}
