/**
 * `ctx` is the transaction: every handler, projection and job gets one, and no write happens outside it.
 * What a handler emits and what it read are written as events and audit rows in one statement right before the commit.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type Caller, type Account, nobody, ownRecord, type Post, Scope, walls } from './caller.ts'
import { isCollision, type Pool, type RawBuilder, run, sendTogether, sql } from './database.ts'
import { DomainError } from './errors.ts'

/** Something that happened, past tense: `module.thing.done`. */
export interface EventInput {
  type: string
  county: string
  /** The node it happened at. */
  nodeId: string
  path: string
  /** What it happened to. */
  subjectId: string
  data?: Record<string, unknown>
}

export interface AuditInput {
  operation: string
  county: string
  subjectId: string | null
  /** How many rows came back or were written. */
  rows: number
}

export class Context {
  readonly caller: Caller
  readonly now: Date
  readonly #client: pg.ClientBase
  readonly #events: (EventInput & Actor)[] = []
  readonly #audits: (AuditInput & Actor)[] = []
  readonly #after: (() => void)[] = []
  readonly #isPart: boolean
  #ended = false
  #closing: Promise<void> | undefined

  constructor(client: pg.ClientBase, caller: Caller, now: Date, isPart = false) {
    this.#client = client
    this.caller = caller
    this.now = now
    this.#isPart = isPart
  }

  /** Rows of a query. */
  query<Row>(query: RawBuilder<Row>): Promise<Row[]> {
    // A forgotten `await` would otherwise run inside somebody else's transaction.
    if (this.#ended) return Promise.reject(new Error('the transaction of this context has ended'))
    return run(this.#client, query)
  }

  /** The first row, or undefined. */
  async find<Row>(query: RawBuilder<Row>): Promise<Row | undefined> {
    return (await this.query(query))[0]
  }

  /** The first row. @throws DomainError NOT_FOUND */
  async get<Row>(query: RawBuilder<Row>): Promise<Row> {
    const row = await this.find(query)
    if (row === undefined) throw new DomainError('NOT_FOUND')
    return row
  }

  /**
   * Rows of the last query of the work: what was emitted before it and the commit travel with it, one round trip for all. What is thrown
   * afterwards undoes nothing, so only its own rows may decide, and only whether something was written at all. In a part of other work (`as`)
   * it is a query like any other.
   */
  last<Row>(query: RawBuilder<Row>): Promise<Row[]> {
    const rows = this.query(query)
    if (this.#isPart) return rows
    this.end()
    this.#closing = finish(this.#client, this)
    this.#closing.catch(() => {})
    return rows
  }

  /** The commit that `last` has sent. */
  get closing(): Promise<void> | undefined {
    return this.#closing
  }

  /** The signed-in person. @throws DomainError NOT_SIGNED_IN */
  get account(): Account {
    if (this.caller.account === null) throw new DomainError('NOT_SIGNED_IN')
    return this.caller.account
  }

  /** The post the person acts in. @throws DomainError NOT_ALLOWED */
  get post(): Post {
    if (this.caller.post === null) throw new DomainError('NOT_ALLOWED')
    return this.caller.post
  }

  /** The subtree in which the caller may act. @throws DomainError NOT_ALLOWED without a post */
  get scope(): Scope {
    return new Scope(this.post.node.path)
  }

  /** Appends an event, written before the commit. `by` names the person when a batch acts for many. */
  emit(event: EventInput, by: Caller = this.caller): void {
    this.#mustBeOpen()
    this.#events.push({ ...event, ...actorOf(by) })
  }

  /** Appends an audit row, written before the commit. */
  audit(entry: AuditInput, by: Caller = this.caller): void {
    this.#mustBeOpen()
    this.#audits.push({ ...entry, ...actorOf(by) })
  }

  /** What is said after the end would be lost without a word. */
  #mustBeOpen(): void {
    if (this.#ended) throw new Error('the transaction of this context has ended')
  }

  /**
   * A part of the work as another caller, in the same transaction: with that caller's scope and own record, and undone alone when it
   * is refused; then this context may go on.
   * @throws whatever `work` throws; after anything but a DomainError the whole transaction is lost
   */
  async as<T>(caller: Caller, work: (part: Context) => Promise<T>): Promise<T> {
    const part = new Context(this.#client, caller, this.now, true)
    await this.#client.query(`savepoint part; ${walls(caller, ownRecord(caller))}`)
    try {
      const result = await work(part)
      part.end()
      await this.#client.query(`release savepoint part; ${walls(this.caller, ownRecord(this.caller))}`)
      this.#events.push(...part.#events)
      this.#audits.push(...part.#audits)
      this.#after.push(...part.#after)
      return result
    } catch (error) {
      part.end()
      // What was set since the savepoint, the walls too, is as it was before it.
      if (error instanceof DomainError) await this.#client.query('rollback to savepoint part; release savepoint part')
      throw error
    }
  }

  /** Calls this once the transaction is committed, never when it is rolled back: for what is remembered in this process. */
  after(listener: () => void): void {
    this.#after.push(listener)
  }

  get wrote(): boolean {
    return this.#events.length > 0 || this.#audits.length > 0
  }

  get emitted(): boolean {
    return this.#events.length > 0
  }

  /** No query may use this context any more. */
  end(): void {
    this.#ended = true
  }

  /** Tells those who wait for the commit. */
  committed(): void {
    for (const listener of this.#after) listener()
    if (this.emitted) for (const listener of afterCommit) listener()
  }

  /** One statement for all events and audit rows of the transaction. */
  flush(): Promise<unknown> {
    const e = this.#events
    const a = this.#audits
    return run(
      this.#client,
      sql`with events as (
        insert into platform.event (county, id, type, node_id, path, subject_id, account_id, post_id, data)
        select * from unnest(
          ${e.map((x) => x.county)}::text[], ${e.map(orderedId)}::uuid[], ${e.map((x) => x.type)}::text[],
          ${e.map((x) => x.nodeId)}::uuid[], ${e.map((x) => x.path)}::text[], ${e.map((x) => x.subjectId)}::uuid[],
          ${e.map((x) => x.accountId)}::uuid[], ${e.map((x) => x.postId)}::uuid[], ${e.map((x) => JSON.stringify(x.data ?? {}))}::jsonb[]))
      insert into platform.audit (county, id, operation, account_id, actor_name, post_id, post_role, purpose, subject_id, row_count)
      select * from unnest(
        ${a.map((x) => x.county)}::text[], ${a.map(orderedId)}::uuid[], ${a.map((x) => x.operation)}::text[],
        ${a.map((x) => x.accountId)}::uuid[], ${a.map((x) => x.actorName)}::text[], ${a.map((x) => x.postId)}::uuid[],
        ${a.map((x) => x.postRole)}::text[], ${a.map((x) => x.purpose)}::text[], ${a.map((x) => x.subjectId)}::uuid[], ${a.map((x) => x.rows)}::int[])`,
    )
  }
}

/** UUIDv7 (RFC 9562): what is written at the same time lies side by side in the index, so a busy hour touches few of its pages. */
function orderedId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

interface Actor {
  accountId: string | null
  actorName: string
  postId: string | null
  postRole: string | null
  purpose: string | null
}

function actorOf(caller: Caller): Actor {
  return {
    accountId: caller.account?.id ?? null,
    actorName: caller.account?.name ?? '系统',
    postId: caller.post?.id ?? null,
    postRole: caller.post?.role ?? null,
    purpose: caller.purpose,
  }
}

/** Opens the transaction, tells row-level security who acts, and how statements are planned. */
const opening = (caller: Caller, selves: readonly string[], planned: TransactOptions['planned']): string =>
  `begin; ${walls(caller, selves)}${planned === undefined ? '' : `; set local plan_cache_mode = ${planCacheMode[planned]}`}`

const planCacheMode = { once: 'force_generic_plan', each: 'force_custom_plan' }

const afterCommit = new Set<() => void>()

/**
 * Calls `listener` after each commit that emitted events in this process, so that followers need not wait for their next poll.
 * @returns stops it
 */
export function onCommit(listener: () => void): () => void {
  afterCommit.add(listener)
  return () => void afterCommit.delete(listener)
}

interface TransactOptions {
  caller?: Caller
  /** Whose own records row-level security shows, beside the caller's scope. Default: the caller's. A group names all of its callers. */
  selves?: readonly string[]
  /** The work only reads (it may audit): without an audit row the answer need not wait for the commit. */
  reads?: boolean
  /**
   * `once`: the same few statements over and over, each by key. `each`: what is asked for decides the way, as the size of a scope does; planned
   * for all scopes alike, fifteen rows of a small one are looked for along the order of two million.
   * Default: as PostgreSQL thinks best.
   */
  planned?: 'once' | 'each'
  now?: Date
}

/**
 * Runs `work` in one transaction and commits. Opening travels together with the first statement, and events, audit
 * and commit travel together: a simple write is two round trips.
 * @throws whatever `work` throws, after a rollback
 */
export async function transact<T>(pool: Pool, work: (ctx: Context) => Promise<T>, options: TransactOptions = {}): Promise<T> {
  const { caller = nobody, selves = ownRecord(caller), reads = false, planned, now = new Date() } = options
  const client = await pool.connect()
  const ctx = new Context(client, caller, now)
  let result: T | undefined
  let refusal: DomainError | undefined
  try {
    sendTogether(client)
    const opened = client.query(opening(caller, selves, planned))
    opened.catch(() => {})
    try {
      result = await work(ctx)
    } catch (error) {
      if (!(error instanceof DomainError) || !error.keepsWrites) throw error
      refusal = error
    }
    await opened
    ctx.end()
    if (reads && !ctx.wrote && refusal === undefined && ctx.closing === undefined) {
      void release(client, client.query('commit'))
      return result as T
    }
    await (ctx.closing ?? finish(client, ctx))
  } catch (error) {
    ctx.end()
    // What `last` has sent ends the transaction either way.
    await release(client, ctx.closing === undefined ? client.query('rollback') : ctx.closing.catch(() => {}))
    throw error
  }
  client.release()
  ctx.committed()
  if (refusal !== undefined) throw refusal
  return result as T
}

/** Gives the connection back when its last statement is done; one that failed is not used again. */
function release(client: pg.PoolClient, last: Promise<unknown>): Promise<void> {
  return last.then(
    () => client.release(),
    () => client.release(true),
  )
}

/** Writes events and audit and commits; a commit that PostgreSQL turned into a rollback is an error, not an answer. */
async function finish(client: pg.ClientBase, ctx: Context): Promise<void> {
  const flushed = ctx.wrote ? ctx.flush() : Promise.resolve()
  flushed.catch(() => {})
  sendTogether(client)
  const committed = client.query('commit')
  committed.catch(() => {})
  await flushed
  const { command } = await committed
  if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`)
}

/**
 * `transact`, and again when another transaction came between: a deadlock, a serialization failure, or a key that another wrote at
 * the same moment. The second time the work sees what the other wrote, so a request that was sent twice at once is one record.
 */
export async function transactAgain<T>(
  pool: Pool,
  work: (ctx: Context) => Promise<T>,
  options: TransactOptions = {},
  tries = 3,
): Promise<T> {
  try {
    return await transact(pool, work, options)
  } catch (error) {
    if (tries > 1 && isCollision(error)) return transactAgain(pool, work, options, tries - 1)
    throw error
  }
}
