/** Jobs commit with the data: a job is a row, run by graphile-worker after the transaction that added it. */
import { Logger as WorkerLogger, parseCronItems, run, type Runner } from 'graphile-worker'
import type { Logger } from 'pino'
import { type Context, transact } from './context.ts'
import { type Pool, sql } from './database.ts'

export interface Job {
  /** `module.verb`. */
  name: string
  /** When it runs by itself, as a crontab pattern in UTC (Asia/Shanghai is eight hours ahead); absent: only when added. */
  cron?: string
  work(ctx: Context, payload: Record<string, unknown>): Promise<void>
}

/** Adds a job inside the transaction. The same `key` replaces a job that has not run yet. */
export async function addJob(ctx: Context, name: string, payload: Record<string, unknown>, key?: string): Promise<void> {
  await ctx.query(sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, job_key := ${key ?? null})`)
}

/** Runs jobs until stopped. @param url the owner's connection: graphile-worker keeps its own tables */
export async function runJobs(url: string, pool: Pool, jobs: readonly Job[], log: Logger): Promise<Runner> {
  return run({
    connectionString: url,
    concurrency: 2,
    maxPoolSize: 4,
    noHandleSignals: true,
    pollInterval: 1000,
    parsedCronItems: parseCronItems(jobs.flatMap(({ name, cron }) => (cron === undefined ? [] : [{ task: name, match: cron }]))),
    logger: quietLogger(log),
    taskList: Object.fromEntries(
      jobs.map((job) => [
        job.name,
        async (payload: unknown) => transact(pool, (ctx) => job.work(ctx, (payload ?? {}) as Record<string, unknown>)),
      ]),
    ),
  })
}

/** Only warnings and errors of the worker reach our log. */
function quietLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'jobs' }, message)
    else if (level === 'warning') log.warn({ from: 'jobs' }, message)
  })
}
