/** 党员公开承诺: written by the member, open to the branch, followed, closed with a sentence. Nothing is measured. */
import type { z } from 'zod'
import type { PublicPromise, putMyPromise } from '#contract/promises'
import type { BodyOf } from '#contract/operation'
import { rosterOf } from '#members'
import { type Context, DomainError, type Node, type RawBuilder, sql } from '#platform'
import { dayOf } from '#rules'
import { addFollowUp, followUpsOf } from './followUps.ts'
import { happened, notOnRoster } from './steps.ts'

type Made = z.output<typeof PublicPromise>
type Held = Made & { county: string; path: string }

const columns = sql`p.county, p.path, p.id, p.organisation_id as "organisationId", p.year, p.member_id as "memberId", p.name, p.text, p.due_on as "dueOn",
  p.state, p.closing, p.closed_on as "closedOn", p.version, ${followUpsOf(sql`f.county = p.county and f.promise_id = p.id`)} as "followUps"`

const present = ({ county: _county, path: _path, ...promise }: Held): Made => promise

const find = (ctx: Context, county: string, id: string, more: RawBuilder<unknown> = sql``) =>
  ctx.find(sql<Held>`select ${columns} from reviews.promise p where p.county = ${county} and p.id = ${id} ${more}`)

async function again(ctx: Context, { county, id }: Pick<Held, 'county' | 'id'>): Promise<Made> {
  const promise = await find(ctx, county, id)
  if (promise === undefined) throw new DomainError('NOT_FOUND')
  return present(promise)
}

/** Whose promise may be touched: those of a branch, by whoever looks after it, or one's own. */
export const ofBranch = (branch: Node): RawBuilder<unknown> => sql`p.organisation_id = ${branch.id}`
export const ofMember = (memberId: string): RawBuilder<unknown> => sql`p.member_id = ${memberId}`

/** @throws DomainError NOT_FOUND */
async function held(ctx: Context, county: string, id: string, of: RawBuilder<unknown>): Promise<Held> {
  const promise = await find(ctx, county, id, sql`and ${of} for update`)
  if (promise === undefined) throw new DomainError('NOT_FOUND')
  return promise
}

export async function listPromises(ctx: Context, branch: Node, year: string): Promise<{ items: Made[] }> {
  const rows = await ctx.query(sql<Held>`
    select ${columns} from reviews.promise p where p.county = ${branch.county} and p.organisation_id = ${branch.id} and p.year = ${year}
    order by p.name collate "C", p.id`)
  return { items: rows.map(present) }
}

/** Mine: of this year, and earlier ones that are still open. */
export async function myPromises(ctx: Context, county: string, memberId: string): Promise<Made[]> {
  const rows = await ctx.query(sql<Held>`
    select ${columns} from reviews.promise p
    where p.county = ${county} and p.member_id = ${memberId} and (p.state = 'OPEN' or p.year >= ${dayOf(ctx.now).slice(0, 4)}) order by p.year desc, p.id`)
  return rows.map(present)
}

const isClosed = () =>
  new DomainError('WRONG_STATE', {
    sentence: { zh: '这项承诺已经结束，不能再改。', en: 'This promise is closed and cannot be changed.' },
  })

/** Writes a promise down or changes it while it is open. The same promise twice is the same once. @throws DomainError NOT_ON_ROSTER, STALE_VERSION, WRONG_STATE, ID_TAKEN */
export async function putPromise(
  ctx: Context,
  branch: Node,
  memberId: string,
  id: string,
  { version, ...input }: BodyOf<typeof putMyPromise>,
): Promise<Made> {
  const before = await find(ctx, branch.county, id, sql`for update`)
  if (before !== undefined) {
    if (before.organisationId !== branch.id || before.memberId !== memberId) throw new DomainError('ID_TAKEN')
    if (before.year === input.year && before.text === input.text && before.dueOn === input.dueOn) return present(before)
    if (version === undefined) throw new DomainError('ID_TAKEN')
    if (version !== before.version) throw new DomainError('STALE_VERSION')
    if (before.state === 'CLOSED') throw isClosed()
  } else if (version !== undefined) throw new DomainError('NOT_FOUND')
  const member = (await rosterOf(ctx, branch)).find((one) => one.memberId === memberId)
  if (member === undefined) throw notOnRoster('body.memberId')
  await ctx.query(sql`
    insert into reviews.promise (county, id, organisation_id, path, year, member_id, name, text, due_on)
    values (${branch.county}, ${id}, ${branch.id}, ${branch.path}, ${input.year}, ${memberId}, ${member.name}, ${input.text}, ${input.dueOn})
    on conflict (county, id) do update set year = excluded.year, text = excluded.text, due_on = excluded.due_on, version = reviews.promise.version + 1`)
  happened(ctx, branch, id, 'promise.made', { year: input.year })
  return again(ctx, { county: branch.county, id })
}

export async function followPromise(
  ctx: Context,
  county: string,
  id: string,
  of: RawBuilder<unknown>,
  followUpId: string,
  text: string,
): Promise<Made> {
  const promise = await held(ctx, county, id, of)
  const { path, organisationId } = promise
  if (await addFollowUp(ctx, { county, path, promiseId: id }, followUpId, text))
    happened(ctx, { county, path, id: organisationId }, id, 'promise.followed')
  return again(ctx, promise)
}

export async function closePromise(ctx: Context, county: string, id: string, of: RawBuilder<unknown>, text: string): Promise<Made> {
  const promise = await held(ctx, county, id, of)
  if (promise.state === 'CLOSED' && promise.closing === text) return present(promise)
  if (promise.state === 'CLOSED') throw isClosed()
  await ctx.query(sql`
    update reviews.promise set state = 'CLOSED', closing = ${text}, closed_on = ${dayOf(ctx.now)}, version = version + 1 where county = ${county} and id = ${id}`)
  happened(ctx, { county, path: promise.path, id: promise.organisationId }, id, 'promise.closed')
  return again(ctx, promise)
}
