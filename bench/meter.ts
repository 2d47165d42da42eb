/**
 * Processor time, which says what a request costs even while others use the machine. Linux only; elsewhere everything costs 0.
 * Ticks of /proc are hundredths of a second.
 */
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

interface Stat {
  parent: number
  /** Own user and system time, and that of children that have ended, in ticks. */
  own: number
  ended: number
}

function statOf(pid: number | string): Stat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent = 0] = fields.slice(1)
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11)
    return { parent, own: user + system, ended: endedUser + endedSystem }
  } catch {
    return undefined
  }
}

/** Milliseconds of processor time a process has used. */
export const processorOf = (pid: number): number => (statOf(pid)?.own ?? 0) * 10

/** The postmaster of the server at this address. */
export async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const parent = statOf(rows[0]?.pid ?? 0)?.parent ?? 0
  await client.end()
  return parent
}

/** Processes of a postmaster whose command line names this, for example a user. */
export const childrenOf = (postmaster: number, named: string): number[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || statOf(name)?.parent !== postmaster) return []
    return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(named) ? [Number(name)] : []
  })

/** Milliseconds of processor time PostgreSQL has used with all its processes. */
export function processorOfPostgres(postmaster: number): number {
  const own = statOf(postmaster)
  if (own === undefined) return 0
  const children = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []))
  return (own.own + own.ended + children.reduce((sum, child) => sum + (child.parent === postmaster ? child.own : 0), 0)) * 10
}
