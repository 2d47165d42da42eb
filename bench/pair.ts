/** Two servers measured in turns, A B A B …, so that whatever else the machine does falls on both. */
import type { Generator, Measured } from './load.ts'
import { processorOf, processorOfPostgres } from './meter.ts'
import type { Running } from './server.ts'

export interface Side {
  server: Running
  template: string
  /** Round in which this side begins at the first row; it goes on from where it stopped. */
  round: number
}

export interface Turns {
  turns: number
  /** Length of a turn. */
  seconds: number
  /**
   * Waits until work that goes on after the answers (projections) has ended, so that it does not fall on the other side; its processor time
   * counts as ours.
   */
  settle: () => Promise<void>
  postmaster: number
}

/** One turn, and the processor time it took of the server and of PostgreSQL, in microseconds a request. */
export type Turn = Measured & { serverMicroseconds: number; postgresMicroseconds: number }

export interface Pair {
  ours: Turn[]
  bare: Turn[]
}

const connections = 64
/** The first seconds of a process go into translating its code. */
const warmUpSeconds = 8

export async function measurePair(
  generator: Generator,
  ours: Side,
  bare: Side,
  { turns, seconds, settle, postmaster }: Turns,
): Promise<Pair> {
  const pair: Pair = { ours: [], bare: [] }
  const at = new Map([ours, bare].map((side) => [side, 0]))
  const run = async (side: Side, length: number): Promise<Turn> => {
    const { template, round, server } = side
    const used = () => [processorOf(server.process.pid ?? 0), processorOfPostgres(postmaster)] as const
    const before = used()
    const measured = await generator.run({ port: server.port, template, round, from: at.get(side) ?? 0, connections, seconds: length })
    if (side === ours) await settle()
    const after = used()
    at.set(side, measured.next)
    const each = (i: 0 | 1) => ((after[i] - before[i]) * 1000) / Math.max(1, measured.ok)
    return { ...measured, serverMicroseconds: each(0), postgresMicroseconds: each(1) }
  }
  for (const side of [ours, bare]) await run(side, warmUpSeconds)
  for (let turn = 0; turn < turns; turn += 1) {
    pair.bare.push(await run(bare, seconds))
    pair.ours.push(await run(ours, seconds))
  }
  const wrong = [...pair.ours, ...pair.bare].find((measured) => measured.strange.length > 0)
  if (wrong !== undefined) throw new Error(`a request was refused: ${wrong.strange.join('\n')}`)
  return pair
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Median of the ratios of neighbouring turns. */
export const ratioOf = ({ ours, bare }: Pair): number => median(ours.map((measured, i) => measured.perSecond / (bare[i]?.perSecond ?? 1)))

export const rateOf = (side: readonly Measured[]): number => median(side.map((measured) => measured.perSecond))
