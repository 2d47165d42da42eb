/** Brings a database to the present schema: numbered `.sql` files per owner, each in a transaction, each once. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

const lock = 7_164_021

/** A folder of migrations and the schema it makes. */
export interface MigrationFolder {
  name: string
  folder: string
}

const own: MigrationFolder = { name: 'platform', folder: fileURLToPath(new URL('./migrations', import.meta.url)) }

/**
 * Applies what is missing, the platform first, then the modules in their order. Safe to run from several processes at once.
 * @throws Error when an applied file was changed afterwards, or the server is older than PostgreSQL 15
 */
export async function migrate(url: string, folders: readonly MigrationFolder[]): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const applied: string[] = []
  try {
    const version = Number((await client.query<{ server_version_num: string }>('show server_version_num')).rows[0]?.server_version_num)
    if (version < 150000) throw new Error(`需要 PostgreSQL 15 或更高版本 / PostgreSQL 15 or newer is needed, this is ${version}`)
    await client.query('select pg_advisory_lock($1)', [lock])
    await makeRoles(client)
    await client.query(`create schema if not exists migration`)
    await client.query(
      `create table if not exists migration.applied (name text primary key, sha256 text not null, at timestamptz not null default now())`,
    )
    const known = new Map(
      (await client.query<{ name: string; sha256: string }>('select name, sha256 from migration.applied')).rows.map((r) => [
        r.name,
        r.sha256,
      ]),
    )
    for (const { name, folder } of [own, ...folders]) {
      for (const file of (await readdir(folder)).filter((f) => f.endsWith('.sql')).sort()) {
        const text = await readFile(join(folder, file), 'utf8')
        const sha256 = createHash('sha256').update(text).digest('hex')
        const key = `${name}/${file}`
        if (known.has(key)) {
          if (known.get(key) !== sha256)
            throw new Error(`迁移文件 ${key} 在应用后被改动，请另加新文件 / was changed after it was applied; add a new file instead`)
          continue
        }
        await client.query('begin')
        try {
          await client.query(text)
          await client.query('insert into migration.applied (name, sha256) values ($1, $2)', [key, sha256])
          await client.query('commit')
        } catch (error) {
          await client.query('rollback')
          throw new Error(`迁移 ${key} 失败 / failed: ${(error as Error).message}`, { cause: error })
        }
        applied.push(key)
      }
    }
    await runMigrations({ connectionString: url })
    await grant(client, ['platform', ...folders.map((f) => f.name)])
  } finally {
    await client.end()
  }
  return { applied }
}

/** Two roles nobody signs in as: `app` is bound by row-level security, `jobs` is not. Roles belong to the whole server, so another database may be making them too. */
async function makeRoles(client: pg.Client): Promise<void> {
  for (const role of ['yigongli_app', 'yigongli_jobs']) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
    if (rowCount === 0) {
      await client.query(`do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`)
    }
    // Belonging to the role is not enough since PostgreSQL 16: whoever made the role may not yet become it.
    const mayBecome = () => client.query(`begin; set local role ${role}; rollback`)
    await mayBecome().catch(async () => {
      await client.query('rollback')
      await client.query(`grant ${role} to current_user`)
      await mayBecome()
    })
  }
}

async function grant(client: pg.Client, schemas: string[]): Promise<void> {
  for (const schema of schemas) {
    await client.query(`grant usage on schema ${schema} to yigongli_app, yigongli_jobs`)
    await client.query(`grant execute on all functions in schema ${schema} to yigongli_app, yigongli_jobs`)
    await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to yigongli_app, yigongli_jobs`)
    await client.query(`grant usage on all sequences in schema ${schema} to yigongli_app, yigongli_jobs`)
  }
  // What happened and who looked can be added to, never changed.
  await client.query(
    'revoke update, delete, truncate on platform.event, platform.audit, platform.audit_link, platform.audit_checkpoint from yigongli_app, yigongli_jobs',
  )
}
