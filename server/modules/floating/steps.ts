/** Steps of a registration. Where each leads is said by the rules; here is what follows from it: pass, host, posts, clocks, and who is told. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type * as contract from '#contract/floating'
import { findNode } from '#organisations'
import {
  accountsOf,
  type Context,
  DomainError,
  hashOf,
  type Node,
  notify,
  type RawBuilder,
  Scope,
  type Services,
  sql,
  wrong,
} from '#platform'
import { addMonths, citationOf, count, dayOf, type FloatAction, type FloatMove, type FloatSide, floatStep, stillToTry } from '#rules'
import { endCopies, restCopies } from './copies.ts'
import { sidesAt } from './parties.ts'
import { tellMember } from './register.ts'
import { happened, keepClocks, type Stored } from './rows.ts'

export type StepInput = z.output<typeof contract.StepInput>
/** Posts are given and ended; whoever is signed in is known anew. */
type Posts = Pick<Services, 'identity' | 'forget'>

/** Is this the same step again? @throws DomainError ID_TAKEN when the id is another step's */
export async function isTaken(ctx: Context, county: string, stepId: string, hash: Buffer): Promise<boolean> {
  const known = await ctx.find(sql<{ contentHash: Buffer }>`
    select content_hash as "contentHash" from floating.entry where county = ${county} and id = ${stepId}`)
  if (known === undefined) return false
  if (!known.contentHash.equals(hash)) throw new DomainError('ID_TAKEN')
  return true
}

export const addEntry = (
  ctx: Context,
  { county, id }: Pick<Stored, 'county' | 'id'>,
  entry: { id: string; action: FloatAction; on: string; side: FloatSide; byName: string; how?: string | null; note?: string; hash: Buffer },
): Promise<unknown> =>
  ctx.query(sql`
    insert into floating.entry (county, id, registration_id, action, on_day, side, by_name, how, note, content_hash)
    values (${county}, ${entry.id}, ${id}, ${entry.action}, ${entry.on}, ${entry.side}, ${entry.byName}, ${entry.how ?? ''}, ${entry.note ?? ''}, ${entry.hash})`)

/** Where the step leads. @throws DomainError WRONG_STATE with the sentence of the rules */
export function moveOf({ state, passState }: Stored, action: FloatAction, side: FloatSide): FloatMove {
  const move = floatStep(state, action, side, passState === 'ACTIVE' || passState === 'SUSPENDED' || passState === 'EXPIRED')
  if ('zh' in move) throw new DomainError('WRONG_STATE', { sentence: move })
  return move
}

/** The side on which the caller takes this step. @throws DomainError NOT_YOURS, WRONG_STATE */
function sideFor(sides: readonly FloatSide[], stored: Stored, action: FloatAction): FloatSide {
  const able = sides.find((side) => !('zh' in floatStep(stored.state, action, side, true)))
  if (able !== undefined) return able
  const [any] = sides
  if (any === undefined) throw new DomainError('NOT_FOUND')
  const said = floatStep(stored.state, action, any, true)
  throw new DomainError('WRONG_STATE', 'zh' in said ? { sentence: said } : {})
}

/** A step by home or host; the same one twice is taken once. */
export async function takeStepAt(
  ctx: Context,
  services: Posts,
  node: Node,
  stored: Stored,
  stepId: string,
  input: StepInput,
): Promise<void> {
  const hash = hashOf([stored.id, input])
  if (await isTaken(ctx, stored.county, stepId, hash)) return
  if (['ISSUE', 'REPORT_IN', 'TAKE_PART'].includes(input.action)) {
    throw new DomainError('WRONG_STATE', {
      sentence: {
        zh: '发证、报到和参加活动各有各的办法，不在这里办。',
        en: 'Issuing, reporting in and taking part are done elsewhere.',
      },
    })
  }
  await take(ctx, services, stored, sideFor(sidesAt(ctx, node, stored), stored, input.action), stepId, input, hash, node)
}

/** The member's own step. */
export async function takeOwnStep(ctx: Context, services: Posts, stored: Stored, stepId: string, input: StepInput): Promise<void> {
  const hash = hashOf([stored.id, input])
  if (await isTaken(ctx, stored.county, stepId, hash)) return
  await take(ctx, services, stored, 'MEMBER', stepId, input, hash, undefined)
}

/** Days that cannot be. @throws DomainError DATES_DISAGREE */
export function checkDay(ctx: Context, on: string, notBefore: string): void {
  if (on > dayOf(ctx.now)) throw wrong('DATES_DISAGREE', 'body.on', '日期不能在将来。', 'The day lies in the future.')
  if (on < notBefore) throw wrong('DATES_DISAGREE', 'body.on', `日期不能早于${notBefore}。`, `The day is before ${notBefore}.`)
}

async function take(
  ctx: Context,
  services: Posts,
  stored: Stored,
  side: FloatSide,
  stepId: string,
  input: StepInput,
  hash: Buffer,
  node: Node | undefined,
): Promise<void> {
  const { action, on, note, how } = input
  const { county, id } = stored
  const move = moveOf(stored, action, side)
  // Looked back: somebody may be long lost, or have come back before they left a trace.
  checkDay(ctx, on, action === 'LOSE' || action === 'CONTACT' ? '1990-01-01' : stored.outOn)
  if (action === 'LOSE') await mayBeLost(ctx, stored, note)
  if (action === 'CLOSE' && stored.state === 'LOST_CONTACT') mayBeClosed(stored, on)
  if (action === 'CONTACT' && how === null) throw wrong('INVALID', 'body.how', '请选择联系方式。', 'Choose how contact was made.')
  if (['LOSE', 'FIND', 'TRANSFER', 'REPORT_BACK'].includes(action) && note.trim() === '') {
    throw wrong('EVIDENCE_NEEDED', 'body.note', evidence[action]?.zh ?? '', evidence[action]?.en ?? '')
  }
  const branch = action === 'ASSIGN' ? await branchFor(ctx, node, stored, input) : undefined
  await addEntry(ctx, stored, { id: stepId, action, on, side, byName: ctx.account.name, how, note, hash })
  const changes: RawBuilder<unknown>[] = [
    ...(action === 'CONTACT' ? [sql`last_contact_on = greatest(last_contact_on, ${on})`] : []),
    ...(action === 'REPORT_BACK'
      ? [sql`last_report_on = greatest(last_report_on, ${on}), last_contact_on = greatest(last_contact_on, ${on})`]
      : []),
    ...(action === 'LOSE' ? [sql`lost_since = ${on}`] : []),
    ...(action === 'FIND' ? [sql`lost_since = null, last_contact_on = greatest(last_contact_on, ${on}), moved_on = ${on}`] : []),
    ...(action === 'MOVE' ? [sql`moved_on = ${on}`] : []),
  ]
  if (input.destination !== null && (action === 'MOVE' || action === 'FIND')) {
    const { areaCode, place, unit, fixed } = input.destination
    changes.push(sql`area_code = ${areaCode}, place = ${place}, unit = ${unit}, fixed = ${fixed}`)
  } else if (action === 'MOVE') {
    throw wrong('INVALID', 'body.destination', '请填写新的地点。', 'Say where to.')
  }
  await leaveBranch(ctx, services, stored, move.leavesHost || branch !== undefined)
  if (branch !== undefined) {
    const postId = await welcomeAt(ctx, services, stored, branch.node, on)
    changes.push(
      sql`branch_id = ${branch.node.id}, branch_path = ${branch.node.path}, group_id = ${branch.groupId}, guest_post_id = ${postId}`,
    )
  }
  const letsGo = side === 'HOST' && move.leavesHost
  if (move.leavesHost && !letsGo) {
    changes.push(sql`host_county = null, host_id = null, host_path = null, branch_id = null, branch_path = null, group_id = null,
      guest_post_id = null, reported_on = null`)
  }
  const after = { ...stored, state: move.state, ...(action === 'MOVE' ? { movedOn: on } : {}) }
  if (letsGo) {
    // The host does not see the member afterwards, so what else changes is written before.
    await ctx.query(sql`update floating.registration set ${sql.join(changes)} where county = ${county} and id = ${id}`)
    await ctx.get(sql`select floating.let_go(${county}, ${id}, ${on})`)
  } else {
    await ctx.query(sql`
      update floating.registration set ${sql.join([...changes, sql`state = ${move.state}, version = version + 1`])} where county = ${county} and id = ${id}`)
    await keepClocks(ctx, stored)
  }
  await settlePass(ctx, stored, move)
  happened(ctx, stored, 'stepped', {
    action,
    state: move.state,
    lostSince: move.state === 'LOST_CONTACT' ? (action === 'LOSE' ? on : stored.lostSince) : null,
  })
  await tell(ctx, after, action, branch?.node)
}

const evidence: Partial<Record<FloatAction, { zh: string; en: string }>> = {
  LOSE: { zh: '请写明查找的经过。', en: 'Say how they were looked for.' },
  FIND: { zh: '请写明怎样恢复联系的。', en: 'Say how contact was made again.' },
  TRANSFER: { zh: '请填写组织关系介绍信的编号。', en: 'Enter the number of the letter of introduction.' },
  REPORT_BACK: { zh: '请写几句近况。', en: 'Write a few lines.' },
}

/** Contact is declared lost only after somebody has been looked for in several ways. Source: FLOW-LOOK. @throws DomainError EVIDENCE_NEEDED */
async function mayBeLost(ctx: Context, { county, id }: Stored, note: string): Promise<void> {
  const rows = await ctx.query(sql<{ how: string }>`
    select distinct how from floating.entry where county = ${county} and registration_id = ${id} and action = 'CONTACT' and how <> 'TALK'`)
  const least = count('FLOW-LOOK', 'waysAtLeast')
  const left = stillToTry(rows.map(({ how }) => how))
  if (rows.length >= least && note.trim() !== '') return
  throw wrong(
    'EVIDENCE_NEEDED',
    'body.note',
    `认定失联前至少用${least}种方式查找过，并写明经过；还可以：${left.map(({ zh }) => zh).join('；')}。`,
    `Look in at least ${least} ways first, and say how; still to try: ${left.map(({ en }) => en).join('; ')}.`,
  )
}

/** Nobody is given up before the months of the rule have passed. Source: MEM-LOST-SUSPEND. @throws DomainError WRONG_STATE */
function mayBeClosed({ lostSince }: Stored, on: string): void {
  const due = addMonths(lostSince ?? on, count('MEM-LOST-SUSPEND', 'months'))
  if (on >= due) return
  throw new DomainError('WRONG_STATE', {
    sentence: {
      zh: `自${lostSince ?? on}失去联系，${due}以前请继续查找，不能办结。依据：${citationOf('MEM-LOST-SUSPEND')}`,
      en: `Out of contact since ${lostSince ?? on}; go on looking until ${due}. ${citationOf('MEM-LOST-SUSPEND')}`,
    },
  })
}

const branchKinds = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG']

/** The branch and group of the host. @throws DomainError KIND_NOT_APPLICABLE, INVALID */
async function branchFor(ctx: Context, node: Node | undefined, { hostPath }: Stored, { branchId, groupId }: StepInput) {
  const branch = branchId === null ? node : await findNode(ctx, branchId)
  if (branch === undefined || hostPath === null || !new Scope(hostPath).contains(branch.path)) {
    throw wrong('INVALID', 'body.branchId', '请选择本组织或下级的一个支部。', 'Choose a branch of this organisation or below it.')
  }
  if (!branchKinds.includes(branch.kind)) {
    throw wrong('KIND_NOT_APPLICABLE', 'body.branchId', '流动党员编入支部或流动党员党组织，请选择一个支部。', 'Choose a branch.')
  }
  const group = groupId === null ? undefined : await findNode(ctx, groupId)
  if (groupId !== null && (group?.kind !== 'GROUP' || group.parentId !== branch.id)) {
    throw wrong('INVALID', 'body.groupId', '这不是该支部的党小组。', 'This is not a group of that branch.')
  }
  return { node: branch, groupId }
}

/** The member may read and attend what the branch does: a post of a guest, from that day on. @returns its id, or null without an account */
async function welcomeAt(
  ctx: Context,
  { identity, forget }: Posts,
  { memberId }: Stored,
  branch: Node,
  on: string,
): Promise<string | null> {
  const accountId = (await accountsOf(ctx, [memberId])).get(memberId)
  if (accountId === undefined) return null
  const id = randomUUID()
  await identity.putPost(ctx, { id, accountId, role: 'GUEST', nodeId: branch.id, from: on, until: null, grantedBy: ctx.account.id })
  ctx.after(forget)
  return id
}

/** The post of a guest ends with the place at the branch. */
async function leaveBranch(ctx: Context, { forget }: Posts, { guestPostId }: Stored, leaves: boolean): Promise<void> {
  if (!leaves || guestPostId === null) return
  await ctx.query(
    sql`update platform.post set until_day = current_date - 1, from_day = least(from_day, current_date - 1) where id = ${guestPostId}`,
  )
  ctx.after(forget)
}

/** What becomes of the pass and of its copies. Copies out there are refused from the next list on. */
async function settlePass(ctx: Context, { county, id }: Stored, { pass }: FloatMove): Promise<void> {
  if (pass === null) return
  const from = pass === 'ENDED' ? ['ACTIVE', 'SUSPENDED'] : pass === 'SUSPENDED' ? ['ACTIVE'] : ['SUSPENDED']
  const to = pass === 'ENDED' ? 'CLOSED' : pass
  const rows = await ctx.query(sql<{ id: string }>`
    update floating.pass set state = ${to} where county = ${county} and registration_id = ${id} and state = any(${from}::text[]) returning id`)
  for (const { id: passId } of rows) {
    if (pass === 'ENDED') await endCopies(ctx, county, passId)
    else await restCopies(ctx, county, passId, pass === 'SUSPENDED')
  }
}

async function tell(ctx: Context, stored: Stored, action: FloatAction, branch: Node | undefined): Promise<void> {
  if (action === 'ASSIGN' && branch !== undefined) {
    await tellMember(ctx, stored, {
      kind: 'floating.assigned',
      title: { zh: `您已编入${branch.name}`, en: `You are assigned to ${branch.name}` },
      body: {
        zh: '那里的活动会出现在您的手机上，参加了家乡支部也看得到，不用再填。',
        en: 'Its gatherings appear on your phone; your home branch sees what you take part in.',
      },
      ruleId: 'FLOW-LIFE',
      href: '/floating/month',
      once: `floating.assigned:${branch.id}`,
    })
  }
  if (action !== 'MOVE' || stored.contactId === null) return
  const contact = (await accountsOf(ctx, [stored.contactId])).get(stored.contactId)
  if (contact === undefined) return
  await notify(ctx, [
    {
      accountId: contact,
      kind: 'floating.moved',
      title: { zh: `${stored.name}换了地方`, en: `${stored.name} has moved` },
      body: { zh: '问问他安顿得怎样，提醒到新地方报到。', en: 'Ask how they are, and remind them to report in.' },
      because: { zh: `您是支部联系人。依据：${citationOf('FLOW-NAMED-CONTACT')}`, en: 'You are the contact person.' },
      href: `/console/floating?side=OUT&id=${stored.id}`,
      once: `floating.moved:${stored.id}:${stored.movedOn ?? ''}`,
    },
  ])
}
