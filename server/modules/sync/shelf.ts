/**
 * The shelf: what a phone keeps of what its owner may see in one post, sent as changes since a cursor. The cursor is made of what was
 * sent, so the server keeps nothing about a phone; cutting the answer at any byte leaves the phone with the cursor before it.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { getRule, listDuties, summariseDuties } from '#contract/duties'
import { me } from '#contract/identity'
import { getGathering } from '#contract/meetings'
import { getMyFloating } from '#contract/floating'
import { getMyLedger, getMyMonth } from '#contract/participations'
import { getMyMember, listMembers } from '#contract/members'
import { getNotificationChoices, listNotifications } from '#contract/notifications'
import type { Operation, ReturnsOf } from '#contract/operation'
import { getOrganisation, listChildOrganisations } from '#contract/organisations'
import { getPlanBasis } from '#contract/plans'
import { holds } from '#contract/roles'
import { type getShelf, keyOf, type ShelfEntry, shortKey } from '#contract/sync'
import { isRegisteredOut } from '#floating'
import { hallOf, listOwn } from '#meetings'
import { type Context, DomainError, type Post, type Services } from '#platform'
import { addDays, addMonths, dayOf } from '#rules'
import { changedSince, revisionNow } from './changes.ts'

type Entry = z.output<typeof ShelfEntry>
type Page = ReturnsOf<typeof getShelf>
type Duties = ReturnsOf<typeof listDuties>

/** Gatherings so far from today, back and ahead, are kept. */
const monthsKept = 13
/** Duties that are done leave the phone so many days after their period; their number stays in the summary. */
const doneDaysKept = 60
const dutyDaysAhead = 400
/** Gatherings in one page: small enough to arrive on a weak network. */
const mostInPage = 25
const mostListed = 600

const Cursor = z.strictObject({
  /** Role and place it was made for; another one begins anew. */
  post: z.string(),
  /** Stamps of the small entries by short key. */
  small: z.record(z.string(), z.string()),
  /** Fingerprint of the keys held. */
  held: z.string(),
  /** Changes up to this revision were sent. */
  revision: z.int(),
  /** While pages follow: the revision they lead to, and the last gathering sent. */
  to: z.int().nullable(),
  after: z.string().nullable(),
})
type Cursor = z.output<typeof Cursor>

const encode = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** A cursor that cannot be read is none: then everything is sent. */
function decode(since: string | undefined): Cursor | undefined {
  if (since === undefined) return undefined
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(since, 'base64url').toString())).data
  } catch {
    return undefined
  }
}

const stampOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 10)

interface Question {
  operation: Operation
  params?: Record<string, string>
  query?: Record<string, unknown>
  /** Asked at most once a day: it changes seldom, or looking at it is written down. */
  daily?: true
  /** The days asked for move on; it is kept as the answer for any. */
  moving?: true
  /** What of the answer is kept. */
  keep?: (answer: unknown) => unknown
}

/** Duties that are owed, and those done not long ago. */
const recent = (today: string) => (answer: unknown) => {
  const { items } = answer as Duties
  const since = addDays(today, -doneDaysKept)
  return {
    items: items.filter(
      ({ state, periodEnd }) => !['MET', 'MET_LATE_ENTRY', 'EXEMPT', 'NOT_APPLICABLE'].includes(state) || periodEnd >= since,
    ),
    next: null,
  }
}

/** What is asked for somebody in this post, beside the gatherings. */
function questions(post: Post | null, today: string, away: boolean): Question[] {
  const [month, next] = [today.slice(0, 7), addMonths(`${today.slice(0, 7)}-01`, 1).slice(0, 7)]
  const own: Question[] = [
    { operation: me },
    { operation: getMyMember, daily: true },
    { operation: listNotifications, query: { limit: 30 } },
    { operation: getNotificationChoices },
    ...(away
      ? [
          { operation: getMyFloating },
          { operation: getMyLedger, params: { year: today.slice(0, 4) } },
          ...[month, next].map((each) => ({ operation: getMyMonth, params: { month: each } })),
        ]
      : []),
  ]
  if (post === null) return own
  const params = { organisationId: post.node.id }
  const year = Number(today.slice(0, 4))
  return [
    ...own,
    ...(holds(post.role, 'read:organisation') ? [{ operation: getOrganisation, params, daily: true } as const] : []),
    ...(holds(post.role, 'write:gathering')
      ? [
          { operation: listMembers, params, query: { limit: 200 }, daily: true } as const,
          { operation: listChildOrganisations, params, daily: true } as const,
        ]
      : []),
    // The plan of the year and the theme-day kits from above, before their day comes.
    ...(holds(post.role, 'read:plan')
      ? [{ operation: getPlanBasis, params, query: { from: `${year}-01`, until: `${year + 1}-12` }, moving: true } as const]
      : []),
    ...(holds(post.role, 'read:duty')
      ? [
          {
            operation: listDuties,
            params,
            query: { from: addDays(today, -dutyDaysAhead), until: addDays(today, dutyDaysAhead), limit: 200 },
            moving: true as const,
            keep: recent(today),
          },
          { operation: summariseDuties, params },
        ]
      : []),
  ]
}

/** The answer, or undefined where the post does not reach. */
type Ask = (question: Question) => Promise<unknown>

const asking =
  (ctx: Context, perform: Services['perform']): Ask =>
  async ({ operation, params = {}, query = {} }) => {
    try {
      const text = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
      return await perform(ctx, operation, ctx.caller, { params, query: text })
    } catch (error) {
      if (error instanceof DomainError && (error.code === 'NOT_FOUND' || error.code === 'NOT_ALLOWED')) return undefined
      throw error
    }
  }

/** Gatherings of the post itself, newest first, and the organisation they belong to: what lies below belongs on a desk. */
async function gatheringsOf(ctx: Context, post: Post | null, from: string, until: string) {
  if (post === null || !holds(post.role, 'read:gathering')) return { hall: undefined, places: [] }
  const hall = await hallOf(ctx, post.node)
  const ids = await listOwn(ctx, hall, { from, until }, mostListed)
  return { hall, places: ids.map((gatheringId) => ({ organisationId: post.node.id, gatheringId })) }
}

const entryOf = ({ operation, params = {}, query = {} }: Question, answer: unknown): Entry => ({
  operation: operation.id,
  params,
  query,
  answer,
})

/** A page of changes since a cursor. */
export async function pageOf(ctx: Context, perform: Services['perform'], since: string | undefined): Promise<Page> {
  const { post } = ctx.caller
  const ask = asking(ctx, perform)
  const today = dayOf(ctx.now)
  const [from, until] = [addMonths(today, -monthsKept), addMonths(today, monthsKept)]
  const now = await revisionNow(ctx)
  const postName = post === null ? '' : `${post.id} ${post.role} ${post.node.id}`
  const known = decode(since)
  const before = known?.post === postName ? known : undefined
  const [entries, small] = await smallEntries(ask, questions(post, today, await isRegisteredOut(ctx)), before, today)
  const { hall, places } = await gatheringsOf(ctx, post, from, until)
  const changed =
    hall === undefined || before === undefined || before.revision < 0
      ? undefined
      : await changedSince(
          ctx,
          hall.county,
          places.map(({ gatheringId }) => gatheringId),
          before.revision,
        )
  const wanted = places.filter(({ gatheringId }) => changed?.has(gatheringId) ?? true)
  const [sent, left] = cut(wanted, before?.after ?? null)
  for (const params of sent) {
    const answer = await ask({ operation: getGathering, params })
    if (answer !== undefined) entries.push(entryOf({ operation: getGathering, params }, answer))
  }
  const keys = [...Object.keys(small), ...places.map((params) => shortKey(keyOf({ operation: getGathering.id, params })))]
  const held = stampOf(keys.toSorted())
  const to = before?.to ?? now
  const within = left > 0
  // What changed while pages were on their way, perhaps for days, follows at once: the last page leads to now.
  const more = within || to < now
  const cursor = {
    post: postName,
    small,
    held,
    // The first pages of all begin before everything.
    revision: within ? (before?.revision ?? -1) : to,
    to: within ? to : null,
    after: within ? (sent.at(-1)?.gatheringId ?? null) : null,
  }
  return { postId: post?.id ?? null, entries, held: held === before?.held ? null : keys, cursor: encode(cursor), more, from, until }
}

/** Those after the last one sent, as many as a page holds; and how many are left. */
function cut<Place extends { gatheringId: string }>(places: readonly Place[], after: string | null): [sent: Place[], left: number] {
  const rest = places.slice(after === null ? 0 : places.findIndex(({ gatheringId }) => gatheringId === after) + 1)
  return [rest.slice(0, mostInPage), Math.max(0, rest.length - mostInPage)]
}

/** Those whose answer changed, and the stamps of all. */
async function smallEntries(
  ask: Ask,
  asked: readonly Question[],
  before: Cursor | undefined,
  today: string,
): Promise<[entries: Entry[], stamps: Record<string, string>]> {
  const entries: Entry[] = []
  const stamps: Record<string, string> = {}
  const all = [...asked]
  for (let question = all.shift(); question !== undefined; question = all.shift()) {
    const { operation, daily, moving, keep } = question
    const { query: _days, ...always } = question
    const named: Question = moving === true ? always : question
    const key = shortKey(keyOf({ ...named, operation: operation.id }))
    if (daily === true && before?.small[key] === today) {
      stamps[key] = today
      continue
    }
    const whole = await ask(question)
    if (whole === undefined) continue
    const answer = keep === undefined ? whole : keep(whole)
    stamps[key] = daily === true ? today : stampOf(answer)
    if (stamps[key] !== before?.small[key]) entries.push(entryOf(named, answer))
    if (operation === listDuties) all.push(...rulesOf(answer as Duties))
  }
  return [entries, stamps]
}

/** The rules these duties come from, for whoever asks why. */
const rulesOf = ({ items }: Duties): Question[] =>
  [...new Set(items.map(({ ruleId }) => ruleId))].map((ruleId) => ({ operation: getRule, params: { ruleId }, daily: true }))
