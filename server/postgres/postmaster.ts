/** The running server process: started apart from our terminal, watched, stopped, and found again after a crash of ours. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from './owner.ts'
import type { Account, Programs } from './place.ts'

const startMs = 120_000
const fastStopMs = 30_000
const orphansMs = 60_000
const pollMs = 25

/** What PostgreSQL needs of the environment; PGDATA, PGPORT and the like must not reach it. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot'].filter((name) => process.env[name] !== undefined)
  return { ...Object.fromEntries(kept.map((name) => [name, process.env[name]])), LC_ALL: 'C' }
}

/** Lines of `postmaster.pid`: process id, folder, start, port, socket folder, address, memory key, status. */
async function pidLines(cluster: string): Promise<string[]> {
  return (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
}

/** A postmaster and how to end it. */
export interface Postmaster {
  stop(): Promise<void>
}

/**
 * Starts the server and waits until it takes connections.
 * @throws Error with the end of the server's log when it stops or takes more than two minutes
 */
export async function startPostmaster(options: {
  programs: Programs
  account: Account | undefined
  cluster: string
  log: string
  settings: Record<string, string>
}): Promise<Postmaster> {
  const { programs, account, cluster, log, settings } = options
  const output = openSync(log, 'w', 0o600)
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Detached: Ctrl-C reaches the whole terminal group, and PostgreSQL must outlive our own orderly stop.
  const child = spawn(programs.postgres, ['-D', cluster, ...flags], {
    ...account,
    cwd: cluster,
    env: bareEnvironment(),
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  child.unref()
  let failure: Error | undefined
  child.on('error', (error) => {
    failure = error
  })
  const deadline = Date.now() + startMs
  const isReady = async () => {
    const lines = await pidLines(cluster)
    // The file may still be that of a server that was killed.
    return lines[0] === String(child.pid) && lines[7] === 'ready'
  }
  while (!(await isReady())) {
    if (failure !== undefined || hasEnded(child) || Date.now() > deadline) {
      if (child.pid !== undefined && !hasEnded(child)) child.kill('SIGQUIT')
      throw new Error(
        `PostgreSQL 没有启动成功，日志末尾如下 / PostgreSQL did not start; the end of its log:\n${failure?.message ?? ''}${endOf(log)}`,
      )
    }
    await pause(pollMs)
  }
  const watcher = child.pid === undefined ? undefined : watch(child.pid)
  const stop = async () => {
    if (!hasEnded(child)) await stopGently(child.pid ?? 0, cluster, programs, account)
    watcher?.kill('SIGKILL')
  }
  return { stop }
}

/** Tries again while processes of a server that was killed still work on the files; they end by themselves after their statement. */
export async function onceFilesAreFree<T>(start: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + orphansMs
  for (;;) {
    try {
      return await start()
    } catch (error) {
      if (Date.now() > deadline || !(error as Error).message.includes('pre-existing shared memory block')) throw error
      await pause(pollMs)
    }
  }
}

/**
 * A shell that waits for the end of our process, however it ends (its end closes the pipe), and then stops PostgreSQL.
 * Windows has no such shell: there the next start stops what was left.
 */
function watch(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined
  const watcher = spawn('/bin/sh', ['-c', 'while read -r _; do :; done; kill -INT "$1"', 'watch', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.on('error', () => {})
  watcher.stdin?.on('error', () => {})
  watcher.unref()
  if (watcher.stdin !== null && 'unref' in watcher.stdin && typeof watcher.stdin.unref === 'function') watcher.stdin.unref()
  return watcher
}

/**
 * Stops a server that an earlier process of ours left behind. The mark of one that was killed stays: by it PostgreSQL finds out whether
 * processes of the killed server still work on the files, and refuses until they have ended.
 */
export async function stopLeftover(cluster: string, programs: Programs, account: Account | undefined): Promise<void> {
  const pid = Number((await pidLines(cluster))[0])
  if (!Number.isInteger(pid) || pid <= 0) {
    await rm(join(cluster, 'postmaster.pid'), { force: true })
    return
  }
  if (!isAlive(pid)) return
  if (isPostgres(pid)) return stopGently(pid, cluster, programs, account)
  // What has this id now is something else (the machine was restarted): PostgreSQL would refuse because of it.
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}

/** "Fast" stop: open transactions are rolled back, everything committed is on disk. */
async function stopGently(pid: number, cluster: string, programs: Programs, account: Account | undefined): Promise<void> {
  if (process.platform === 'win32') {
    execFileSync(programs.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w'], { ...account, env: bareEnvironment(), stdio: 'ignore' })
    return
  }
  signal(pid, 'SIGINT')
  if (await isGoneWithin(pid, fastStopMs)) return
  signal(pid, 'SIGQUIT')
  if (await isGoneWithin(pid, fastStopMs)) return
  throw new Error(
    `PostgreSQL（进程 ${pid}）没有停下，请手动结束它后重试 / PostgreSQL (process ${pid}) does not stop; end it by hand and try again`,
  )
}

async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await pause(pollMs)
  }
  return true
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function isPostgres(pid: number): boolean {
  try {
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    return command.includes('postgres')
  } catch {
    return process.platform === 'win32'
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function endOf(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-15).join('\n') : ''
}
