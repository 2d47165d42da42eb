/** Opens the house: pools, services, modules, routes, projections, jobs — and closes it again. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { DestinationStream, Logger } from 'pino'
import type { Operation } from '#contract/operation'
import { chainAudit } from './audit.ts'
import { transact } from './context.ts'
import { openPool, type Pool, sql } from './database.ts'
import { Files } from './files.ts'
import { type FindNodes, RememberedHierarchy } from './hierarchy.ts'
import { buildHttp } from './http.ts'
import { Identity, type SmsGateway } from './identity.ts'
import { type Job, runJobs } from './jobs.ts'
import { openLog } from './log.ts'
import { Metrics } from './metrics.ts'
import { type MigrationFolder, migrate } from './migrate.ts'
import type { Module, Services } from './module.ts'
import { type DigestGateway, sendDigests } from './notify.ts'
import { performer } from './perform.ts'
import { lag, type Projection, runProjections } from './projections.ts'
import type { Secrets } from './secrets.ts'
import { Sessions } from './sessions.ts'

export interface HouseOptions {
  url: string
  dataDir: string
  secrets: Secrets
  modules: readonly Module[]
  operations: readonly Operation[]
  /** Finds nodes; given by the module that keeps the hierarchy. */
  findNodes: FindNodes
  sms: SmsGateway
  digests: DigestGateway
  demo: boolean
  publicUrl?: string | undefined
  logLevel?: string
  /** Where the log goes; default: standard output. */
  logTo?: DestinationStream
  checkAnswers?: boolean
  /** Connections of the web side. */
  poolSize?: number
}

export interface House {
  app: FastifyInstance
  pool: Pool
  /** Stands outside row-level security; for projections, jobs and seeds. */
  jobsPool: Pool
  services: Services
  projections: readonly Projection[]
  jobs: readonly Job[]
  log: Logger
  /** Starts projections and jobs in this process. */
  startWorker(): Promise<void>
  close(): Promise<void>
}

export const migrationFolders = (modules: readonly Module[]): MigrationFolder[] =>
  modules.map((m) => ({ name: m.name, folder: m.migrations }))

/** Migrates and builds everything; nothing listens and nothing runs in the background yet. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { modules } = options
  await migrate(options.url, migrationFolders(modules))
  const log = openLog(options.logLevel ?? 'info', options.logTo)
  const pool = openPool(options.url, 'app', options.poolSize ?? 16)
  const jobsPool = openPool(options.url, 'jobs', 10, 300_000)
  const hierarchy = new RememberedHierarchy(options.findNodes)
  const identity = new Identity(options.secrets, hierarchy, options.demo)
  const sessions = new Sessions(pool, identity)
  const metrics = new Metrics(pool)
  const { perform, performTogether } = performer(hierarchy, () => handled, options.checkAnswers ?? false)
  const services: Services = {
    identity,
    perform,
    performTogether,
    secrets: options.secrets,
    files: new Files(join(options.dataDir, 'files')),
    metrics,
    hierarchy,
    sms: options.sms,
    log,
    demo: options.demo,
    pool,
    forget: () => {
      sessions.forget()
      hierarchy.forget()
    },
  }
  const handled = modules.flatMap((m) => m.handlers?.(services) ?? [])
  const app = buildHttp(
    { pool, sessions, hierarchy, log, metrics, publicUrl: options.publicUrl, checkAnswers: options.checkAnswers ?? false },
    options.operations,
    handled,
  )
  const projections = modules.flatMap((m) => m.projections ?? [])
  const jobs = [...ownJobs(options, log), ...modules.flatMap((m) => m.jobs?.(services) ?? [])]
  health(app, pool, metrics, projections)
  const running: { stop(): Promise<void> }[] = []
  return {
    app,
    pool,
    jobsPool,
    services,
    projections,
    jobs,
    log,
    async startWorker() {
      running.push(runProjections(jobsPool, projections, log, metrics))
      running.push(await runJobs(options.url, jobsPool, jobs, log))
    },
    async close() {
      await app.close()
      for (const part of running) await part.stop()
      await Promise.all([pool.end(), jobsPool.end()])
    },
  }
}

function ownJobs({ secrets, digests }: HouseOptions, log: Logger): Job[] {
  return [
    {
      name: 'platform.chainAudit',
      cron: '* * * * *',
      async work(ctx) {
        const { checkpoints, more } = await chainAudit(ctx, secrets)
        // The log is kept elsewhere, so a chain that is cut off at its end is found by comparing.
        if (checkpoints.length > 0) ctx.after(() => log.info({ checkpoints }, 'audit checkpoints'))
        if (more) return 'again'
      },
    },
    // 08:05, 12:05 and 18:05 in Asia/Shanghai: one digest a day, at the first of them that finds something new.
    {
      name: 'platform.sendDigests',
      cron: '5 0,4,10 * * *',
      work: async (ctx) => ((await sendDigests(ctx, digests)) > 0 ? 'again' : undefined),
    },
    {
      name: 'platform.forgetOld',
      cron: '30 19 * * *',
      async work(ctx) {
        await ctx.query(sql`delete from platform.attempt where window_start < now() - interval '1 day'`)
        await ctx.query(sql`delete from platform.one_time_code where expires_at < now() - interval '1 day'`)
      },
    },
  ]
}

/** `/health`: the process answers · `/ready`: the database answers and projections are near · `/metrics`: numbers for the operator. */
function health(app: FastifyInstance, pool: Pool, metrics: Metrics, projections: readonly Projection[]): void {
  app.get('/health', () => ({ alive: true }))
  app.get('/ready', async (_request, reply) => {
    try {
      await transact(pool, (ctx) => ctx.query(sql`select 1`), { reads: true })
      const lags: Record<string, number> = {}
      for (const { name } of projections) lags[name] = await lag(pool, name)
      return { ready: true, projectionLagSeconds: lags }
    } catch {
      return reply.status(503).send({ ready: false })
    }
  })
  app.get('/metrics', async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()))
}
