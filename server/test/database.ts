/** Databases of the test server, by name. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** The same server and user, another database. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

async function connected(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Runs one statement outside a transaction, as `create database` wants it. */
export const onServer = (url: string, statement: string): Promise<void> => connected(url, (client) => client.query(statement))

/** Waits until everything open now has ended, in other databases of the server too: what follows the order of commits does not pass it. */
export const othersEnded = (url: string): Promise<void> =>
  connected(url, async (client) => {
    const { rows } = await client.query<{ now: string }>('select pg_current_xact_id()::text as now')
    const ended = 'select pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 as ended'
    while ((await client.query<{ ended: boolean }>(ended, [rows[0]?.now])).rows[0]?.ended !== true) await pause(20)
  })
