/** 整改清单: written down, followed, reported done by the owner, verified by another person. */
import type { z } from 'zod'
import type { putRectification, Rectification } from '#contract/rectifications'
import type { BodyOf } from '#contract/operation'
import { rosterOf } from '#members'
import { type Context, DomainError, type Node, type RawBuilder, sql, wrong } from '#platform'
import { dayOf } from '#rules'
import { addFollowUp, followUpsOf } from './followUps.ts'
import { happened, notOnRoster } from './steps.ts'

type Item = z.output<typeof Rectification>
type Held = Item & { county: string; path: string; doneAccountId: string | null }

const columns = sql`r.county, r.path, r.id, r.organisation_id as "organisationId", r.year, r.problem, r.measure, r.member_id as "ownerId", r.name as "ownerName",
  r.due_on as "dueOn", r.state, r.done_on as "doneOn", r.done_account_id as "doneAccountId", r.done_name as "doneByName", r.done_note as "doneNote",
  r.verified_on as "verifiedOn", r.verified_name as "verifiedByName", r.verified_note as "verifiedNote", r.version,
  ${followUpsOf(sql`f.county = r.county and f.rectification_id = r.id`)} as "followUps"`

const present = ({ county: _county, path: _path, doneAccountId: _account, ...item }: Held): Item => item

const find = (ctx: Context, county: string, id: string, more: RawBuilder<unknown> = sql``) =>
  ctx.find(sql<Held>`select ${columns} from reviews.rectification r where r.county = ${county} and r.id = ${id} ${more}`)

/** One item, locked. @param of whose: of this branch, or of this owner @throws DomainError NOT_FOUND */
async function held(ctx: Context, county: string, id: string, of: RawBuilder<unknown>): Promise<Held> {
  const item = await find(ctx, county, id, sql`and ${of} for update`)
  if (item === undefined) throw new DomainError('NOT_FOUND')
  return item
}

const ofBranch = (branch: Node) => sql`r.organisation_id = ${branch.id}`

async function again(ctx: Context, { county, id }: Pick<Held, 'county' | 'id'>): Promise<Item> {
  const item = await find(ctx, county, id)
  if (item === undefined) throw new DomainError('NOT_FOUND')
  return present(item)
}

export async function listRectifications(ctx: Context, branch: Node, year: string): Promise<{ items: Item[] }> {
  const rows = await ctx.query(sql<Held>`
    select ${columns} from reviews.rectification r where r.county = ${branch.county} and r.organisation_id = ${branch.id} and r.year = ${year}
    order by r.due_on, r.id`)
  return { items: rows.map(present) }
}

/** My items that are not verified yet, and those of this year. */
export async function myRectifications(ctx: Context, county: string, memberId: string): Promise<Item[]> {
  const rows = await ctx.query(sql<Held>`
    select ${columns} from reviews.rectification r
    where r.county = ${county} and r.member_id = ${memberId} and (r.state <> 'VERIFIED' or r.verified_on >= ${`${dayOf(ctx.now).slice(0, 4)}-01-01`})
    order by r.due_on, r.id`)
  return rows.map(present)
}

/** Writes an item down or changes it while it is open. The same item twice is the same once. @throws DomainError NOT_ON_ROSTER, STALE_VERSION, WRONG_STATE, ID_TAKEN */
export async function putItem(
  ctx: Context,
  branch: Node,
  id: string,
  { version, ...input }: BodyOf<typeof putRectification>,
): Promise<Item> {
  const before = await find(ctx, branch.county, id, sql`for update`)
  if (before !== undefined) {
    if (before.organisationId !== branch.id) throw new DomainError('ID_TAKEN')
    const same =
      before.year === input.year &&
      before.problem === input.problem &&
      before.measure === input.measure &&
      before.ownerId === input.ownerId &&
      before.dueOn === input.dueOn
    if (same) return present(before)
    if (version === undefined) throw new DomainError('ID_TAKEN')
    if (version !== before.version) throw new DomainError('STALE_VERSION')
    requireOpen(before)
  } else if (version !== undefined) throw new DomainError('NOT_FOUND')
  const owner = (await rosterOf(ctx, branch)).find(({ memberId }) => memberId === input.ownerId)
  if (owner === undefined) throw notOnRoster('body.ownerId')
  if (input.dueOn < `${input.year}-01-01`) {
    throw wrong('INVALID', 'body.dueOn', `完成期限应在${input.year}年1月1日以后。`, `The due day must not lie before ${input.year}.`)
  }
  await ctx.query(sql`
    insert into reviews.rectification (county, id, organisation_id, path, year, problem, measure, member_id, name, due_on)
    values (${branch.county}, ${id}, ${branch.id}, ${branch.path}, ${input.year}, ${input.problem}, ${input.measure}, ${input.ownerId}, ${owner.name}, ${input.dueOn})
    on conflict (county, id) do update set year = excluded.year, problem = excluded.problem, measure = excluded.measure, member_id = excluded.member_id,
      name = excluded.name, due_on = excluded.due_on, reminded_on = null, version = reviews.rectification.version + 1`)
  happened(ctx, branch, id, 'rectification.listed', { year: input.year })
  return again(ctx, { county: branch.county, id })
}

function requireOpen({ state }: Item): void {
  if (state === 'OPEN') return
  throw new DomainError('WRONG_STATE', {
    sentence: {
      zh: '这一项已经报办结，不能再改。核实时可以退回。',
      en: 'This item is reported done and cannot be changed; it can be sent back when it is verified.',
    },
  })
}

export async function follow(ctx: Context, branch: Node, id: string, followUpId: string, text: string): Promise<Item> {
  const item = await held(ctx, branch.county, id, ofBranch(branch))
  const { county, path } = item
  if (await addFollowUp(ctx, { county, path, rectificationId: id }, followUpId, text)) happened(ctx, branch, id, 'rectification.followed')
  return again(ctx, item)
}

/** For an owner without a phone. */
export const finishFor = async (ctx: Context, branch: Node, id: string, text: string): Promise<Item> =>
  finish(ctx, await held(ctx, branch.county, id, ofBranch(branch)), text)

/** By the owner, wherever they act. */
export const finishOwn = async (ctx: Context, county: string, memberId: string, id: string, text: string): Promise<Item> =>
  finish(ctx, await held(ctx, county, id, sql`r.member_id = ${memberId}`), text)

async function finish(ctx: Context, item: Held, text: string): Promise<Item> {
  if (item.state === 'DONE' && item.doneNote === text) return present(item)
  requireOpen(item)
  const { county, id } = item
  await ctx.query(sql`
    update reviews.rectification set state = 'DONE', done_on = ${dayOf(ctx.now)}, done_account_id = ${ctx.account.id}, done_name = ${ctx.account.name},
      done_note = ${text}, version = version + 1 where county = ${county} and id = ${id}`)
  happened(ctx, { county, id: item.organisationId, path: item.path }, id, 'rectification.done')
  return again(ctx, item)
}

/** Verified by somebody who is neither the owner nor the one who reported it, or sent back with what is missing. @throws DomainError SAME_PERSON, WRONG_STATE */
export async function verify(ctx: Context, branch: Node, id: string, accepted: boolean, text: string): Promise<Item> {
  const item = await held(ctx, branch.county, id, ofBranch(branch))
  if (item.state === 'VERIFIED' && accepted && item.verifiedNote === text) return present(item)
  if (item.state !== 'DONE') {
    throw new DomainError('WRONG_STATE', {
      sentence: { zh: '这一项还没有报办结，或者已经核实过了。', en: 'This item is not reported done, or it is verified already.' },
    })
  }
  if (item.ownerId === ctx.account.subjectId || item.doneAccountId === ctx.account.id) {
    throw new DomainError('SAME_PERSON', {
      sentence: {
        zh: '责任人和报办结的人不能自己核实，请由另一个人核实。',
        en: 'Neither the owner nor whoever reported it done may verify it; ask another person.',
      },
    })
  }
  const { county } = item
  await ctx.query(
    accepted
      ? sql`update reviews.rectification set state = 'VERIFIED', verified_on = ${dayOf(ctx.now)}, verified_name = ${ctx.account.name}, verified_note = ${text},
          version = version + 1 where county = ${county} and id = ${id}`
      : sql`update reviews.rectification set state = 'OPEN', done_on = null, done_account_id = null, done_name = '', done_note = '', version = version + 1
          where county = ${county} and id = ${id}`,
  )
  if (!accepted) await addFollowUp(ctx, { county, path: item.path, rectificationId: id }, crypto.randomUUID(), `退回：${text}`)
  happened(ctx, branch, id, accepted ? 'rectification.verified' : 'rectification.sentBack')
  return again(ctx, item)
}
