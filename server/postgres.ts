/** PostgreSQL without installing it: the programs come with the packages, the files live under the data folder. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { z } from 'zod'
import { ownerOf, occupied, releaseOwnership, takeOwnership } from './postgres/owner.ts'
import { databaseFolder, findPrograms, makeDatabaseFolder, unprivileged, type Account, type Programs } from './postgres/place.ts'
import { bareEnvironment, onceFilesAreFree, startPostmaster, stopLeftover } from './postgres/postmaster.ts'

const user = 'yigongli'
const database = 'yigongli'

/** `postgres.json` in the data folder: the port used last. */
const Remembered = z.object({ port: z.number().int().min(1).max(65535) })

export interface PostgresOptions {
  /** Folder for everything kept; made if missing. One process at a time. */
  dataDir: string
  /** TCP port on 127.0.0.1. Default: the one used last, otherwise a free one. */
  port?: number
  /** PostgreSQL's own cache, for example '256MB'. Default: a sixteenth of the memory, between 128 MB and 1 GB. */
  sharedBuffers?: string
  /** False only for tests: a power cut may then lose or damage the data. Default true. */
  durable?: boolean
}

export interface RunningPostgres {
  /** Connection of the owner of the database, `postgres://…@127.0.0.1:…/yigongli`. */
  url: string
  /** Stops the server; everything committed is kept. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL for a data folder and makes its database `yigongli` (UTF-8, order by code point, Asia/Shanghai).
 * It listens on 127.0.0.1 only, and ends with this process however that ends.
 * @throws Error with a sentence on what to do: folder in use, foreign files, another version, no programs for this machine
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir)
  const account = unprivileged()
  const programs = await findPrograms(account)
  await mkdir(dataDir, { recursive: true })
  await takeOwnership(dataDir)
  try {
    const folder = databaseFolder(dataDir, account)
    await makeDatabaseFolder(folder, account)
    const cluster = join(folder, 'cluster')
    await stopLeftover(cluster, programs, account)
    const password = await ensurePassword(dataDir)
    await ensureCluster({ folder, cluster, password, programs, account })
    const port = options.port ?? (await freePort(await rememberedPort(dataDir)))
    await writeFile(join(dataDir, 'postgres.json'), `${JSON.stringify({ port })}\n`)
    const settings = settingsFor(options, port)
    const server = await onceFilesAreFree(() =>
      startPostmaster({ programs, account, cluster, log: join(folder, 'postgres.log'), settings }),
    )
    try {
      await ensureDatabase(urlOf(password, port, 'postgres'))
    } catch (error) {
      await server.stop()
      throw error
    }
    let stopping: Promise<void> | undefined
    const stop = async () => {
      await server.stop()
      await releaseOwnership(dataDir)
    }
    return { url: urlOf(password, port, database), stop: () => (stopping ??= stop()) }
  } catch (error) {
    await releaseOwnership(dataDir)
    throw new Error(
      `数据库无法从 ${dataDir} 启动。若只是演示数据，可运行 npm run reset 后重来；否则请查看日志。\n` +
        `The database cannot start from that folder. If it holds only the demo, run npm run reset and start again.\n${(error as Error).message}`,
      { cause: error },
    )
  }
}

/**
 * Removes a data folder with its database.
 * @returns false when there was nothing
 * @throws Error when a process uses the folder, or it holds files that are not ours
 */
export async function removeDatabase(folder: string): Promise<boolean> {
  const dataDir = resolve(folder)
  if (!existsSync(dataDir)) return false
  const owner = await ownerOf(dataDir)
  if (owner !== undefined) throw occupied(dataDir, owner)
  const account = unprivileged()
  const files = databaseFolder(dataDir, account)
  if (!existsSync(join(dataDir, 'postgres.password')) && !existsSync(files)) {
    throw new Error(`${dataDir} 不像本系统的数据目录，未作改动 / does not look like a data folder of this system; nothing was removed`)
  }
  await stopLeftover(join(files, 'cluster'), await findPrograms(account), account)
  await rm(files, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
  return true
}

async function rememberedPort(dataDir: string): Promise<number | undefined> {
  try {
    return Remembered.safeParse(JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8'))).data?.port
  } catch {
    return undefined
  }
}

async function ensurePassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.password')
  const known = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (known !== '') return known
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, password, { mode: 0o600 })
  return password
}

/** Makes the database files beside their place and moves them there when complete, so that half of them are never taken for all. */
async function ensureCluster(on: {
  folder: string
  cluster: string
  password: string
  programs: Programs
  account: Account | undefined
}): Promise<void> {
  const { folder, cluster, password, programs, account } = on
  if (existsSync(cluster)) {
    const major = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
    if (major === programs.major) return
    throw new Error(
      `${cluster} 是 PostgreSQL ${major || '?'} 的数据，本程序带的是 ${programs.major}，请先用旧版导出 / holds data of PostgreSQL ${major || '?'}, this program brings ${programs.major}; export with the old version first`,
    )
  }
  const half = join(folder, 'cluster.half')
  const secret = join(folder, 'initdb.password')
  await rm(half, { recursive: true, force: true })
  await writeFile(secret, `${password}\n`, { mode: 0o600 })
  if (account !== undefined) await chown(secret, account.uid, account.gid)
  const flags = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--auth=scram-sha-256',
    '--no-instructions',
  ]
  try {
    const child = spawn(programs.initdb, [`--pgdata=${half}`, `--username=${user}`, `--pwfile=${secret}`, ...flags], {
      ...account,
      cwd: folder,
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
    const [output, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    if (code !== 0) throw new Error(`initdb: ${complaint}${output}`)
    await rename(half, cluster)
  } finally {
    await rm(secret, { force: true })
  }
}

function settingsFor(options: PostgresOptions, port: number): Record<string, string> {
  const megabytes = Math.min(1024, Math.max(128, Math.floor(totalmem() / 2 ** 20 / 16)))
  const durable = options.durable === false ? 'off' : 'on'
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: options.sharedBuffers ?? `${megabytes}MB`,
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    wal_compression: 'on',
    max_wal_size: '4GB',
    checkpoint_timeout: '30min',
    // Tidying up goes on beside the work of two processors, one table at a time and without haste.
    autovacuum_max_workers: '1',
    autovacuum_vacuum_cost_delay: '10ms',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    log_checkpoints: 'off',
  }
}

async function ensureDatabase(admin: string): Promise<void> {
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

function urlOf(password: string, port: number, name: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`
}

async function freePort(remembered: number | undefined): Promise<number> {
  if (remembered !== undefined && (await listenOnce(remembered).catch(() => undefined)) !== undefined) return remembered
  return listenOnce(0)
}

function listenOnce(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port'))))
    })
  })
}
