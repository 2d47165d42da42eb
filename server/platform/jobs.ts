/** Jobs commit with the data: a job is a row, run by graphile-worker after the transaction that added it. */
import { setTimeout as pause } from 'node:timers/promises'
import { Logger as WorkerLogger, parseCronItems, run, type Runner } from 'graphile-worker'
import pg from 'pg'
import type { Logger } from 'pino'
import { type Context, transact } from './context.ts'
import { isDatabaseAway, type Pool, sql } from './database.ts'
import { summaryOf } from './log.ts'

export interface Job {
  /** `module.verb`. */
  name: string
  /** When it runs by itself, as a crontab pattern in UTC (Asia/Shanghai is eight hours ahead); absent: only when added. */
  cron?: string
  /**
   * Keep it short: while a transaction that has written is open, no projection moves. Much work is done in portions: the answer
   * `'again'` commits this one and calls it again soon.
   */
  work(ctx: Context, payload: Record<string, unknown>): Promise<void | 'again'>
}

/** Adds a job inside the transaction. The same `key` replaces a job that has not run yet. */
export async function addJob(ctx: Context, name: string, payload: Record<string, unknown>, key?: string): Promise<void> {
  await ctx.query(sql`select platform.add_job(${name}, ${JSON.stringify(payload)}::json, ${key ?? null})`)
}

const restartMilliseconds = 2000
const restsAsLong = 4

/**
 * Runs jobs until stopped; when the database goes away and comes back, it goes on.
 * @param url the owner's connection: graphile-worker keeps its own tables
 */
export async function runJobs(url: string, pool: Pool, jobs: readonly Job[], log: Logger): Promise<{ stop(): Promise<void> }> {
  // Ours, so that it hears of a connection that breaks until the last one is given back: what the worker opens itself it forgets too early.
  const connections = new pg.Pool({ connectionString: url, max: 4 })
  connections.on('error', () => {})
  connections.on('connect', (client) => client.on('error', () => {}))
  const start = () =>
    run({
      pgPool: connections,
      concurrency: 2,
      noHandleSignals: true,
      pollInterval: 1000,
      parsedCronItems: parseCronItems(jobs.flatMap(({ name, cron }) => (cron === undefined ? [] : [{ task: name, match: cron }]))),
      logger: quietLogger(log),
      taskList: Object.fromEntries(
        jobs.map((job) => [job.name, (payload: unknown) => doJob(pool, job, (payload ?? {}) as Record<string, unknown>, log)]),
      ),
    })
  const stopping = new AbortController()
  let runner: Runner | undefined = await start()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await runner?.promise.catch((error: unknown) => log.error({ from: 'jobs', error }, 'the worker ended and is started again'))
      await pause(restartMilliseconds, undefined, { signal: stopping.signal }).catch(() => {})
      if (!stopping.signal.aborted) runner = await start().catch(() => undefined)
    }
  })()
  process.on('unhandledRejection', endUnlessAway)
  return {
    async stop() {
      stopping.abort()
      await runner?.stop().catch(() => {})
      await running
      await connections.end()
      process.off('unhandledRejection', endUnlessAway)
    },
  }
}

/**
 * graphile-worker waits for nobody when it writes down that a job failed; if the database is away then, that promise is lost, and Node
 * would end the process. The job itself stays in its table and is done later. Anything else unhandled ends the process as always.
 */
function endUnlessAway(error: unknown): void {
  if (!isDatabaseAway(error)) throw error
}

/**
 * Does a job, portion by portion, and between two of them waits four times as long as one took: those who wait for an answer go first, and
 * a minute's work is spread over the minute. What the worker writes down of a failure is without the values that PostgreSQL quotes.
 */
async function doJob(pool: Pool, job: Job, payload: Record<string, unknown>, log: Logger): Promise<void> {
  try {
    for (let began = performance.now(); (await transact(pool, (ctx) => job.work(ctx, payload))) === 'again'; began = performance.now()) {
      await pause((performance.now() - began) * restsAsLong)
    }
  } catch (error) {
    log.error({ job: job.name, error }, 'job failed and will be tried again')
    throw new Error(summaryOf(error), { cause: error })
  }
}

/** Only warnings and errors of the worker reach our log. */
function quietLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'jobs' }, message)
    else if (level === 'warning') log.warn({ from: 'jobs' }, message)
  })
}
