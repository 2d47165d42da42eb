/** 报到: a host takes in a member who is on the way, by the code of the pass, its number, or the member's own choice of the host. */
import { verify, type Verdict } from '#pass'
import { findNode } from '#organisations'
import { attempt, type Context, DomainError, hashOf, type Node, type Services, sql, wrong } from '#platform'
import { moveOf, checkDay, addEntry, isTaken, type StepInput } from './steps.ts'
import { registrationAt } from './parties.ts'
import { tellMember } from './register.ts'
import { happened, keepClocks, select, type Stored } from './rows.ts'
import { trustNow } from './trust.ts'

/** What is known of a copy or a number across the scopes of home and host. */
export interface Shown {
  county: string
  registrationId: string
  memberId: string
  name: string
  passId: string
  passState: string
  validUntil: string
  state: Stored['state']
  copyStatus: number
}

const shownColumns = sql`county, registration_id as "registrationId", member_id as "memberId", name, pass_id as "passId", pass_state as "passState",
  valid_until as "validUntil", state, copy_status as "copyStatus"`

export const shownBy = (ctx: Context, copyId: string): Promise<Shown | undefined> =>
  ctx.find(sql<Shown>`select ${shownColumns} from floating.of_copy(${copyId})`)

const numberShape = /^\d{6}-?\d{4}-?\d{4}$/

const refusedAs = (verdict: Verdict) => {
  const { zh, en } = verdict.sentence
  return new DomainError('PASS_REFUSED', {
    status: 400,
    sentence: { zh: `${zh}${verdict.next.zh}`, en: `${en} ${verdict.next.en}` },
    fields: [{ path: 'body.presented', message: `${zh} / ${en}` }],
  })
}

/** @throws DomainError PASS_REFUSED, NOT_FOUND, TOO_MANY_ATTEMPTS */
async function find(ctx: Context, services: Services, presented: string): Promise<Shown> {
  if (numberShape.test(presented)) {
    await attempt(ctx, 'pass-number', services.secrets.lookup('pass-number', ctx.account.id), 60, 3600)
    const digits = presented.replaceAll('-', '')
    const number = `${digits.slice(0, 6)}-${digits.slice(6, 10)}-${digits.slice(10)}`
    const found = await ctx.find(sql<Shown>`select ${shownColumns} from floating.of_number(${digits.slice(0, 6)}, ${number})`)
    if (found !== undefined) return found
    throw wrong('PASS_REFUSED', 'body.presented', '没有这个证号，请核对后再输。', 'There is no pass of this number; check it.')
  }
  const verdict = await verify(presented, await trustNow(ctx, services), ctx.now)
  // Somebody at a counter is looked in the eye: a copy without the phone's proof is enough to report in.
  const good = verdict.accepted || verdict.outcome === 'COPY' || verdict.outcome === 'PROOF_OLD'
  const shown = verdict.pass === null ? undefined : await shownBy(ctx, verdict.pass.copyId)
  // Revoked because it ended has words of its own, in which somebody learns what became of it.
  if (shown !== undefined && verdict.outcome === 'REVOKED' && shown.passState !== 'ACTIVE') throw ended(shown)
  if (!good || shown === undefined) throw refusedAs(verdict)
  return shown
}

/** A pass that is none any more, and what to do: each reason has its own words. */
function ended({ passState, state }: Shown): DomainError {
  const says = (zh: string, en: string) => wrong('PASS_REFUSED', 'body.presented', zh, en)
  if (state === 'TRANSFERRED') {
    return says(
      '此人的组织关系已经转出，活动证随之结束：请按正式党员接收，凭组织关系介绍信办理。',
      'Their membership has been transferred and the pass ended with it: take them in as a member, by the letter of introduction.',
    )
  }
  if (state === 'RETURNED')
    return says('此人已经返回流出地，证已查验；再外出请先在家乡登记。', 'They have returned home; a new absence is registered there first.')
  if (passState === 'SUSPENDED')
    return says('这张证在暂停中，请联系发证党委弄清原因。', 'This pass is suspended; ask the committee that issued it.')
  if (passState === 'REVOKED')
    return says('这张证已被收回，请联系发证党委；需要时由家乡另发新证。', 'This pass was revoked; ask its committee for a new one.')
  if (passState === 'EXPIRED')
    return says('这张证已经到期，请联系家乡支部换发。', 'This pass has expired; ask the home branch to renew it.')
  return says('这张证已经作废或换发，请出示新证。', 'This pass has ended or was renewed; show the new one.')
}

/** By the host. @throws DomainError PASS_REFUSED, WRONG_STATE, ID_TAKEN */
export async function takeInAt(
  ctx: Context,
  services: Services,
  host: Node,
  stepId: string,
  { presented, on }: { presented: string; on: string },
): Promise<Stored> {
  const shown = await find(ctx, services, presented)
  if (shown.passState !== 'ACTIVE') throw ended(shown)
  const hash = hashOf([shown.registrationId, host.id, on])
  const mine = await registrationAt(ctx, host, shown.registrationId).catch(() => undefined)
  if (mine?.hostId === host.id && (await isTaken(ctx, shown.county, stepId, hash))) return mine
  checkDay(ctx, on, '1990-01-01')
  moveOf({ state: shown.state, passState: 'ACTIVE' } as Stored, 'REPORT_IN', 'HOST')
  await settle(ctx, shown.county, shown.registrationId, host, on)
  return afterwards(ctx, await registrationAt(ctx, host, shown.registrationId), host, { stepId, on, side: 'HOST', hash })
}

/** By the member, at a host that takes reports. @throws DomainError KIND_NOT_APPLICABLE, WRONG_STATE */
export async function reportInMyself(
  ctx: Context,
  stored: Stored,
  stepId: string,
  input: StepInput & { hostId: string | null },
): Promise<void> {
  const hash = hashOf([stored.id, input])
  if (await isTaken(ctx, stored.county, stepId, hash)) return
  const host = input.hostId === null ? undefined : await findNode(ctx, input.hostId)
  const point = await ctx.find(sql<{ takesIn: boolean }>`
    select takes_in as "takesIn" from floating.host_place where county = ${host?.county ?? ''} and organisation_id = ${input.hostId}`)
  if (host === undefined || point?.takesIn !== true) {
    throw wrong(
      'KIND_NOT_APPLICABLE',
      'body.hostId',
      '这里不受理流动党员报到，请在“找组织”里另选一个。',
      'Choose another host; this one takes no reports.',
    )
  }
  checkDay(ctx, input.on, stored.outOn)
  moveOf(stored, 'REPORT_IN', 'MEMBER')
  await ctx.query(sql`
    update floating.registration set state = 'REPORTED_IN', host_county = ${host.county}, host_id = ${host.id}, host_path = ${host.path},
      reported_on = ${input.on}, version = version + 1
    where county = ${stored.county} and id = ${stored.id} and state in ('PASS_ISSUED', 'MOVED')`)
  const [now] = await select(ctx, sql`r.county = ${stored.county} and r.id = ${stored.id}`)
  if (now !== undefined) await afterwards(ctx, now, host, { stepId, on: input.on, side: 'MEMBER', hash })
}

async function settle(ctx: Context, county: string, id: string, host: Node, on: string): Promise<void> {
  const { taken } = await ctx.get(sql<{ taken: boolean }>`
    select floating.take_in(${county}, ${id}, ${host.county}, ${host.id}, ${host.path}, ${on}) as taken`)
  if (taken) return
  throw new DomainError('WRONG_STATE', {
    sentence: { zh: '此人刚刚在别处报到了，请刷新后再看。', en: 'They have just reported in elsewhere; look again.' },
  })
}

interface Arrival {
  stepId: string
  on: string
  side: 'HOST' | 'MEMBER'
  hash: Buffer
}

async function afterwards(ctx: Context, stored: Stored, host: Node, { stepId, on, side, hash }: Arrival): Promise<Stored> {
  await addEntry(ctx, stored, { id: stepId, action: 'REPORT_IN', on, side, byName: ctx.account.name, note: host.name, hash })
  // Taking the member in, the host signs the pass with the home committee.
  await ctx.query(sql`
    update floating.pass set co_signed_id = ${host.id}, co_signed_on = ${on}
    where county = ${stored.county} and registration_id = ${stored.id} and state = 'ACTIVE'`)
  const now = await keepClocks(ctx, stored)
  happened(ctx, stored, 'stepped', { action: 'REPORT_IN', state: stored.state, hostId: host.id, lostSince: null })
  await tellMember(ctx, stored, {
    kind: 'floating.reportedIn',
    title: { zh: `已在${host.name}报到`, en: `Reported in at ${host.name}` },
    body: { zh: '接下来会编入一个支部或党小组，编好了会告诉您。', en: 'You will be told when you are assigned to a branch.' },
    ruleId: 'FLOW-REG',
    href: '/floating',
    once: `floating.reportedIn:${stepId}`,
  })
  return now
}
