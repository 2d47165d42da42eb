/**
 * `npm run t:kill [rounds]`: kills the server, PostgreSQL or one of its connections at random moments under load, starts it again, and goes
 * on with the same ids. In the end every acknowledged write must be there once and nothing by halves. Ends with 1 if not.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { openPool, readSecrets, rebuild, sql, transact } from '#platform'
import { modules } from '../server/modules.ts'
import { type Finding, lookAfterwards } from './afterwards.ts'
import { addCallers } from './callers.ts'
import { Client } from './client.ts'
import { type Branch, keepBusy, type World } from './deeds.ts'
import { Journal } from './journal.ts'
import { childrenOf, postmasterOf } from './meter.ts'
import { openPlace } from './place.ts'
import { buildProvince } from './province.ts'
import { startServer } from './server.ts'
import { machine, number, table } from './table.ts'

const clients = 24
const openRounds = 40
const kinds = ['server', 'PostgreSQL', 'a connection', 'server and PostgreSQL'] as const

const rounds = Number(process.argv[2] ?? 50)
const began = performance.now()
const projections = modules.flatMap((module) => module.projections ?? [])
const journal = new Journal()
const done = new Map<string, number>()

const place = await openPlace()
const world = await prepare()
let server = await startServer(place.dataDir, place.url)
const { port } = server
const stopping = new AbortController()
const client = new Client(journal, port, stopping.signal)
const busy = Array.from({ length: clients }, () => keepBusy(client, world, journal, stopping.signal))

try {
  for (let round = 0; round < rounds; round += 1) {
    const kind = kinds[round % kinds.length] ?? 'server'
    await pause(200 + Math.random() * 1000)
    await kill(kind)
    done.set(kind, (done.get(kind) ?? 0) + 1)
    await progress(kind)
  }
  await pause(500)
  stopping.abort()
  await Promise.all(busy)
  await server.stop()
  // The chain leaves out what is younger than a second.
  await pause(1500)
  report(await lookAfterwards(place.url, journal, projections, readSecrets(undefined, place.dataDir)))
} finally {
  stopping.abort()
  await server.stop()
  await place.close()
}

/** A small province, its rollups and duties as a first start makes them. */
async function prepare(): Promise<World> {
  await buildProvince(place.url, { branches: 40, members: 800, gatherings: 400 })
  const { rows } = await addCallers(place.url, { members: 800, rounds: openRounds })
  const pool = openPool(place.url, 'jobs', 1, 600_000)
  for (const projection of projections.filter(({ refills }) => refills === true)) await rebuild(pool, projection)
  await pool.end()
  return {
    rounds: openRounds,
    branches: await listBranches(),
    callers: rows.map(([organisationId = '', branch = '', memberId = '', token = '']) => ({
      organisationId,
      branch,
      memberId,
      token,
      device: memberId,
    })),
  }
}

async function listBranches(): Promise<Branch[]> {
  const pool = openPool(place.url, 'owner', 1)
  const rows = await transact(pool, (ctx) =>
    ctx.query(sql<{ organisationId: string; role: string; token: string; device: string }>`
      select organisation_id as "organisationId", role, token, account_id as device from bench.leader where role in ('BRANCH_SECRETARY', 'RECORDER')`),
  )
  await pool.end()
  return [...Map.groupBy(rows, (row) => row.organisationId)].flatMap(([organisationId, leaders]) => {
    const secretary = leaders.find((leader) => leader.role === 'BRANCH_SECRETARY')
    const recorder = leaders.find((leader) => leader.role === 'RECORDER')
    return secretary === undefined || recorder === undefined ? [] : [{ organisationId, secretary, recorder }]
  })
}

async function kill(kind: (typeof kinds)[number]): Promise<void> {
  if (kind === 'a connection') {
    const backends = childrenOf(await postmasterOf(place.url), 'yigongli')
    const one = backends[Math.floor(Math.random() * backends.length)]
    // PostgreSQL then ends all of its connections, recovers and goes on by itself.
    if (one !== undefined) process.kill(one, 'SIGKILL')
    return
  }
  if (kind !== 'PostgreSQL') server.process.kill('SIGKILL')
  if (kind !== 'server') {
    process.kill(await postmasterOf(place.url), 'SIGKILL')
    await place.restart()
  }
  if (kind !== 'PostgreSQL') server = await startServer(place.dataDir, place.url, { port })
}

/** The next round begins when the clients get on again; a server that ended by itself is a fault. */
async function progress(kind: string): Promise<void> {
  const before = journal.acknowledged
  const deadline = Date.now() + 60_000
  while (journal.acknowledged < before + clients) {
    if (server.process.exitCode !== null || server.process.signalCode !== null) {
      journal.wrong.push(`the server ended by itself after ${kind} was killed`)
      server = await startServer(place.dataDir, place.url, { port })
    }
    if (Date.now() > deadline) throw new Error(`nothing is answered a minute after ${kind} was killed`)
    await pause(20)
  }
}

function report(findings: readonly Finding[]): void {
  console.log(`\n${machine()}\n`)
  const seconds = (performance.now() - began) / 1000
  const killed = [...done].map(([kind, n]) => `${kind} ${n} ×`).join(', ')
  console.log(
    `Killed: ${killed}. ${number(journal.acknowledged)} requests acknowledged, ${number(journal.retries)} sent again, ${number(seconds)} s.\n`,
  )
  console.log(
    table(
      ['what must not be', 'looked at', 'found'],
      findings.map(({ question, looked, wrong }) => [question, number(looked), String(wrong)]),
    ),
  )
  for (const line of journal.wrong.slice(0, 10)) console.log(`\n${line}`)
  process.exitCode = findings.every(({ wrong }) => wrong === 0) ? 0 : 1
}
