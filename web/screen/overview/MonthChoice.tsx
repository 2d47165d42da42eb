import { useLanguage, useT } from '../../shared/i18n.ts'
import { monthAfter, monthName, thisMonth } from '../gathering/month.ts'

interface MonthChoiceProps {
  month: string
  /** Undefined means the month we are in, whichever that is by then. */
  onMonth: (month: string | undefined) => void
}

/** Back and forth by one month; the current month stays live. */
export function MonthChoice({ month, onMonth }: MonthChoiceProps) {
  const t = useT()
  const language = useLanguage()
  const latest = thisMonth()
  const go = (to: string) => onMonth(to >= latest ? undefined : to)
  return (
    <div className="month" role="group" aria-label={t('screen.month.label')}>
      <button type="button" aria-label={t('screen.month.earlier')} onClick={() => go(monthAfter(month, -1))}>
        ‹
      </button>
      <span>{monthName(month, language, true)}</span>
      <button type="button" aria-label={t('screen.month.later')} disabled={month >= latest} onClick={() => go(monthAfter(month, 1))}>
        ›
      </button>
    </div>
  )
}
