import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { monthAfter, weeksOf } from './days.ts'
import { useToday } from './today.ts'

/** One month to pick a day from. */
export function MonthPicker({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const t = useT()
  const [month, setMonth] = useState(day.slice(0, 7))
  const today = useToday()
  return (
    <div className="month-picker">
      <div className="month-picker-head">
        <button type="button" className="icon" aria-label={t('console.calendar.before')} onClick={() => setMonth(monthAfter(month, -1))}>
          <LeftOutlined aria-hidden />
        </button>
        <b aria-live="polite">{month}</b>
        <button type="button" className="icon" aria-label={t('console.calendar.after')} onClick={() => setMonth(monthAfter(month, 1))}>
          <RightOutlined aria-hidden />
        </button>
      </div>
      <div className="month-picker-days">
        {weeksOf(month)
          .flat()
          .map((each) => (
            <button
              key={each}
              type="button"
              aria-label={each}
              aria-pressed={each === day}
              data-other={each.startsWith(month) ? undefined : ''}
              data-today={each === today ? '' : undefined}
              onClick={() => onDay(each)}
            >
              {Number(each.slice(8))}
            </button>
          ))}
      </div>
    </div>
  )
}
