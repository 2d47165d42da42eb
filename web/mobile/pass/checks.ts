/**
 * Checks made on this phone at the door of one gathering, for as long as the app is open. What is kept longer is the act in the outbox, with
 * the presented text and nothing else about the pass.
 */
import { putDoorCheck } from '#contract/passes'
import type { Verdict } from '#pass'
import type { Waiting } from '../../shared/offline/exchange.ts'

export interface Check {
  id: string
  /** Of the copy; undefined for what nobody trusted signed. */
  copyId: string | undefined
  name: string
  branch: string
  admitted: boolean
  /** By this phone's clock. */
  at: string
}

const made = new Map<string, readonly Check[]>()

/** Newest first. */
export const checksOf = (gatheringId: string): readonly Check[] => made.get(gatheringId) ?? []

/** Takes a check, in place of one with the same id. */
export function keepCheck(gatheringId: string, check: Check): void {
  made.set(gatheringId, [check, ...checksOf(gatheringId).filter(({ id }) => id !== check.id)])
}

export function dropCheck(gatheringId: string, checkId: string): void {
  made.set(
    gatheringId,
    checksOf(gatheringId).filter(({ id }) => id !== checkId),
  )
}

interface Sent {
  presented: string
  deviceAt: string
  admitted: boolean
}

/** Checks of a gathering that wait to be sent. */
export const waitingOf = (waiting: readonly Waiting[], gatheringId: string): (Sent & { id: string })[] =>
  waiting
    .filter(({ operation, params }) => operation === putDoorCheck.id && params['gatheringId'] === gatheringId)
    .map(({ params, body }) => ({ ...(body as Sent), id: params['checkId'] ?? '' }))

/** What a verdict says of whose pass it was. */
export const whoIn = ({ pass }: Verdict): Pick<Check, 'copyId' | 'name' | 'branch'> => ({
  copyId: pass?.copyId,
  name: pass?.name ?? '',
  branch: pass?.branch ?? '',
})
