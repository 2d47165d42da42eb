import { dayOf, momentAt, timeOf } from '../../shared/dates.ts'
import { useT } from '../../shared/i18n.ts'
import { DayField } from './DayField.tsx'
import { TimeField } from './TimeField.tsx'

interface MomentFieldProps {
  value: string
  onMoment: (moment: string) => void
  id?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string | undefined
}

/** A moment as a day and a clock time of Asia/Shanghai. */
export function MomentField({ value, onMoment, ...rest }: MomentFieldProps) {
  const t = useT()
  const day = dayOf(new Date(value))
  const time = timeOf(value)
  return (
    <span className="moment-field">
      <DayField {...rest} value={day} onDay={(next) => next !== null && onMoment(momentAt(next, time))} />
      <TimeField aria-label={t('console.day.time')} value={time} onTime={(next) => onMoment(momentAt(day, next))} />
    </span>
  )
}
