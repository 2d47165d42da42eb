/**
 * The life of a gathering (domain.md §2.2), each transition named.
 *
 * PLANNED       the secretary or recorder has set time, place and agenda; nobody has been told.
 * NOTIFIED      members have been told and may ask for leave.
 * POSTPONED     told that the time changed; may be notified again or started.
 * IN_PROGRESS   the roster of the day is fixed; roll-call and sign-in are open.
 * DRAFT_MINUTES the record is written; roll-call may still be corrected.
 * CONFIRMED     a second person has confirmed; only amendments from now on.
 * ARCHIVED      filed.
 * CANCELLED     called off with a reason; never counts.
 */
import type { z } from 'zod'
import type { Gathering } from '#contract/meetings'
import { DomainError } from '#platform'

export type State = z.output<typeof Gathering>['state']

const words: Record<State, { zh: string; en: string }> = {
  PLANNED: { zh: '已安排', en: 'planned' },
  NOTIFIED: { zh: '已通知', en: 'notified' },
  POSTPONED: { zh: '已延期', en: 'postponed' },
  IN_PROGRESS: { zh: '进行中', en: 'in progress' },
  DRAFT_MINUTES: { zh: '记录待确认', en: 'waiting for confirmation' },
  CONFIRMED: { zh: '已确认', en: 'confirmed' },
  ARCHIVED: { zh: '已归档', en: 'archived' },
  CANCELLED: { zh: '已取消', en: 'cancelled' },
}

export const transitions = {
  plan: { from: ['PLANNED', 'NOTIFIED', 'POSTPONED'], zh: '修改安排', en: 'change the plan' },
  notify: { from: ['PLANNED', 'POSTPONED'], zh: '发通知', en: 'notify' },
  start: { from: ['PLANNED', 'NOTIFIED', 'POSTPONED'], zh: '开始', en: 'start' },
  attend: { from: ['IN_PROGRESS', 'DRAFT_MINUTES'], zh: '点名', en: 'call the roll' },
  leave: { from: ['NOTIFIED', 'POSTPONED', 'IN_PROGRESS'], zh: '请假', en: 'ask for leave' },
  answer: { from: ['NOTIFIED', 'POSTPONED'], zh: '回复通知', en: 'answer the notice' },
  contribute: { from: ['NOTIFIED', 'POSTPONED', 'IN_PROGRESS', 'DRAFT_MINUTES', 'CONFIRMED'], zh: '发言', en: 'contribute' },
  record: { from: ['IN_PROGRESS', 'DRAFT_MINUTES'], zh: '写记录', en: 'write the record' },
  sign: { from: ['DRAFT_MINUTES'], zh: '签名', en: 'sign' },
  check: { from: ['DRAFT_MINUTES'], zh: '检查记录', en: 'check the record' },
  confirm: { from: ['DRAFT_MINUTES'], zh: '确认', en: 'confirm' },
  archive: { from: ['CONFIRMED'], zh: '归档', en: 'archive' },
  cancel: { from: ['PLANNED', 'NOTIFIED', 'POSTPONED'], zh: '取消', en: 'cancel' },
  postpone: { from: ['PLANNED', 'NOTIFIED', 'POSTPONED'], zh: '延期', en: 'postpone' },
  amend: { from: ['CONFIRMED', 'ARCHIVED'], zh: '更正', en: 'amend' },
} as const satisfies Record<string, { from: readonly State[]; zh: string; en: string }>

/** @throws DomainError WRONG_STATE saying in which states it is possible */
export function require(transition: keyof typeof transitions, state: State): void {
  const { from, zh, en } = transitions[transition]
  if ((from as readonly State[]).includes(state)) return
  throw new DomainError('WRONG_STATE', {
    sentence: {
      zh: `这次活动现在是“${words[state].zh}”，不能${zh}。只有${from.map((s) => `“${words[s].zh}”`).join('、')}时可以。`,
      en: `This gathering is ${words[state].en}; one can ${en} only while ${from.map((s) => words[s].en).join(', ')}.`,
    },
  })
}
