/** From what a page does to an act that is written down, and what the page is answered before the platform has answered. */
import { askLeave, putAttendance, signInToGathering } from '#contract/attendance'
import { getGathering } from '#contract/meetings'
import type { Operation } from '#contract/operation'
import { documents } from '#contract/sync'
import type { AnyInput } from '../client.ts'
import { newId } from '../device.ts'
import type { Shelf } from './answer.ts'
import type { Waiting } from './exchange.ts'
import type { Whole } from './predict.ts'

const most = 60

/** What was shown, by version: what somebody saw before they changed it. */
export class Sights {
  readonly #seen = new Map<string, Whole>()

  see(operation: Operation, answer: unknown): void {
    if (operation.id !== getGathering.id || answer === undefined) return
    const whole = answer as Whole
    for (const name of [`${whole.id} ${whole.version}`, whole.id]) {
      this.#seen.delete(name)
      this.#seen.set(name, whole)
    }
    for (const name of this.#seen.keys()) {
      if (this.#seen.size <= most) break
      this.#seen.delete(name)
    }
  }

  /** What was shown of a gathering in this version, or last. */
  of(gatheringId: string, version: unknown): Whole | undefined {
    return this.#seen.get(`${gatheringId} ${String(version)}`) ?? this.#seen.get(gatheringId)
  }
}

/** What the person saw of that which the act changes. */
function baseOf(operation: Operation, { params = {}, body }: AnyInput, sights: Sights): unknown {
  const { version, rows } = (body ?? {}) as { version?: number; rows?: { memberId: string }[] }
  const whole = sights.of(params['gatheringId'] ?? '', version)
  if (whole === undefined) return undefined
  if (operation.id === putAttendance.id) {
    const marked = new Set(rows?.map(({ memberId }) => memberId))
    return whole.roster.filter(({ memberId }) => marked.has(memberId)).map(({ memberId, state }) => ({ memberId, state }))
  }
  return version === undefined ? undefined : documents[operation.id]?.content(whole)
}

/** Writes down what is being done. */
export function actFor(
  operation: Operation,
  input: AnyInput,
  { postId, sights }: { postId: string | null; sights: Sights },
): Omit<Waiting, 'seq'> {
  const base = baseOf(operation, input, sights)
  return {
    id: newId(),
    operation: operation.id,
    params: input.params ?? {},
    body: input.body,
    ...(base === undefined ? {} : { base }),
    postId,
    deviceAt: new Date().toISOString(),
    offsetMs: null,
  }
}

/** What the page is answered while the act still waits. */
export function answerOf(act: Waiting, shelf: Shelf): unknown {
  const { gatheringId = '', memberId = '' } = act.params
  if (act.operation === askLeave.id) return { done: true }
  if (act.operation === signInToGathering.id) {
    const { how, deviceAt } = act.body as { how: string; deviceAt: string }
    return { memberId, state: how === 'CODE' ? 'PRESENT_ONSITE' : 'PRESENT_ONLINE', confirmedAt: deviceAt, repeated: false }
  }
  return shelf.gathering(gatheringId, act.params) ?? { done: true }
}
