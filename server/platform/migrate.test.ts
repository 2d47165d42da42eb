/** Migrations: each once, none changed afterwards, from several processes at once, and by an owner with ordinary rights. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { databaseUrl } from '#house'
import { migrate, openPool, sql, transact } from '#platform'

const made: string[] = []
const admin = async (statement: string) => {
  const client = new pg.Client({ connectionString: inject('adminUrl') })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function emptyDatabase(owner?: string): Promise<string> {
  const name = `migrate_${randomBytes(5).toString('hex')}`
  await admin(`create database ${name}${owner === undefined ? '' : ` owner ${owner}`}`)
  made.push(name)
  return name
}

afterAll(async () => {
  for (const name of made) await admin(`drop database if exists ${name} with (force)`)
})

async function folder(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'yigongli-migrations-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text)
  return { name: 'extra', folder: path }
}

test('are applied once and in order, however many processes start at once', async () => {
  const url = databaseUrl(inject('adminUrl'), await emptyDatabase())
  const extra = await folder({
    '002_b.sql': 'insert into extra.log values (2)',
    '001_a.sql': 'create schema extra; create table extra.log (n int)',
  })
  const runs = await Promise.all([migrate(url, [extra]), migrate(url, [extra]), migrate(url, [extra])])
  const [none, neither, all = []] = runs.map((run) => run.applied).sort((a, b) => a.length - b.length)
  expect([none, neither]).toEqual([[], []])
  expect([all[0], ...all.slice(-2)]).toEqual(['platform/001_platform.sql', 'extra/001_a.sql', 'extra/002_b.sql'])
  expect(all.filter((name) => name.startsWith('platform/'))).toEqual(all.slice(0, -2).toSorted())
  expect(await migrate(url, [extra])).toEqual({ applied: [] })
})

test('that were changed after they were applied stop the start and are named', async () => {
  const url = databaseUrl(inject('adminUrl'), await emptyDatabase())
  const extra = await folder({ '001_a.sql': 'create schema extra' })
  await migrate(url, [extra])
  await writeFile(join(extra.folder, '001_a.sql'), 'create schema extra -- changed')
  await expect(migrate(url, [extra])).rejects.toThrow('extra/001_a.sql 在应用后被改动')
})

test('that fail leave nothing of themselves and are named', async () => {
  const url = databaseUrl(inject('adminUrl'), await emptyDatabase())
  const broken = await folder({ '001_a.sql': 'create schema extra; create table extra.log (n int); select 1 / 0' })
  await expect(migrate(url, [broken])).rejects.toThrow('extra/001_a.sql 失败')
  await writeFile(join(broken.folder, '001_a.sql'), 'create schema extra; create table extra.log (n int)')
  expect(await migrate(url, [broken])).toEqual({ applied: ['extra/001_a.sql'] })
})

test('need no superuser: an owner who may make roles, or for whom they were made', async () => {
  const owner = `owner_${randomBytes(4).toString('hex')}`
  await admin(`create role ${owner} login createrole password 'secret'`)
  // The roles are there already, made by somebody else, as on a server with two databases.
  await admin(`grant yigongli_app, yigongli_jobs to ${owner}`)
  try {
    const url = new URL(databaseUrl(inject('adminUrl'), await emptyDatabase(owner)))
    url.username = owner
    url.password = 'secret'
    await migrate(url.href, [])
    const pool = openPool(url.href, 'app', 1)
    expect(await transact(pool, (ctx) => ctx.get(sql`select current_user as "user"`))).toEqual({ user: 'yigongli_app' })
    await transact(pool, (ctx) => ctx.query(sql`select platform.add_job('test.nothing', '{}', null)`))
    await pool.end()
  } finally {
    for (const name of made.splice(0)) await admin(`drop database if exists ${name} with (force)`)
    await admin(`drop role ${owner}`)
  }
})
