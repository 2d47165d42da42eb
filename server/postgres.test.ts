import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeDatabase, startPostgres } from './postgres.ts'

let outside: string
let dataDir: string

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'yigongli postgres '))
  await chmod(outside, 0o755)
  dataDir = join(outside, '.data')
})
afterEach(() => rm(outside, { recursive: true, force: true }))

const start = () => startPostgres({ dataDir, durable: false, sharedBuffers: '16MB' })

async function ask<Row extends pg.QueryResultRow>(url: string, query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

/** Another process that has the folder, and the address it prints. */
async function startElsewhere(): Promise<{ process: ChildProcess; url: string }> {
  const script = `import { startPostgres } from ${JSON.stringify(fileURLToPath(new URL('./postgres.ts', import.meta.url)))}
    console.log((await startPostgres({ dataDir: process.argv[1], durable: false, sharedBuffers: '16MB' })).url)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return { process: child, url: chunk.toString().trim() }
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test('what was written is there after a stop and a start, on the same port, in a path with spaces', async () => {
  const first = await start()
  await ask(first.url, 'create table kept (word text)')
  await ask(first.url, `insert into kept values ('一公里')`)
  await first.stop()
  await first.stop()
  const second = await start()
  expect(await ask(second.url, 'select word from kept')).toEqual([{ word: '一公里' }])
  expect(second.url).toBe(first.url)
  await second.stop()
})

test('the database is UTF-8, ordered by code point, in Shanghai time, and asks for a password that only its owner can read', async () => {
  const server = await start()
  const [row] = await ask<Record<string, string>>(
    server.url,
    `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone, 'Z' < 'a' as ordered, current_setting('listen_addresses') as address`,
  )
  expect(row).toEqual({ encoding: 'UTF8', zone: 'Asia/Shanghai', ordered: true, address: '127.0.0.1' })
  expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o077).toBe(0)
  const stranger = new URL(server.url)
  stranger.password = 'guess'
  await expect(ask(stranger.href, 'select 1')).rejects.toThrow('password authentication failed')
  await server.stop()
})

test('a second process on the same folder is refused with a sentence, and the first goes on', async () => {
  const server = await start()
  await expect(start()).rejects.toThrow('正被另一个进程')
  await expect(removeDatabase(dataDir)).rejects.toThrow('in use by process')
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

test('PostgreSQL ends with a process that was killed, and what it had committed is there', async () => {
  const elsewhere = await startElsewhere()
  await ask(elsewhere.url, 'create table kept (n integer)')
  await killed(elsewhere.process)
  await expect
    .poll(
      () =>
        ask(elsewhere.url, 'select 1').then(
          () => 'up',
          () => 'gone',
        ),
      { timeout: 10_000 },
    )
    .toBe('gone')
  const next = await start()
  expect(await ask(next.url, 'select n from kept')).toEqual([])
  await next.stop()
})

test('a database left half made is made anew', async () => {
  await (await start()).stop()
  const folder = join(dataDir, 'postgres')
  await rename(join(folder, 'cluster'), join(folder, 'cluster.half'))
  const server = await start()
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(existsSync(join(folder, 'cluster.half'))).toBe(false)
  await server.stop()
})

test('files of another version are left alone, and the message names both and the way out', async () => {
  await (await start()).stop()
  await rm(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'))
  await expect(start()).rejects.toThrow(/npm run reset[\s\S]*PostgreSQL \?[\s\S]*18/)
  await expect(readFile(join(dataDir, 'owner.json'))).rejects.toThrow('ENOENT')
})

test('reset removes a data folder and nothing else', async () => {
  await (await start()).stop()
  expect(await removeDatabase(dataDir)).toBe(true)
  expect(existsSync(dataDir)).toBe(false)
  expect(await removeDatabase(dataDir)).toBe(false)
  await mkdir(join(dataDir, 'photos'), { recursive: true })
  await expect(removeDatabase(dataDir)).rejects.toThrow('不像本系统的数据目录')
  expect(existsSync(join(dataDir, 'photos'))).toBe(true)
})
