/**
 * 日历订阅: a private address for a calendar program. The secret in it is made by the person's device; only its keyed hash is kept, so
 * it can be revoked but never shown again. What it shows is what its owner may see on the day it is asked: a post that has ended shows nothing.
 */
import type { z } from 'zod'
import type * as contract from '#contract/papers'
import type { BodyOf } from '#contract/operation'
import { holds } from '#contract/roles'
import { hallOf, listGatherings, listMine } from '#meetings'
import { namesOf } from '#organisations'
import { type Caller, type Context, DomainError, type Node, type Post, Scope, type Services, sql } from '#platform'
import { addDays, dayOf } from '#rules'
import { writeCalendar } from './calendar.ts'

type Shown = z.output<typeof contract.Feed>

const columns = sql`id, organisation_id as "organisationId", label, created_at as "createdAt", read_on as "readOn"`
const mostFeeds = 20

const hashOf = ({ secrets }: Services, token: string) => secrets.lookup('feed', token)

async function named(ctx: Context, rows: readonly Omit<Shown, 'organisationName'>[]): Promise<Shown[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => row.organisationId ?? []),
  )
  return rows.map((row) => ({ ...row, organisationName: names.get(row.organisationId ?? '') ?? '' }))
}

export async function list(ctx: Context): Promise<Shown[]> {
  const rows = await ctx.query(sql<Omit<Shown, 'organisationName'>>`
    select ${columns} from papers.feed where account_id = ${ctx.account.id} order by created_at desc`)
  return named(ctx, rows)
}

/** The post in which this account may read the life of this organisation. */
const readingPost = (posts: readonly Post[], node: Node): Post | undefined =>
  posts.find((post) => holds(post.role, 'read:gathering') && new Scope(post.node.path).contains(node.path))

const tooMany = () =>
  new DomainError('TOO_MANY_FEEDS', {
    sentence: { zh: `最多 ${mostFeeds} 个日历订阅，请先停用不用的。`, en: `At most ${mostFeeds} feeds; revoke one you no longer use.` },
  })

/** The same request twice is one feed. @throws DomainError NOT_FOUND, ID_TAKEN, TOO_MANY_FEEDS */
export async function put(
  ctx: Context,
  services: Services,
  id: string,
  { token, organisationId, label }: BodyOf<typeof contract.putFeed>,
): Promise<Shown> {
  const { id: accountId, posts } = ctx.account
  const hash = hashOf(services, token)
  const before = await ctx.find(sql<Omit<Shown, 'organisationName'> & { same: boolean }>`
    select ${columns}, account_id = ${accountId} and token_hash = ${hash} as same from papers.feed where id = ${id}`)
  if (before !== undefined) {
    const { same, ...row } = before
    if (!same || row.organisationId !== organisationId) throw new DomainError('ID_TAKEN')
    return (await named(ctx, [row]))[0] as Shown
  }
  if (organisationId !== null) {
    const node = await services.hierarchy.find(ctx, organisationId)
    if (node === undefined || readingPost(posts, node) === undefined) throw new DomainError('NOT_FOUND')
  }
  if ((await list(ctx)).length >= mostFeeds) throw tooMany()
  const row = await ctx.get(sql<Omit<Shown, 'organisationName'>>`
    insert into papers.feed (account_id, id, token_hash, organisation_id, label)
    values (${accountId}, ${id}, ${hash}, ${organisationId}, ${label}) returning ${columns}`)
  return (await named(ctx, [row]))[0] as Shown
}

/** @throws DomainError NOT_FOUND */
export async function revoke(ctx: Context, id: string): Promise<void> {
  await ctx.get(sql<{ id: string }>`delete from papers.feed where id = ${id} and account_id = ${ctx.account.id} returning id`)
}

/** Days before and after today that a calendar shows: thirteen months each way, as the phone keeps them. */
const shownDays = 396
const mostRows = 200

/** The calendar at this address. @throws DomainError NOT_FOUND when there is none, or its owner may no longer see it */
export async function read(ctx: Context, services: Services, token: string): Promise<string> {
  const feed = await ctx.get(sql<{ id: string; accountId: string; organisationId: string | null; name: string; subjectId: string | null }>`
    select f.id, f.account_id as "accountId", f.organisation_id as "organisationId", a.name, a.subject_id as "subjectId"
    from papers.feed f join platform.account a on a.id = f.account_id and a.closed_at is null where f.token_hash = ${hashOf(services, token)}`)
  const posts = await services.identity.posts(ctx, feed.accountId)
  const account = { id: feed.accountId, name: feed.name, subjectId: feed.subjectId, sessionId: '', posts }
  const today = dayOf(ctx.now)
  await ctx.query(sql`update papers.feed set read_on = ${today} where id = ${feed.id} and read_on is distinct from ${today}`)
  const asOwner = <T>(post: Post | null, work: (part: Context) => Promise<T>) =>
    ctx.as({ account, post, purpose: null, language: 'zh' } satisfies Caller, work)
  if (feed.organisationId === null) {
    const home = posts.find((post) => post.role === 'MEMBER')
    if (home === undefined) throw new DomainError('NOT_FOUND')
    const { items } = await asOwner(home, (part) => listMine(part, [home.node.county], { limit: mostRows }))
    return writeCalendar('我的组织生活', items)
  }
  const node = await services.hierarchy.find(ctx, feed.organisationId)
  const post = node === undefined ? undefined : readingPost(posts, node)
  if (node === undefined || post === undefined) throw new DomainError('NOT_FOUND')
  const span = { from: addDays(today, -shownDays), until: addDays(today, shownDays), limit: mostRows, q: '' }
  const { items } = await asOwner(post, (part) => listGatherings(part, node, span))
  const hall = await hallOf(ctx, node)
  return writeCalendar(
    node.name,
    items.filter((row) => row.organisationId === hall.id),
  )
}
