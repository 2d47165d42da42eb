/** The real server as a process of its own, and the bare loop it is compared with. */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import manifest from '../package.json' with { type: 'json' }
import { faces } from '../server/faces.ts'

export interface Running {
  port: number
  process: ChildProcess
  stop(): Promise<void>
}

const startMilliseconds = 120_000

/** `server/main.ts` as `npm start` runs it, without the demo and with an empty page for each face. */
export async function startServer(dataDir: string, url: string, more: { port?: number; execArgv?: string[] } = {}): Promise<Running> {
  const port = more.port ?? (await freePort())
  const child = fork(fileURLToPath(new URL('../server/main.ts', import.meta.url)), {
    env: {
      ...process.env,
      DATABASE_URL: url,
      DATA_DIR: dataDir,
      PORT: String(port),
      DEMO: '0',
      SMS_URL: 'http://127.0.0.1:9/',
      WEB_DIST: await emptyPages(dataDir),
      LOG_LEVEL: 'fatal',
    },
    execArgv: [...manifest.config.server.split(' '), ...(more.execArgv ?? [])],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await answering(child, port, '/health')
  return { port, process: child, stop: () => end(child) }
}

/** The bare loop: node:http and pg, nothing else. */
export async function startBare(url: string, connections: number): Promise<Running> {
  const port = await freePort()
  const child = fork(fileURLToPath(new URL('bare.ts', import.meta.url)), [url, String(port), String(connections)])
  await answering(child, port, '/health')
  return { port, process: child, stop: () => end(child) }
}

/** Resident memory of a process in MB; 0 where the system does not tell. */
export function memoryOf({ process: child }: Running): number {
  const file = `/proc/${child.pid}/status`
  const kilobytes = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  return Math.round(Number(kilobytes ?? 0) / 1024)
}

async function emptyPages(dataDir: string): Promise<string> {
  const dist = join(dataDir, 'pages')
  for (const face of faces) {
    await mkdir(join(dist, face), { recursive: true })
    await writeFile(join(dist, face, 'index.html'), '<!doctype html>')
  }
  return dist
}

async function answering(child: ChildProcess, port: number, path: string): Promise<void> {
  const deadline = Date.now() + startMilliseconds
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the server ended while it started')
    if (Date.now() > deadline) throw new Error('the server did not start')
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    if (answer?.ok === true) return
    await pause(50)
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
