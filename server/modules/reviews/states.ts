/**
 * The review of a branch for a year, each transition named.
 *
 * PREPARING  the meeting is prepared: study, talks, opinions of others, everybody's own look at themselves.
 * RATING     the roster is fixed; members write about themselves and put their ballots in the box, paper is tallied.
 * OPINION    the box was opened and emptied; the organisation writes grade and opinion of each.
 * CLOSED     each member has a letter; only amendments from now on.
 */
import type { z } from 'zod'
import type { Review } from '#contract/reviews'
import { DomainError } from '#platform'

export type State = z.output<typeof Review>['state']

const words: Record<State, { zh: string; en: string }> = {
  PREPARING: { zh: '准备中', en: 'being prepared' },
  RATING: { zh: '评议中', en: 'open for ratings' },
  OPINION: { zh: '写评定意见', en: 'waiting for the opinions' },
  CLOSED: { zh: '已结束', en: 'closed' },
}

const transitions = {
  prepare: { from: ['PREPARING', 'RATING', 'OPINION'], zh: '改会前准备', en: 'change the preparation' },
  open: { from: ['PREPARING'], zh: '开始评议', en: 'open the ratings' },
  assess: { from: ['PREPARING', 'RATING'], zh: '写自评', en: 'write a self-assessment' },
  cast: { from: ['RATING'], zh: '投票', en: 'cast a ballot' },
  tally: { from: ['RATING', 'OPINION'], zh: '录入票数', en: 'enter tallies' },
  count: { from: ['RATING'], zh: '计票', en: 'count' },
  opine: { from: ['OPINION'], zh: '写评定意见', en: 'write an opinion' },
  close: { from: ['OPINION'], zh: '结束评议', en: 'close the review' },
  amend: { from: ['CLOSED'], zh: '更正', en: 'amend' },
} as const satisfies Record<string, { from: readonly State[]; zh: string; en: string }>

/** @throws DomainError WRONG_STATE saying in which states it is possible */
export function require(transition: keyof typeof transitions, state: State): void {
  const { from, zh, en } = transitions[transition]
  if ((from as readonly State[]).includes(state)) return
  throw new DomainError('WRONG_STATE', {
    sentence: {
      zh: `这次评议现在是“${words[state].zh}”，不能${zh}。只有${from.map((s) => `“${words[s].zh}”`).join('、')}时可以。`,
      en: `This review is ${words[state].en}; one can ${en} only while it is ${from.map((s) => words[s].en).join(', ')}.`,
    },
  })
}
