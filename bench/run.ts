/**
 * `npm run bench`: builds a province, measures, and prints Markdown. Every ratio is between turns of one run on one PostgreSQL.
 *   --small          a tenth of a province
 *   --data <folder>  keeps the province there for the next run
 *   --only <parts>   of check-ins,simple,overview,lists,burst,hold,morning
 *   --duties         computes the duties of all branches too, before the rollups; minutes at full size
 *   --minutes <n>    how long check-ins are held and a morning lasts, with memory and a count of what is lost or twice
 *   --prof <folder>  writes a processor profile of the server there
 */
import { parseArgs } from 'node:util'
import { openPool, sql, transact } from '#platform'
import { modules } from '../server/modules.ts'
import { measureBurst } from './burst.ts'
import { addCallers } from './callers.ts'
import { holdCheckIns, leastASecond, measureCheckIns, roundsOfAHold, roundsOfCheckIns } from './checkins.ts'
import { lists, measureLists, overviews } from './lists.ts'
import { Generator, type Measured } from './load.ts'
import { postmasterOf } from './meter.ts'
import { median, type Pair, rateOf, ratioOf } from './pair.ts'
import { openPlace } from './place.ts'
import { buildProvince, vacuum } from './province.ts'
import { memoryOf, startBare, startServer } from './server.ts'
import { Settler } from './settle.ts'
import { type Morning, measureMorning, roundsOfAMorning } from './morning.ts'
import { measureSimple } from './simple.ts'
import { load, machine, milliseconds, number, table, times } from './table.ts'

const { values: asked } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    data: { type: 'string' },
    only: { type: 'string', default: 'check-ins,simple,overview,lists,burst' },
    duties: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '1' },
    prof: { type: 'string' },
  },
})
const parts = new Set(asked.only.split(','))
const minutes = Number(asked.minutes)
const size = asked.small
  ? { branches: 15_000, members: 230_000, gatherings: 500_000 }
  : { branches: 148_880, members: 2_300_000, gatherings: 5_000_000 }
/** Callers in a minute at a rate no two cores reach; each signs in once a round. */
const callers = asked.small ? 30_000 : 60_000
const connectionsOfTheBareLoop = 16

const projections = modules.flatMap((module) => module.projections ?? [])
const place = await openPlace(asked.data)
const say = (line = '') => console.log(line)

try {
  const built = await buildProvince(place.url, size)
  for (const { name, rebuilt } of await fillProjections(built.length > 0)) built.push({ step: name, seconds: rebuilt })
  const morning = parts.has('morning')
  const held = parts.has('hold') ? roundsOfAHold(minutes, callers) : 0
  const measured = parts.has('check-ins') ? roundsOfCheckIns : 0
  const ofMorning = morning ? 2 * roundsOfAMorning(minutes, callers) : 0
  const { rows, first } = await addCallers(place.url, { members: callers, rounds: Math.max(1, measured + held + ofMorning) })
  await vacuum(place.url)
  const server = await startServer(place.dataDir, place.url, {
    execArgv: asked.prof === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', asked.prof],
  })
  const bare = await startBare(place.url, connectionsOfTheBareLoop)
  const generator = new Generator()
  const settler = new Settler(
    place.url,
    projections.map(({ name }) => name),
  )
  const turns = { turns: 5, seconds: 4, settle: () => settler.settle(), postmaster: await postmasterOf(place.url) }
  try {
    say(`${number(size.branches)} branches, ${number(size.members)} members, ${number(size.gatherings)} gatherings. ${machine()}\n`)
    if (built.length > 0)
      say(
        `${table(
          ['built', 'seconds'],
          built.map(({ step, seconds }) => [step, seconds.toFixed(1)]),
        )}\n`,
      )
    await settler.settle()
    if (parts.has('check-ins')) {
      await generator.give(rows)
      tellPairs(settler, await measureCheckIns(generator, { ours: server, bare }, first, turns))
    }
    if (parts.has('simple')) {
      await generator.give(rows)
      tellPairs(settler, await measureSimple(generator, { ours: server, bare }, turns))
    }
    if (parts.has('overview')) tellLists('overview', await measureLists(generator, server, place.url, overviews, 1, 4))
    if (parts.has('lists')) {
      tellLists('asked by one', await measureLists(generator, server, place.url, lists, 1, 3))
      tellLists('asked by four at a time', await measureLists(generator, server, place.url, lists, 4, 3))
    }
    if (parts.has('burst')) tellBurst(await measureBurst(generator, place, server, rows))
    if (parts.has('hold')) {
      await generator.give(rows)
      tellHeld(await holdCheckIns(generator, { ours: server, bare }, first + measured, { minutes, callers }, place))
    }
    if (morning) tellMorning(await measureMorning(server, rows, first + measured + held, minutes, place.url))
    say(`Memory of the server at the end: ${memoryOf(server)} MB; load average ${load()}`)
  } finally {
    generator.stop()
    await settler.close()
    await Promise.all([server.stop(), bare.stop()])
  }
} finally {
  await place.close()
}

/** What the projections keep, filled from the records as a first start does; no event written until then need be read any more. */
async function fillProjections(needed: boolean): Promise<{ name: string; rebuilt: number }[]> {
  if (!needed) return []
  const pool = openPool(place.url, 'owner', 1, 3_600_000)
  const done: { name: string; rebuilt: number }[] = []
  for (const projection of projections) {
    const { name, refills } = projection
    const began = performance.now()
    if (refills === true && (asked.duties || !name.startsWith('duties.'))) await transact(pool, (ctx) => projection.reset(ctx))
    done.push({ name, rebuilt: (performance.now() - began) / 1000 })
  }
  for (const { name } of projections) {
    await transact(pool, (ctx) =>
      ctx.query(sql`
        insert into platform.projection (name, transaction, position)
        select ${name}, coalesce(max(transaction), '0'), coalesce(max(position), 0) from platform.event
        on conflict (name) do update set transaction = excluded.transaction, position = excluded.position`),
    )
  }
  await pool.end()
  return done.filter(({ rebuilt }) => rebuilt > 0.05)
}

function tellPairs({ behind }: Settler, pairs: [string, Pair][]): void {
  const cost = (side: Pair['ours']) =>
    `${number(median(side.map((turn) => turn.serverMicroseconds)))} + ${number(median(side.map((turn) => turn.postgresMicroseconds)))}`
  say(
    table(
      [
        '',
        'ours a second',
        'bare loop',
        'ratio',
        'slowest second, ours / bare',
        'p50',
        'p99',
        'processor µs ours (server + PostgreSQL)',
        'bare',
      ],
      pairs.map(([name, pair]) => [
        name,
        number(rateOf(pair.ours)),
        number(rateOf(pair.bare)),
        times(ratioOf(pair)),
        [pair.ours, pair.bare].map((side) => number(Math.min(...side.map((turn) => turn.slowestSecond)))).join(' / '),
        milliseconds(median(pair.ours.map((turn) => turn.p50))),
        milliseconds(Math.max(...pair.ours.map((turn) => turn.p99))),
        cost(pair.ours),
        cost(pair.bare),
      ]),
    ),
  )
  say(`\nProjections were at most ${Math.max(...behind).toFixed(1)} s behind right after a turn; load average ${load()}\n`)
}

function tellLists(title: string, measured: [string, Measured][]): void {
  const rows = measured.map(([name, { ok, statuses, p50, p95, worst }]) => [
    name,
    `${number(ok)}${statuses[503] === undefined ? '' : `, ${statuses[503]} refused`}`,
    milliseconds(p50),
    milliseconds(p95),
    milliseconds(worst),
  ])
  say(`${table([title, 'asked', 'p50', 'p95', 'worst'], rows)}\n\nload average ${load()}\n`)
}

function tellBurst({ quiet, during, burst }: { quiet: Measured; during: Measured; burst: Measured }): void {
  const line = (name: string, m: Measured) => [
    name,
    number(m.ok),
    number(m.perSecond),
    milliseconds(m.p50),
    milliseconds(m.p95),
    milliseconds(m.p99),
  ]
  say(table(['sign-in burst', 'answered', 'a second', 'p50', 'p95', 'p99'], [line('reads, quiet', quiet), line('reads, during the burst', during), line('sign-ins by password', burst)])) // prettier-ignore
  say(`\nAnswers of the burst by status: ${JSON.stringify(burst.statuses)}; load average ${load()}\n`)
}

function tellMorning({ online, replayed, again, rows, events, audits, twice, memory }: Morning): void {
  const line = (name: string, m: Measured) => [
    name,
    number(m.ok),
    number(m.ok - m.repeated),
    number(m.perSecond),
    milliseconds(m.p50),
    milliseconds(m.p99),
  ]
  say(
    table(
      ['a morning', 'acknowledged', 'of them first', 'a second', 'p50', 'p99'],
      [line('online', online), line('back in range', replayed), line('sent again', again)],
    ),
  )
  const firsts = [online, replayed, again].reduce((sum, m) => sum + m.ok - m.repeated, 0)
  say(
    `\nAcknowledged first: ${number(firsts)}; on record ${number(rows)}, events ${number(events)}, audit rows ${number(audits)}; twice ${twice}.`,
  )
  say(
    `Statuses: ${JSON.stringify([online, replayed, again].map((m) => m.statuses))}; memory ${memory[0] ?? 0} to ${Math.max(...memory, 0)} MB; load average ${load()}\n`,
  )
}

function tellHeld({
  measured,
  bare,
  slow,
  acknowledged,
  first,
  memory,
  rows: onRecord,
  events,
  audits,
  twice,
}: Awaited<ReturnType<typeof holdCheckIns>>): void {
  say(
    table(
      ['check-ins held', 'ours', 'the bare loop, right after'],
      [
        ['minutes', ...[measured, bare].map(({ eachSecond }) => String(eachSecond.length / 60))],
        ['a second, on average', ...[measured, bare].map(({ perSecond }) => number(perSecond))],
        ['a second, slowest', ...[measured, bare].map(({ slowestSecond }) => number(slowestSecond))],
        [
          `seconds below ${number(leastASecond)}`,
          ...[measured, bare].map(({ eachSecond }, side) => `${slow[side]?.length ?? 0} of ${eachSecond.length}`),
        ],
        [
          'in each of them answered (and the disk stood still)',
          ...slow.map((side) => side.map(({ answered, stoodStill }) => `${number(answered)} (${stoodStill} ms)`).join(', ')),
        ],
        ['p99', ...[measured, bare].map(({ p99 }) => milliseconds(p99))],
        ['acknowledged, and first of their kind', `${number(acknowledged)}, ${number(first)}`, ''],
        ['on record / events / audit rows', `${number(onRecord)} / ${number(events)} / ${number(audits)}`, ''],
        ['counted twice', String(twice), ''],
        [
          'memory, first / median / last / most',
          `${memory[0] ?? 0} / ${median(memory)} / ${memory.at(-1) ?? 0} / ${Math.max(...memory, 0)} MB`,
          '',
        ],
      ],
    ),
  )
  say()
}
