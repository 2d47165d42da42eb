/** The pass: issued and renewed by the home committee, suspended, resumed, revoked; bound to a phone by the member, printed by the branch. */
import { randomInt } from 'node:crypto'
import type * as contract from '#contract/passes'
import type { BodyOf } from '#contract/operation'
import { kidOf } from '#pass'
import { type Context, DomainError, hashOf, type Node, type Secrets, sql, wrong } from '#platform'
import { dayOf, passValidUntil } from '#rules'
import { type Copy, endCopies, findCopy, type HeldPass, makeCopy, restCopies } from './copies.ts'
import { signerOf } from './keys.ts'
import { ownRegistration, registrationAt } from './parties.ts'
import { tellMember } from './register.ts'
import { happened, keepClocks } from './rows.ts'
import { addEntry, moveOf } from './steps.ts'

const numberOf = (county: string) => `${county}-${String(randomInt(10_000)).padStart(4, '0')}-${String(randomInt(10_000)).padStart(4, '0')}`

/** Issues a pass; where there is one that is good, it is renewed and the old one ends. @throws DomainError WRONG_STATE, ISSUER_KEY_NEEDED, ID_TAKEN */
export async function issue(
  ctx: Context,
  secrets: Secrets,
  committee: Node,
  registrationId: string,
  passId: string,
  issuedOn: string,
): Promise<void> {
  const stored = await registrationAt(ctx, committee, registrationId, true)
  const { county, id } = stored
  const known = await ctx.find(sql<{ registrationId: string }>`
    select registration_id as "registrationId" from floating.pass where county = ${county} and id = ${passId}`)
  if (known !== undefined) {
    if (known.registrationId !== id) throw new DomainError('ID_TAKEN')
    return
  }
  if (!stored.path.startsWith(committee.path)) throw new DomainError('NOT_FOUND')
  await signerOf(ctx, secrets, committee)
  if (issuedOn > dayOf(ctx.now) || issuedOn < stored.outOn) {
    throw wrong('DATES_DISAGREE', 'body.issuedOn', '发证日期应在外出之后、今天之前。', 'The day lies between departure and today.')
  }
  const renews =
    stored.passState === 'ACTIVE' || stored.passState === 'EXPIRED' || stored.passState === 'REVOKED' || stored.passState === 'CLOSED'
  const move = renews && stored.state !== 'REGISTERED_OUT' ? undefined : moveOf(stored, 'ISSUE', 'HOME_COMMITTEE')
  if (stored.passState === 'SUSPENDED' || ['LOST_CONTACT', 'RETURNED', 'TRANSFERRED', 'CLOSED'].includes(stored.state)) {
    throw new DomainError('WRONG_STATE', {
      sentence: {
        zh: '现在不能发证或换证：证在暂停中，或外出已经结束。',
        en: 'No pass can be issued now: it rests, or the absence has ended.',
      },
    })
  }
  const before = await ctx.query(sql<{ id: string }>`
    update floating.pass set state = 'CLOSED', reason = '换发' where county = ${county} and registration_id = ${id} and state in ('ACTIVE', 'SUSPENDED')
    returning id`)
  for (const old of before) await endCopies(ctx, county, old.id)
  const validUntil = passValidUntil(issuedOn)
  await ctx.query(sql`
    insert into floating.pass (county, id, number, registration_id, member_id, issuer_id, state, issued_on, valid_until)
    values (${county}, ${passId}, ${numberOf(county)}, ${id}, ${stored.memberId}, ${committee.id}, 'ACTIVE', ${issuedOn}, ${validUntil})`)
  await ctx.query(sql`
    update floating.registration set ${move === undefined ? sql`` : sql`state = ${move.state},`} issued_on = ${issuedOn}, valid_until = ${validUntil},
      version = version + 1 where county = ${county} and id = ${id}`)
  await addEntry(ctx, stored, {
    id: passId,
    action: 'ISSUE',
    on: issuedOn,
    side: 'HOME_COMMITTEE',
    byName: ctx.account.name,
    note: committee.name,
    hash: hashOf([id, passId]),
  })
  const { state } = await keepClocks(ctx, stored)
  happened(ctx, stored, 'stepped', { action: 'ISSUE', state, passId, lostSince: null })
  await tellMember(ctx, stored, {
    kind: 'floating.passIssued',
    title: { zh: '您的流动党员活动证发下来了', en: 'Your activity pass has been issued' },
    body: {
      zh: '打开“我的活动证”装进本机，到流入地出示就能报到。',
      en: 'Open “My pass” to put it on this phone, and show it to report in.',
    },
    ruleId: 'FLOW-PASS',
    href: '/pass',
    once: `floating.passIssued:${passId}`,
  })
}

type Wanted = BodyOf<typeof contract.setPassState>

/** Suspends, resumes or revokes. The same twice is once. @throws DomainError NOT_FOUND, WRONG_STATE */
export async function setState(
  ctx: Context,
  committee: Node,
  registrationId: string,
  passId: string,
  { state, reason }: Wanted,
): Promise<void> {
  const stored = await registrationAt(ctx, committee, registrationId, true)
  const { county, id } = stored
  if (!stored.path.startsWith(committee.path)) throw new DomainError('NOT_FOUND')
  const pass = await ctx.get(sql<{ state: string }>`
    select state from floating.pass where county = ${county} and id = ${passId} and registration_id = ${id} for update`)
  if (pass.state === state) return
  const may = { ACTIVE: ['SUSPENDED'], SUSPENDED: ['ACTIVE'], REVOKED: ['ACTIVE', 'SUSPENDED'] }[state]
  if (!may.includes(pass.state) || (state === 'ACTIVE' && stored.state === 'LOST_CONTACT')) {
    throw new DomainError('WRONG_STATE', {
      sentence: { zh: '这张证已经收回或办结，请发一张新的。', en: 'This pass has ended; issue a new one.' },
    })
  }
  await ctx.query(sql`update floating.pass set state = ${state}, reason = ${reason} where county = ${county} and id = ${passId}`)
  if (state === 'REVOKED') await endCopies(ctx, county, passId)
  else await restCopies(ctx, county, passId, state === 'SUSPENDED')
  await ctx.query(sql`update floating.registration set version = version + 1 where county = ${county} and id = ${id}`)
  happened(ctx, stored, 'passSet', { passId, state })
  const said = { ACTIVE: '已恢复', SUSPENDED: '已暂停', REVOKED: '已收回' }[state]
  await tellMember(ctx, stored, {
    kind: 'floating.passSet',
    title: { zh: `您的活动证${said}`, en: `Your pass is now ${state.toLowerCase()}` },
    body: {
      zh: `原因：${reason}。有不同看法请联系支部或党委。`,
      en: `Reason: ${reason}. Ask your branch or the committee if you disagree.`,
    },
    ruleId: 'FLOW-PASS',
    href: '/pass',
    once: `floating.passSet:${passId}:${state}:${stored.version}`,
  })
}

const heldBy = (ctx: Context, county: string, registrationId: string): Promise<(HeldPass & { state: string }) | undefined> =>
  ctx.find(sql<HeldPass & { state: string }>`
    select p.county, p.id as "passId", p.issuer_id as "issuerId", p.valid_until as "validUntil", r.name, r.organisation_id as "homeId", p.state
    from floating.pass p join floating.registration r on r.county = p.county and r.id = p.registration_id
    where p.county = ${county} and p.registration_id = ${registrationId} and p.state in ('ACTIVE', 'SUSPENDED') for update of p`)

const notNow = () =>
  new DomainError('WRONG_STATE', {
    sentence: {
      zh: '活动证现在不能使用：还没有发，或在暂停中、已到期，请联系支部。',
      en: 'There is no pass that can be used now; ask your branch.',
    },
  })

/** Binds the member's own pass to the phone that holds this key; the copy on the phone before ends. @throws DomainError WRONG_STATE, ID_TAKEN */
export async function bindMine(
  ctx: Context,
  secrets: Secrets,
  copyId: string,
  key: BodyOf<typeof contract.bindPass>,
  origin: string,
): Promise<Copy> {
  const registration = await ownRegistration(ctx)
  const pass = registration === undefined ? undefined : await heldBy(ctx, registration.county, registration.id)
  if (registration === undefined || pass?.state !== 'ACTIVE' || pass.validUntil < dayOf(ctx.now)) throw notNow()
  const thumbprint = await kidOf(key).catch(() => {
    throw wrong('INVALID', 'body.x', '这把公钥不在 P-256 曲线上，请重新生成。', 'Not a point of P-256; make a new key.')
  })
  const known = await findCopy(ctx, pass, copyId, thumbprint)
  if (known !== undefined) return known
  await endCopies(ctx, pass.county, pass.passId, 'PHONE')
  const copy = await makeCopy(ctx, secrets, pass, copyId, key, origin)
  happened(ctx, registration, 'passBound', { passId: pass.passId })
  return copy
}

/** A copy on paper, for those without a phone. @throws DomainError WRONG_STATE */
export async function printCopy(ctx: Context, secrets: Secrets, node: Node, registrationId: string, copyId: string, origin: string) {
  const registration = await registrationAt(ctx, node, registrationId, true)
  const pass = await heldBy(ctx, registration.county, registration.id)
  if (pass?.state !== 'ACTIVE' || pass.validUntil < dayOf(ctx.now) || !registration.path.startsWith(node.path)) throw notNow()
  const copy = (await findCopy(ctx, pass, copyId, null)) ?? (await makeCopy(ctx, secrets, pass, copyId, null, origin))
  happened(ctx, registration, 'passPrinted', { passId: pass.passId })
  return { copy, registration, pass }
}
