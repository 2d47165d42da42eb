/**
 * The morning of a national day of meetings: 30 % of all members sign in within ten minutes, most of them online, the others back in range with what
 * their phone wrote down; every such act is sent a second time, as a phone does that never got the answer.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { signInTemplate, countSignIns } from './checkins.ts'
import { gatheringOf, row } from './callers.ts'
import { Generator, type Measured, request, type Rows } from './load.ts'
import { memoryOf, type Running } from './server.ts'

/** 2.3 million × 30 % / 600 s. */
const perSecond = 1150
const shareOfReplays = 0.25
/** Seconds after which an act is sent again. */
const again = 3
/** What one generator uses of the rounds at most. */
export const roundsOfAMorning = (minutes: number, callers: number): number => Math.ceil((perSecond * 60 * minutes) / callers)

const gathering = gatheringOf(row.branch, '{r}')
const actTemplate = request(
  'PUT',
  `/api/me/acts/00000000-0000-7000-b{r}-${row.own}`,
  { cookie: `yigongli=${row.token}`, 'x-device-id': row.member },
  {
    operation: 'meetings.signInToGathering',
    params: { organisationId: row.organisation, gatheringId: gathering, memberId: row.member },
    body: { how: 'ONLINE', deviceAt: '2026-03-02T01:02:03.000Z' },
    postId: row.member,
    seq: 1,
    deviceAt: '2026-03-02T01:02:03.000Z',
    offsetMs: 1500,
  },
)

export interface Morning {
  online: Measured
  replayed: Measured
  again: Measured
  /** Sign-ins, events and audit rows that were added; how many people have more than one event for a gathering. */
  rows: number
  events: number
  audits: number
  twice: number
  /** Resident memory of the server every ten seconds, MB. */
  memory: number[]
}

/** @param first the first round nobody has signed in to; those online begin there, those back in range as many rounds later */
export async function measureMorning(server: Running, rows: Rows, first: number, minutes: number, url: string): Promise<Morning> {
  const generators = [new Generator(), new Generator(), new Generator()] as const
  for (const generator of generators) await generator.give(rows)
  const memory: number[] = []
  const watch = setInterval(() => memory.push(memoryOf(server)), 10_000)
  const before = await countSignIns(url)
  const steady = { port: server.port, connections: 32, seconds: minutes * 60, from: 0 }
  const acts = {
    ...steady,
    template: actTemplate,
    round: first + roundsOfAMorning(minutes, rows.length),
    perSecond: perSecond * shareOfReplays,
  }
  const [online, replayed, repeated] = await Promise.all([
    generators[0].run({ ...steady, template: signInTemplate, round: first, perSecond: perSecond * (1 - shareOfReplays) }),
    generators[1].run(acts),
    pause(again * 1000).then(() => generators[2].run(acts)),
  ])
  clearInterval(watch)
  const after = await countSignIns(url)
  for (const generator of generators) generator.stop()
  return {
    online,
    replayed,
    again: repeated,
    rows: after.rows - before.rows,
    events: after.events - before.events,
    audits: after.audits - before.audits,
    twice: after.twice,
    memory,
  }
}
