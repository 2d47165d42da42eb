/** What a duty says on the home page, for the eye and for the ear. */
import type { Language, useSay, useT } from '../../shared/i18n.ts'
import { showShortDay } from '../parts/days.ts'
import { periodName } from '../parts/period.ts'
import type { Duty, wayOf } from './duties.ts'

interface Speech {
  t: ReturnType<typeof useT>
  say: ReturnType<typeof useSay>
  language: Language
}

export function dutyWords(duty: Duty, way: ReturnType<typeof wayOf>, { t, say, language }: Speech) {
  const name = duty.kind === null ? duty.ruleName : t(`shared.kind.${duty.kind}`)
  const day = showShortDay(duty.periodEnd, language)
  return {
    title:
      way === undefined ? name : t('mobile.duty.lacking', { period: periodName(duty.period, t), count: duty.required - duty.done, name }),
    by: duty.period === '-' ? '' : t(duty.state === 'MISSED' ? 'mobile.duty.was' : 'mobile.duty.by', { day }),
    how:
      way === undefined || way.how === 'PLAN'
        ? say(duty.why)
        : t(`mobile.duty.way.${way.how}`, { day: showShortDay(way.gathering.day, language), title: way.gathering.title }),
  }
}
