/** Connections to PostgreSQL. A query is text made by Kysely's `sql` template; values always travel as parameters. */
import type { Socket } from 'node:net'
import { Kysely, DummyDriver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely'
import pg from 'pg'

export { sql, type RawBuilder } from 'kysely'

/** Compiles templates to text and parameters; never connects. */
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** `date` stays text, moments become ISO 8601 in UTC, `bigint` becomes a number (counts and positions stay far below 2^53). */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    if (oid === 1082) return (value: string) => value
    if (oid === 1184) return (value: string) => new Date(value).toISOString()
    if (oid === 20 || oid === 1700) return Number
    return pg.types.getTypeParser(oid, 'text')
  },
}

/** Which wall the connection stands behind: `app` is bound by row-level security, `jobs` sees all rows, `owner` migrates. */
export type Wall = 'app' | 'jobs' | 'owner'

export interface Pool {
  connect(): Promise<pg.PoolClient>
  end(): Promise<void>
  /** Connections handed out and waiting, for the metrics. */
  load(): { total: number; idle: number; waiting: number }
}

/**
 * Opens a pool.
 * @param size connections at most
 * @param statementTimeout milliseconds after which PostgreSQL stops a statement
 * @param patience milliseconds that a caller waits for a connection
 */
export function openPool(url: string, wall: Wall, size: number, statementTimeout = 15_000, patience = 10_000): Pool {
  const role = wall === 'owner' ? '' : `-c role=yigongli_${wall}`
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    pipeline: true,
    connectionTimeoutMillis: patience,
    idleTimeoutMillis: 60_000,
    options: `${role} -c statement_timeout=${statementTimeout} -c timezone=Asia/Shanghai -c idle_in_transaction_session_timeout=60000`,
    application_name: `yigongli-${wall}`,
  })
  // A connection that dies, idle or in use, is replaced by the pool and its queries fail; without listeners Node would stop the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    connect: () => pool.connect(),
    end: () => pool.end(),
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  }
}

const names = new Map<string, string>()

/** The same text gets the same short name, so that PostgreSQL keeps its plan; at most 1,000 texts are named. */
function nameOf(text: string): string | undefined {
  const named = names.get(text)
  if (named !== undefined) return named
  if (names.size >= 1000) return undefined
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

/**
 * What is sent to this connection until the end of the turn leaves in one packet: opening with the first statement, events with the
 * commit. Writing to the socket is the dearest thing a short transaction does.
 */
export function sendTogether(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** Characters that need no quotes in an array literal. */
const bare = /^[\w:.+/-]+$/

/**
 * An array of ids, codes and numbers as PostgreSQL's literal. The driver would escape each element, a tenth of what a hot statement costs;
 * any other array is left to it.
 */
function literalOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  const elements: string[] = []
  for (const element of value as unknown[]) {
    if (element === null) elements.push('NULL')
    else if (typeof element === 'number') elements.push(String(element))
    else if (typeof element === 'string' && bare.test(element) && !/^null$/i.test(element)) elements.push(element)
    else return value
  }
  return `{${elements.join(',')}}`
}

/** Runs a query on a connection and returns its rows. */
export async function run<Row>(client: pg.ClientBase, query: RawBuilder<Row>): Promise<Row[]> {
  const { sql: text, parameters } = query.compile(compiler)
  const name = nameOf(text)
  const config = { text, values: parameters.map(literalOf) }
  sendTogether(client)
  const result = await client.query(name === undefined ? config : { ...config, name })
  return result.rows as Row[]
}

const sqlState = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Did another transaction come between? Deadlock, serialization failure, or the same key written at the same moment. */
export const isCollision = (error: unknown): boolean => ['40P01', '40001', '23505'].includes(sqlState(error))

/** Did it wait too long for others, or did they keep coming between? */
export const isOverload = (error: unknown): boolean => ['55P03', '40P01', '40001'].includes(sqlState(error))

/** Was it stopped for taking too long? Then others may be many, or what was asked is too much. */
export const wasStopped = (error: unknown): boolean => sqlState(error) === '57014'

/** Is this the kind of failure that passes when the database is back? Class 08, 57P, 53, a server that only reads, or a broken socket. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = sqlState(error)
  if (/^(08|57P|53)/.test(code) || ['25006', '25P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code)) return true
  if ((error as { syscall?: unknown }).syscall === 'connect') return true
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool/.test(
    error.message,
  )
}
