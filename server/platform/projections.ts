/**
 * Projections read the events in commit order and keep something computed from them.
 *
 * Order. Positions are handed out before commit, so a tail by position alone would skip a slow transaction. Events are read
 * by (transaction, position) and only those whose transaction is older than every open one (`pg_snapshot_xmin`): whatever
 * commits later sorts later, and nothing is passed.
 *
 * The price. Any transaction of the whole server that has written and not ended, in whatever database, holds the tail back until
 * it ends; one that only reads holds nothing back. So jobs write in short transactions, our connections are ended after 60 s of
 * idling inside one, and the lag is a metric (docs/operations.md).
 *
 * Each step reads the cursor `for update`, applies the events and moves the cursor in one transaction: an event counts once,
 * whichever worker runs it and wherever the process is killed.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Context, onCommit, transact } from './context.ts'
import { type Pool, type RawBuilder, sql } from './database.ts'
import { summaryOf } from './log.ts'
import type { Metrics } from './metrics.ts'

export interface Event {
  county: string
  id: string
  type: string
  nodeId: string
  path: string
  subjectId: string
  accountId: string | null
  data: Record<string, unknown>
  at: string
}

export interface Projection {
  name: string
  /** Event types it listens to; `module.` means all that begin so. */
  listens: readonly string[]
  /** Applies events in order, inside the transaction that moves the cursor, after it was moved. */
  apply(ctx: Context, events: Event[]): Promise<void>
  /** Empties what it keeps, so that reading from the beginning rebuilds it. */
  reset(ctx: Context): Promise<void>
  /** `reset` fills it again from the records as they stand; then no event need be read twice. */
  refills?: true
}

/** Events looked at in one step at most, and those of them that are handed over. */
const mostSeen = 4000
const most = 2000
const idleMilliseconds = 100
/** After a step the next events gather for so long: under load a step a commit would cost more than the writes themselves. */
const gatherMilliseconds = 250
/** While it is mostly others that are busy, it need not look that often. */
const unwantedMilliseconds = 1000
const manyUnwanted = 100
const failureMilliseconds = 2000

type Row = Event & { transaction: string; position: number }

/** SQL: events after the cursor, which is at the beginning until the first step. Sub-selects, so that the index finds the place. */
const unread = (name: string) => sql<boolean>`
  (e.transaction, e.position) > (
    coalesce((select p.transaction from platform.projection p where p.name = ${name}), '0'),
    coalesce((select p.position from platform.projection p where p.name = ${name}), 0))`

/** Patterns of the types whose beginning is listened to; a full type matches itself. */
const prefixesOf = ({ listens }: Projection) => listens.filter((type) => type.endsWith('.')).map((type) => `${type}%`)

/**
 * Is there anything to read? Asked first, since only a question costs no transaction number and no lock. In order and not by `exists`: to the
 * planner the first event after the cursor is as likely anywhere, and it would look for it from the beginning of the table.
 */
const isNews = (name: string) => sql<{ news: boolean }>`
  select (
    select true from platform.event e where ${unread(name)} and e.transaction < pg_snapshot_xmin(pg_current_snapshot())
    order by e.transaction, e.position limit 1) is true as news`

/** What a step did. */
interface Step {
  /** Events looked at: 0 when there is nothing new or another worker is at it. */
  seen: number
  /** Those of them that were handed over. */
  wanted: number
  /** As many as one step takes; there may be more. */
  more: boolean
}

const nothing: Step = { seen: 0, wanted: 0, more: false }

/** Applies one batch of events. */
export async function step(pool: Pool, projection: Projection): Promise<Step> {
  return transact(pool, async (ctx) => {
    const { news } = await ctx.get(isNews(projection.name))
    if (!news) return nothing
    await ctx.query(sql`insert into platform.projection (name) values (${projection.name}) on conflict do nothing`)
    const cursor = await ctx.find(sql<{ transaction: string; position: number }>`
      select transaction::text, position from platform.projection where name = ${projection.name} for update skip locked`)
    if (cursor === undefined) return nothing
    // Looked at in the index alone; read is only what it listens to.
    const seen = await ctx.find(sql<{ transaction: string; position: number; count: number }>`
      select transaction::text, position, n::int as count from (
        select transaction, position, row_number() over (order by transaction, position) as n from platform.event
        where (transaction, position) > (${cursor.transaction}::xid8, ${cursor.position}::bigint)
          and transaction < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction, position limit ${mostSeen}) e
      order by n desc limit 1`)
    if (seen === undefined) return nothing
    const wanted = await ctx.query(sql<Row>`
      select county, id, type, node_id as "nodeId", path, subject_id as "subjectId", account_id as "accountId", data, at,
        e.transaction::text, position
      from platform.event e
      where (e.transaction, e.position) > (${cursor.transaction}::xid8, ${cursor.position}::bigint)
        and (e.transaction, e.position) <= (${seen.transaction}::xid8, ${seen.position}::bigint)
        and (type = any(${projection.listens}::text[]) or type like any(${prefixesOf(projection)}::text[]))
      order by e.transaction, e.position limit ${most}`)
    const last = wanted[most - 1] ?? seen
    // First the cursor, so that within `apply` unread is what comes after these events.
    await ctx.query(sql`
      update platform.projection set transaction = ${last.transaction}::xid8, position = ${last.position}, moved_at = now(), failure = null
      where name = ${projection.name}`)
    if (wanted.length > 0) await projection.apply(ctx, wanted)
    return { seen: seen.count, wanted: wanted.length, more: wanted.length === most || seen.count === mostSeen }
  })
}

/**
 * Applies everything that has been committed, waiting for what other transactions hold back. For tests, seeds and rebuilds.
 * @throws Error when nothing moves for a minute
 */
export async function catchUp(pool: Pool, projections: readonly Projection[]): Promise<void> {
  let until = Date.now() + 60_000
  for (;;) {
    let moved = false
    let late = false
    for (const projection of projections) {
      if ((await step(pool, projection)).seen > 0) moved = true
      else if ((await lag(pool, projection.name)) > 0) late = true
    }
    if (!moved && !late) return
    if (moved) until = Date.now() + 60_000
    else await pause(10)
    if (Date.now() > until) throw new Error('an open transaction holds the projections back')
  }
}

/** Empties a projection and reads all events again, or fills it from the records and goes on from where it was. */
export async function rebuild(pool: Pool, projection: Projection): Promise<void> {
  await transact(pool, async (ctx) => {
    await ctx.query(sql`insert into platform.projection (name) values (${projection.name}) on conflict do nothing`)
    await ctx.query(sql`select from platform.projection where name = ${projection.name} for update`)
    await projection.reset(ctx)
    if (projection.refills === true) return
    await ctx.query(sql`update platform.projection set transaction = '0', position = 0 where name = ${projection.name}`)
  })
  await catchUp(pool, [projection])
}

/** Counts everything up to the end of this transaction as read: what it writes is already in what the projections keep (seeds). */
export async function countAsRead(ctx: Context, projections: readonly Projection[]): Promise<void> {
  await ctx.query(sql`
    insert into platform.projection (name, transaction, position)
    select name, pg_current_xact_id(), 9007199254740991 from unnest(${projections.map((p) => p.name)}::text[]) as name
    on conflict (name) do update set transaction = excluded.transaction, position = excluded.position`)
}

/** Seconds since the oldest event the projection has not read; 0 when it has read all. */
export async function lagSeconds(ctx: Context, name: string): Promise<number> {
  const { seconds } = await ctx.get(sql<{ seconds: number }>`
    select coalesce((select extract(epoch from clock_timestamp() - e.at)::float8 from platform.event e
      where ${unread(name)} order by e.transaction, e.position limit 1), 0) as seconds`)
  return Math.max(0, seconds)
}

/** The same in a transaction of its own. */
export const lag = (pool: Pool, name: string): Promise<number> => transact(pool, (ctx) => lagSeconds(ctx, name), { reads: true })

/** Waits for a running step to end and keeps the projection still until this transaction ends, so that what it keeps can be repaired. */
export async function holdProjection(ctx: Context, name: string): Promise<void> {
  await ctx.query(sql`select from platform.projection where name = ${name} for update`)
}

/**
 * SQL: events of one type that the projection has not read yet, those of open transactions that are visible to it too. Records less what is
 * unread are the records as the projection has read them.
 */
export const unreadOf = (name: string, type: string): RawBuilder<unknown> => sql`
  select e.* from (select * from platform.event e where ${unread(name)} order by e.transaction, e.position limit 9007199254740991) e
  where e.type = ${type}`

/** Events the projection has not read yet, oldest first. @param limit events at most */
export function unreadEvents(ctx: Context, name: string, limit: number): Promise<Pick<Event, 'type' | 'nodeId' | 'data'>[]> {
  return ctx.query(sql<Pick<Event, 'type' | 'nodeId' | 'data'>>`
    select e.type, e.node_id as "nodeId", e.data from platform.event e
    where ${unread(name)} order by e.transaction, e.position limit ${limit}`)
}

/** Keeps all projections moving until stopped: at once after a commit in this process, otherwise every 100 ms. */
export function runProjections(pool: Pool, projections: readonly Projection[], log: Logger, metrics: Metrics): { stop(): Promise<void> } {
  const keepers = projections.map((projection) => new Keeper(pool, projection, log))
  const unsubscribe = onCommit(() => {
    for (const keeper of keepers) keeper.wake()
  })
  const measure = async (name: string) => metrics.lag(name, await lag(pool, name))
  const clock = setInterval(() => {
    for (const { name } of projections) void measure(name).catch(() => {})
  }, 5000)
  return {
    async stop() {
      unsubscribe()
      clearInterval(clock)
      await Promise.all(keepers.map((keeper) => keeper.stop()))
    },
  }
}

/** Keeps one projection moving, beside the others, so that a slow or a broken one holds up only itself. */
class Keeper {
  readonly #pool: Pool
  readonly #projection: Projection
  readonly #log: Logger
  readonly #running: Promise<void>
  #stopped = false
  #woken = false
  #wake = () => {}

  constructor(pool: Pool, projection: Projection, log: Logger) {
    this.#pool = pool
    this.#projection = projection
    this.#log = log
    this.#running = this.#run()
  }

  wake(): void {
    this.#woken = true
    this.#wake()
  }

  stop(): Promise<void> {
    this.#stopped = true
    this.wake()
    return this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false
      try {
        const { seen, wanted, more } = await step(this.#pool, this.#projection)
        if (more) continue
        if (wanted === 0 && seen >= manyUnwanted) await pause(unwantedMilliseconds)
        else if (seen > 0) await pause(gatherMilliseconds)
        else if (!this.#woken) await this.#rest(idleMilliseconds)
      } catch (error) {
        if (this.#stopped) return
        this.#log.error({ projection: this.#projection.name, error }, 'projection is held up')
        await this.#tell(error)
        // A commit does not mend it, so it waits out its time unless it is to stop.
        const until = Date.now() + failureMilliseconds
        while (!this.#stopped && Date.now() < until) await this.#rest(until - Date.now())
      }
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      timer = setTimeout(resolve, milliseconds)
    })
    clearTimeout(timer)
  }

  /** Writes down what holds it up, for the operator; without the values that PostgreSQL quotes. */
  async #tell(error: unknown): Promise<void> {
    const failure = summaryOf(error).slice(0, 400)
    const write = sql`update platform.projection set failure = ${failure} where name = ${this.#projection.name}`
    try {
      await transact(this.#pool, (ctx) => ctx.query(write))
    } catch {
      // The database is away; the log has said it already.
    }
  }
}
