/** Answers what pages ask from what this device keeps, with the acts that still wait already done. */
import { listDuties } from '#contract/duties'
import { me as meOperation } from '#contract/identity'
import { getGathering, listGatherings, listMyGatherings } from '#contract/meetings'
import { listMembers } from '#contract/members'
import { listNotifications } from '#contract/notifications'
import type { Operation, ReturnsOf } from '#contract/operation'
import { getPlanBasis } from '#contract/plans'
import { keyOf } from '#contract/sync'
import { dayOf } from '../dates.ts'
import type { Entry, Fresh, ReceiptOf, Waiting } from './exchange.ts'
import { type Around, isAbout, type People, predict, type Whole } from './predict.ts'

/** What is kept, by post and key. */
export type Kept = ReadonlyMap<string, ReadonlyMap<string, Entry>>

export interface Asked {
  params?: Record<string, string>
  query?: Record<string, unknown>
}

type Member = ReturnsOf<typeof listMembers>['items'][number]

/** One device's view of what it keeps. */
export class Shelf {
  readonly #kept: Kept
  readonly #waiting: readonly Waiting[]
  readonly #postId: string

  /** @param postId the post the person acts in; empty without one */
  constructor(kept: Kept, waiting: readonly Waiting[], postId: string) {
    this.#kept = kept
    this.#waiting = waiting
    this.#postId = postId
  }

  /** The answer, or undefined when nothing is kept for this question. */
  answer(operation: Operation, asked: Asked): unknown {
    const { params = {}, query = {} } = asked
    switch (operation.id) {
      case getGathering.id:
        return this.gathering(params['gatheringId'] ?? '', params)
      case listGatherings.id:
        return this.#gatherings(params['organisationId'] ?? '', query)
      case listMyGatherings.id:
        return this.#mine(query)
      case listDuties.id:
        return this.#duties(params, query)
      case getPlanBasis.id:
        return this.#basis(params, query)
      case listNotifications.id:
        return this.#notices(query)
      case meOperation.id:
        return this.#me()
      default:
        return this.#exact(operation.id, params, query) ?? this.#exact(operation.id, params, {})
    }
  }

  #exact(operation: string, params: Record<string, string>, query: Record<string, unknown>): unknown {
    return this.#kept.get(this.#postId)?.get(keyOf({ operation, params, query }))?.answer
  }

  /** Who this is does not depend on the post. */
  #me(): unknown {
    for (const entries of this.#kept.values()) {
      const found = entries.get(keyOf({ operation: meOperation.id }))
      if (found !== undefined) return found.answer
    }
    return undefined
  }

  /** One gathering as it will be; `known` is a fresher answer than the one kept. */
  gathering(gatheringId: string, params: Record<string, string>, known?: Whole): Whole | undefined {
    const kept = known ?? (this.#exact(getGathering.id, params, {}) as Whole | undefined)
    const organisationId = params['organisationId'] ?? ''
    const acts = this.#waiting.filter((act) => isAbout(act, gatheringId))
    return acts.length === 0 ? kept : predict(kept, acts, this.#around(organisationId))
  }

  #people(organisationId: string): People {
    const list = this.#exact(listMembers.id, { organisationId }, { limit: 200 }) as { items: Member[] } | undefined
    return (list?.items ?? []).map(({ id, name, stage }) => ({
      memberId: id,
      name,
      hasVote: stage === 'FULL',
      probationary: stage !== 'FULL',
    }))
  }

  #around(organisationId: string): Around {
    const who = this.#me() as ReturnsOf<typeof meOperation> | undefined
    const member = who?.member ?? undefined
    return {
      people: this.#people(organisationId),
      organisationName: who?.posts.find((post) => post.organisationId === organisationId)?.organisationName ?? '',
      me: who === undefined || member === undefined ? undefined : { memberId: member.memberId, name: who.name },
    }
  }

  /** Every gathering kept for a post, as it will be, and those planned on this device only; newest first. */
  #all(postId: string): Whole[] {
    const found = new Map<string, Whole>()
    for (const { operation, params, answer } of this.#kept.get(postId)?.values() ?? []) {
      if (operation !== getGathering.id) continue
      const whole = this.gathering(params['gatheringId'] ?? '', params, answer as Whole)
      if (whole !== undefined) found.set(whole.id, whole)
    }
    if (postId === this.#postId) {
      for (const { params } of this.#waiting) {
        const { gatheringId } = params
        if (gatheringId === undefined || found.has(gatheringId)) continue
        const whole = this.gathering(gatheringId, params)
        if (whole !== undefined) found.set(whole.id, whole)
      }
    }
    return [...found.values()].sort((a, b) => b.plannedStart.localeCompare(a.plannedStart) || b.id.localeCompare(a.id))
  }

  #gatherings(organisationId: string, query: Record<string, unknown>): unknown {
    if (this.#kept.get(this.#postId) === undefined) return undefined
    const { from = '', until = '9999', kind, state, q = '', limit = 50 } = query as Record<string, string | undefined> & { limit?: number }
    const items = this.#all(this.#postId).filter((row) => {
      const day = dayOf(new Date(row.plannedStart))
      const fits = kind === undefined || row.segments.some((segment) => segment.kind === kind)
      return (
        row.organisationId === organisationId &&
        day >= from &&
        day <= until &&
        fits &&
        (state === undefined || row.state === state) &&
        row.title.includes(q)
      )
    })
    return { items: items.slice(0, limit), next: null }
  }

  #mine(query: Record<string, unknown>): unknown {
    const who = this.#me() as ReturnsOf<typeof meOperation> | undefined
    if (who === undefined) return undefined
    const { month, limit = 60 } = query as { month?: string; limit?: number }
    const memberId = who.member?.memberId
    const rows = new Map<string, Whole & { my: Whole['roster'][number] | null }>()
    // The post in use speaks last: it knows what this device has done.
    for (const postId of [...this.#kept.keys()].filter((id) => id !== this.#postId).concat(this.#postId)) {
      for (const whole of this.#all(postId)) {
        const my = whole.roster.find((row) => row.memberId === memberId)
        if (my !== undefined) rows.set(whole.id, { ...whole, my })
      }
    }
    const items = [...rows.values()]
      .filter(({ plannedStart }) => month === undefined || dayOf(new Date(plannedStart)).startsWith(month))
      .sort((a, b) => b.plannedStart.localeCompare(a.plannedStart))
      .slice(0, limit)
    const past = items.filter(({ state, my }) => (state === 'CONFIRMED' || state === 'ARCHIVED') && my?.expected === true)
    return { items, expected: past.length, present: past.filter(({ my }) => my?.state.startsWith('PRESENT') === true).length }
  }

  #duties(params: Record<string, string>, query: Record<string, unknown>): unknown {
    const kept = this.#exact(listDuties.id, params, {}) as ReturnsOf<typeof listDuties> | undefined
    if (kept === undefined) return undefined
    const { from = '', until = '9999', state, ruleId } = query as Record<string, string | undefined>
    const items = kept.items.filter(
      (duty) =>
        duty.periodEnd >= from &&
        duty.periodStart <= until &&
        (state === undefined || duty.state === state) &&
        (ruleId === undefined || duty.ruleId === ruleId),
    )
    return { items, next: null }
  }

  #basis(params: Record<string, string>, query: Record<string, unknown>): unknown {
    const kept = this.#exact(getPlanBasis.id, params, {}) as ReturnsOf<typeof getPlanBasis> | undefined
    if (kept === undefined) return undefined
    const { from = '', until = '9999' } = query as Record<string, string | undefined>
    return { ...kept, kits: kept.kits.filter(({ month }) => month >= from && month <= until) }
  }

  #notices(query: Record<string, unknown>): unknown {
    const kept = this.#exact(listNotifications.id, {}, { limit: 30 }) as ReturnsOf<typeof listNotifications> | undefined
    if (kept === undefined) return undefined
    const { limit = 50, cursor } = query as { limit?: number; cursor?: string }
    return { ...kept, items: cursor === undefined ? kept.items.slice(0, limit) : [], next: null }
  }

  /**
   * What is known of the gathering after an act has arrived: the platform's answer, or what the act changed here.
   * @param answer what the operation answered; null when that is not known
   */
  after(act: Waiting, receipt: { outcome: ReceiptOf['outcome']; answer: unknown }): Fresh | undefined {
    const { organisationId, gatheringId } = act.params
    if (organisationId === undefined || gatheringId === undefined) return undefined
    const params = { organisationId, gatheringId }
    const key = keyOf({ operation: getGathering.id, params })
    const postId = act.postId ?? ''
    const kept = this.#kept.get(postId)?.get(key)?.answer as Whole | undefined
    const whole = isWhole(receipt.answer)
      ? receipt.answer
      : receipt.outcome === 'DONE'
        ? predict(kept, [act], this.#around(organisationId))
        : undefined
    return whole === undefined ? undefined : { postId, key, entry: { operation: getGathering.id, params, query: {}, answer: whole } }
  }
}

const isWhole = (answer: unknown): answer is Whole =>
  typeof answer === 'object' && answer !== null && 'roster' in answer && 'segments' in answer
