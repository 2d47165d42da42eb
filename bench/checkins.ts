/** Check-ins: the hot path, each by its own member in their own session, with event and audit, against the same inserts one by one. */
import { openPool, sql, transact } from '#platform'
import { gatheringOf, row } from './callers.ts'
import { DiskWatch } from './disk.ts'
import { type Generator, type Measured, request } from './load.ts'
import { measurePair, type Pair, type Turns } from './pair.ts'
import { memoryOf, type Running } from './server.ts'

const body = { how: 'ONLINE', deviceAt: '2026-03-02T01:02:03.000Z' }
const gathering = gatheringOf(row.branch, '{r}')

export const signInTemplate = request(
  'PUT',
  `/api/organisations/${row.organisation}/gatherings/${gathering}/sign-ins/${row.member}`,
  { cookie: `yigongli=${row.token}`, 'x-device-id': row.member },
  body,
)
/** The same inserts, one by one. */
const bareTemplate = request('PUT', `/sign-in/${row.county}/${gathering}/${row.member}/${row.organisation}/${row.path}`, {}, body)
const compared: [name: string, bare: string][] = [
  ['check-in, against the same inserts', bareTemplate],
  ['check-in, against the bare update alone', request('PUT', `/update-only/${row.county}/${gathering}/${row.member}`, {}, body)],
]

/** Rounds that one side may use up. */
const roundsOfASide = 4
export const roundsOfCheckIns = 2 * roundsOfASide * compared.length

/** @param first the first round nobody has signed in to; `roundsOfCheckIns` are used */
export async function measureCheckIns(
  generator: Generator,
  servers: { ours: Running; bare: Running },
  first: number,
  turns: Turns,
): Promise<[name: string, Pair][]> {
  const measured: [string, Pair][] = []
  for (const [name, bare] of compared) {
    const round = first + 2 * roundsOfASide * measured.length
    const ours = { server: servers.ours, template: signInTemplate, round }
    measured.push([name, await measurePair(generator, ours, { server: servers.bare, template: bare, round: round + roundsOfASide }, turns)])
  }
  return measured
}

/** Check-ins a second that must be answered, whatever else goes on (docs/benchmarks.md). */
export const leastASecond = 1200
const warmUpSeconds = 10
/** The bare loop is held as long, but not for more than this: what the machine itself does in a minute shows in three. */
const mostBareMinutes = 3
/** A second; two cores do not reach it for long. A side that used up its rounds would be told that everybody is there already. */
const mostASecond = 5000
const roundsFor = (minutes: number, callers: number) => Math.ceil(((minutes * 60 + warmUpSeconds) * mostASecond) / callers)
/** Rounds that are enough for both sides. */
export const roundsOfAHold = (minutes: number, callers: number): number =>
  roundsFor(minutes, callers) + roundsFor(Math.min(minutes, mostBareMinutes), callers)

/**
 * Callers as fast as they are answered, for minutes on end, and then the bare loop, so that a slow second of ours can be told from one of the machine's.
 * @returns what was measured, memory every ten seconds in MB, and what is there afterwards
 */
export async function holdCheckIns(
  generator: Generator,
  { ours: server, bare }: { ours: Running; bare: Running },
  first: number,
  { minutes, callers }: { minutes: number; callers: number },
  place: { url: string; dataDir: string },
) {
  const { url } = place
  const disk = new DiskWatch(place.dataDir)
  const memory: number[] = []
  const watch = setInterval(() => memory.push(memoryOf(server)), 10_000)
  const load = { port: server.port, template: signInTemplate, connections: 64, from: 0, round: first }
  const before = await countSignIns(url)
  // The first seconds of a process go into translating its code. What is measured follows without a pause.
  const warm = await generator.run({ ...load, seconds: warmUpSeconds })
  const measured = await generator.run({ ...load, seconds: minutes * 60, from: warm.next })
  clearInterval(watch)
  const after = await countSignIns(url)
  const bareLoad = { ...load, port: bare.port, template: bareTemplate, round: first + roundsFor(minutes, callers) }
  const bareWarm = await generator.run({ ...bareLoad, seconds: warmUpSeconds })
  const bareMeasured = await generator.run({ ...bareLoad, seconds: Math.min(minutes, mostBareMinutes) * 60, from: bareWarm.next })
  disk.stop()
  return {
    measured,
    bare: bareMeasured,
    slow: [measured, bareMeasured].map((side) => slowSeconds(side, disk)),
    acknowledged: warm.ok + measured.ok,
    first: warm.ok + measured.ok - warm.repeated - measured.repeated,
    memory,
    rows: after.rows - before.rows,
    events: after.events - before.events,
    audits: after.audits - before.audits,
    twice: after.twice,
  }
}

/** Seconds in which fewer were answered than must be, and for how many milliseconds of each the disk stood still. */
function slowSeconds({ began, eachSecond }: Measured, disk: DiskWatch): { answered: number; stoodStill: number }[] {
  return eachSecond.flatMap((answered, n) =>
    answered < leastASecond ? [{ answered, stoodStill: Math.round(disk.stillIn(began + n * 1000, began + (n + 1) * 1000)) }] : [],
  )
}

/** What is on record, and how many people have more than one event for a gathering. */
export async function countSignIns(url: string) {
  const pool = openPool(url, 'owner', 1, 600_000)
  try {
    return await transact(
      pool,
      (ctx) =>
        ctx.get(sql<{ rows: number; events: number; audits: number; twice: number }>`
          select (select count(*)::int from meetings.attendance where confirmed_by = 'SELF') as rows,
            (select count(*)::int from platform.event where type = 'meetings.attendance.signedIn') as events,
            (select count(*)::int from platform.audit where operation = 'meetings.signInToGathering') as audits,
            (select count(*)::int from (select from platform.event where type = 'meetings.attendance.signedIn'
              group by subject_id, data ->> 'gatheringId' having count(*) > 1) t) as twice`),
      { reads: true },
    )
  } finally {
    await pool.end()
  }
}
