/** How registrations, clocks and passes are said and marked. */
import type { z } from 'zod'
import type { Clock as ClockShape, passStates, Registration as WholeShape, RegistrationRow } from '#contract/floating'
import { type FloatAction, type FloatState, floatStateWords, floatSteps, lookingFor } from '#rules'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useToday } from '../field/today.ts'
import type { Tone } from '../list/Mark.tsx'

export type Row = z.output<typeof RegistrationRow>
export type Registration = z.output<typeof WholeShape>
export type Clock = z.output<typeof ClockShape>
export type PassState = (typeof passStates)[number]

/** Rules whose clocks run, as the filter names them. */
export const clockRules = [
  'FLOW-ARRIVE',
  'FLOW-CONTACT',
  'FLOW-REPORT',
  'FLOW-TRANSFER',
  'FLOW-PASS-VALID',
  'FLOW-RADAR',
  'MEM-LOST-SUSPEND',
] as const

export const stateTones: Record<FloatState, Tone> = {
  REGISTERED_OUT: 'calm',
  PASS_ISSUED: 'wait',
  REPORTED_IN: 'accent',
  ASSIGNED: 'accent',
  PARTICIPATING: 'ok',
  MOVED: 'wait',
  LOST_CONTACT: 'late',
  RETURNED: 'calm',
  TRANSFERRED: 'calm',
  CLOSED: 'calm',
}

export const passTones: Record<PassState, Tone> = { ACTIVE: 'ok', SUSPENDED: 'wait', REVOKED: 'bad', EXPIRED: 'late', CLOSED: 'calm' }

const over: readonly FloatState[] = ['RETURNED', 'TRANSFERRED', 'CLOSED']
/** Is the member still away? */
export const isAway = ({ state }: { state: FloatState }): boolean => !over.includes(state)

/** A sentence that stands alone begins with a capital letter where the language has them. */
const alone = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const msPerDay = 86_400_000
const daysBetween = (from: string, until: string): number => Math.round((Date.parse(until) - Date.parse(from)) / msPerDay)
/** From so many days on a clock is said to end soon. */
const soonDays = 30

/** An area with its name; where the platform says no more it is called by its prefecture, or by its province. */
export function useAreaWord(): (areaCode: string, name: string) => string {
  const t = useT()
  return (areaCode, name) => {
    if (areaCode.startsWith('53'))
      return name || (/^53(00|$)/.test(areaCode) ? '' : t(`console.floating.prefecture.${areaCode.slice(0, 4)}`))
    const province = t(`console.floating.province.${areaCode.slice(0, 2)}`)
    return name.startsWith(province) ? name : [province, name].filter(Boolean).join(' ')
  }
}

export function useFloatWords() {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const today = useToday()
  return {
    state: (state: FloatState): string => alone(say(floatStateWords[state])),
    step: (action: FloatAction): string => alone(say(floatSteps[action])),
    /** How somebody was reached or looked for. */
    how(kind: string): string {
      const way = lookingFor.find((each) => each.kind === kind)
      return way === undefined ? (kind === 'TALK' ? t('console.floating.how.TALK') : kind) : alone(say(way))
    },
    clock: (ruleId: string): string => t(`console.floating.clock.${ruleId}`),
    /** When a clock ends, in words: late by so many days, soon, or on which day. */
    when({ dueOn, late }: Clock): { text: string; tone: Tone } {
      const days = daysBetween(today, dueOn)
      const day = showDay(dueOn, language)
      if (late) return { text: t('console.floating.late', { count: Math.max(1, -days) }), tone: 'late' }
      if (days <= soonDays)
        return { text: days === 0 ? t('console.floating.dueToday') : t('console.floating.soon', { count: days }), tone: 'wait' }
      return { text: t('console.floating.dueOn', { day }), tone: 'calm' }
    },
  }
}
