/**
 * The shelf: what a phone keeps of what its owner may see in one post, sent as changes since a cursor. The cursor is made of what was
 * sent, so the server keeps nothing about a phone; cutting the answer at any byte leaves the phone with the cursor before it.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { getRule, listDuties, summariseDuties } from '#contract/duties'
import { me } from '#contract/identity'
import { getGathering, listGatherings } from '#contract/meetings'
import { getMyMember, listMembers } from '#contract/members'
import { getNotificationChoices, listNotifications } from '#contract/notifications'
import type { Operation, ReturnsOf } from '#contract/operation'
import { getOrganisation, listChildOrganisations } from '#contract/organisations'
import { holds } from '#contract/roles'
import { type getShelf, keyOf, type ShelfEntry, shortKey } from '#contract/sync'
import { type Caller, type Context, DomainError, type Post, type Services } from '#platform'
import { addDays, dayOf } from '#rules'
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
function questions(post: Post | null, today: string): Question[] {
  const own: Question[] = [
    { operation: me },
    { operation: getMyMember, daily: true },
    { operation: listNotifications, query: { limit: 30 } },
    { operation: getNotificationChoices },
  ]
  if (post === null) return own
  const params = { organisationId: post.node.id }
  return [
    ...own,
    ...(holds(post.role, 'read:organisation') ? [{ operation: getOrganisation, params, daily: true } as const] : []),
    ...(holds(post.role, 'write:gathering')
      ? [
          { operation: listMembers, params, query: { limit: 200 }, daily: true } as const,
          { operation: listChildOrganisations, params, daily: true } as const,
        ]
      : []),
    ...(holds(post.role, 'read:duty')
      ? [
          {
            operation: listDuties,
            params,
            query: { from: addDays(today, -dutyDaysAhead), until: addDays(today, dutyDaysAhead), limit: 200 },
            keep: recent(today),
          },
          { operation: summariseDuties, params },
        ]
      : []),
  ]
}

/** A long way with a known end: the same day, this many months away. */
const monthsFrom = (day: string, months: number): string => {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 10)
}

/** One person's shelf in one post. */
class Shelf {
  readonly #ctx: Context
  readonly #perform: Services['perform']
  readonly #caller: Caller

  constructor(ctx: Context, perform: Services['perform']) {
    this.#ctx = ctx
    this.#perform = perform
    this.#caller = ctx.caller
  }

  /** The answer, or undefined where the post does not reach. */
  async ask({ operation, params = {}, query = {} }: Question): Promise<unknown> {
    try {
      const text = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
      return await this.#perform(this.#ctx, operation, this.#caller, { params, query: text })
    } catch (error) {
      if (error instanceof DomainError && (error.code === 'NOT_FOUND' || error.code === 'NOT_ALLOWED')) return undefined
      throw error
    }
  }

  /** Where the gatherings of the post are, newest first. */
  async gatherings(post: Post | null, from: string, until: string): Promise<Record<string, string>[]> {
    if (post === null || !holds(post.role, 'read:gathering')) return []
    const found: Record<string, string>[] = []
    let cursor: string | null = ''
    while (cursor !== null && found.length < mostListed) {
      const query: Record<string, unknown> = { from, until, limit: 200, ...(cursor === '' ? {} : { cursor }) }
      const page = (await this.ask({ operation: listGatherings, params: { organisationId: post.node.id }, query })) as
        | ReturnsOf<typeof listGatherings>
        | undefined
      const rows = page?.items ?? []
      // Those of the own branch: what lies below belongs on a desk.
      const own = rows.filter((row) => row.organisationId === post.node.id || post.node.parentId === row.organisationId)
      found.push(...own.map((row) => ({ organisationId: row.organisationId, gatheringId: row.id })))
      cursor = page?.next ?? null
    }
    return found
  }
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
  const shelf = new Shelf(ctx, perform)
  const today = dayOf(ctx.now)
  const [from, until] = [monthsFrom(today, -monthsKept), monthsFrom(today, monthsKept)]
  const now = await revisionNow(ctx)
  const postName = post === null ? '' : `${post.id} ${post.role} ${post.node.id}`
  const known = decode(since)
  const before = known?.post === postName ? known : undefined
  const [entries, small] = await smallEntries(shelf, questions(post, today), before, today)
  const places = await shelf.gatherings(post, from, until)
  const changed =
    before === undefined || before.revision < 0
      ? undefined
      : await changedSince(ctx, post?.node.county ?? '', organisationsOf(places), before.revision)
  const wanted = places.filter(({ gatheringId = '' }) => changed?.has(gatheringId) ?? true)
  const [sent, left] = cut(wanted, before?.after ?? null)
  for (const params of sent) {
    const answer = await shelf.ask({ operation: getGathering, params })
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
    after: within ? (sent.at(-1)?.['gatheringId'] ?? null) : null,
  }
  return { postId: post?.id ?? null, entries, held: held === before?.held ? null : keys, cursor: encode(cursor), more, from, until }
}

const organisationsOf = (places: readonly Record<string, string>[]) => [...new Set(places.map(({ organisationId = '' }) => organisationId))]

/** Those after the last one sent, as many as a page holds; and how many are left. */
function cut(places: readonly Record<string, string>[], after: string | null): [sent: Record<string, string>[], left: number] {
  const rest = places.slice(after === null ? 0 : places.findIndex(({ gatheringId }) => gatheringId === after) + 1)
  return [rest.slice(0, mostInPage), Math.max(0, rest.length - mostInPage)]
}

/** Those whose answer changed, and the stamps of all. */
async function smallEntries(
  shelf: Shelf,
  asked: readonly Question[],
  before: Cursor | undefined,
  today: string,
): Promise<[entries: Entry[], stamps: Record<string, string>]> {
  const entries: Entry[] = []
  const stamps: Record<string, string> = {}
  const all = [...asked]
  for (let question = all.shift(); question !== undefined; question = all.shift()) {
    const { operation, params, query, daily, keep } = question
    // The days asked for move on; the key stays.
    const named = operation === listDuties ? { operation: operation.id, params } : { operation: operation.id, params, query }
    const key = shortKey(keyOf(named))
    if (daily === true && before?.small[key] === today) {
      stamps[key] = today
      continue
    }
    const whole = await shelf.ask(question)
    if (whole === undefined) continue
    const answer = keep === undefined ? whole : keep(whole)
    stamps[key] = daily === true ? today : stampOf(answer)
    if (stamps[key] !== before?.small[key])
      entries.push(entryOf(operation === listDuties ? { operation, params: params ?? {} } : question, answer))
    if (operation === listDuties) all.push(...rulesOf(answer as Duties))
  }
  return [entries, stamps]
}

/** The rules these duties come from, for whoever asks why. */
const rulesOf = ({ items }: Duties): Question[] =>
  [...new Set(items.map(({ ruleId }) => ruleId))].map((ruleId) => ({ operation: getRule, params: { ruleId }, daily: true }))
