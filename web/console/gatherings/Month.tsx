import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { dayOf, showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useToday } from '../field/today.ts'
import { dayAfter, monthAfter, weeksOf } from '../field/days.ts'
import { type Row, stateTones } from './rows.ts'

/** Lines in a day before the rest is only counted. */
const linesInDay = 3
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

interface MonthProps {
  month: string
  gatherings: readonly Row[]
  chosen: string | undefined
  /** Says whose gathering it is, when there are many organisations. */
  named: boolean
  onMonth: (month: string) => void
  onDay: (day: string) => void
  onPlan: ((day: string) => void) | undefined
}

/** The month as a grid of days: arrows move by day and week, PageUp and PageDown by month, Enter opens the day, N plans on it. */
export function Month({ month, gatherings, chosen, named, onMonth, onDay, onPlan }: MonthProps) {
  const t = useT()
  const language = useLanguage()
  const grid = useRef<HTMLTableElement>(null)
  const today = useToday()
  const [active, setActive] = useState(chosen ?? (today.startsWith(month) ? today : `${month}-01`))
  const moved = useRef(false)
  const current = active.startsWith(month) ? active : `${month}-01`
  const byDay = Map.groupBy(gatherings.toReversed(), (row) => dayOf(new Date(row.plannedStart)))
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${current}"]`)?.focus()
    moved.current = false
  }, [current])

  function onKey(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }
    const step = steps[event.key]
    const months = { PageDown: 1, PageUp: -1 }[event.key]
    if (step !== undefined || months !== undefined) {
      const to = months === undefined ? dayAfter(current, step ?? 0) : `${monthAfter(month, months)}-01`
      moved.current = true
      setActive(to)
      if (!to.startsWith(month)) onMonth(to.slice(0, 7))
      else if (chosen !== undefined) onDay(to)
    } else if (event.key === 'Enter') onDay(current)
    else if (event.key.toLowerCase() === 'n' && onPlan && !event.ctrlKey && !event.metaKey) onPlan(current)
    else return
    event.preventDefault()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- days take the focus and keys: a grid
    <table className="month" role="grid" aria-label={t('console.gatherings.calendar')} ref={grid} onKeyDown={onKey}>
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              {t(`console.weekday.${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const rows = byDay.get(day) ?? []
              return (
                <td
                  key={day}
                  data-day={day}
                  tabIndex={day === current ? 0 : -1}
                  aria-selected={day === chosen}
                  aria-label={t('console.calendar.day', { day, count: rows.length })}
                  data-other={day.startsWith(month) ? undefined : ''}
                  data-today={day === today ? '' : undefined}
                  onFocus={() => day.startsWith(month) && setActive(day)}
                  onClick={() => onDay(day)}
                >
                  <span className="month-day">{Number(day.slice(8))}</span>
                  {rows.slice(0, linesInDay).map((row) => (
                    <span className="month-line" key={row.id} data-tone={stateTones[row.state]} data-state={row.state}>
                      <time>{showTime(row.plannedStart, language)}</time> {named ? `${row.organisationName} ${row.title}` : row.title}
                    </span>
                  ))}
                  {rows.length > linesInDay && (
                    <span className="month-rest">{t('console.calendar.rest', { count: rows.length - linesInDay })}</span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
