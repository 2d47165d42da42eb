import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { listGatherings } from '#contract/meetings'
import { dayOf } from '../../shared/dates.ts'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { monthAfter, weeksOf } from '../field/days.ts'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { Beside } from '../list/Beside.tsx'
import type { Organisation } from '../organisation/OrganisationPage.tsx'
import { DayPane } from './DayPane.tsx'
import { asked } from './GatheringList.tsx'
import type { Filter } from './GatheringsPage.tsx'
import { Month } from './Month.tsx'

/** As many as one page holds; more are in the list. */
const most = 200

interface CalendarProps {
  organisation: Organisation
  filter: Filter
  /** Plans a gathering on a day; absent when the post may not. */
  onPlan: ((day: string) => void) | undefined
}

/** A month of gatherings; the chosen day opens beside it. */
export function Calendar({ organisation, filter, onPlan }: CalendarProps) {
  const t = useT()
  const address = useAddress()
  const today = dayOf(new Date())
  const day = address.get('day')
  const month = address.get('month') ?? (day ?? today).slice(0, 7)
  const days = weeksOf(month).flat()
  const found = useOperation(
    listGatherings,
    { params: { organisationId: organisation.id }, query: { ...asked(filter), from: days[0], until: days.at(-1), limit: most } },
    { keep: true },
  )
  const show = (to: string) => address.set({ month: to, day: undefined })
  const list = (
    <>
      <div className="calendar-head">
        <Button icon={<LeftOutlined aria-hidden />} aria-label={t('console.calendar.before')} onClick={() => show(monthAfter(month, -1))} />
        <h2 aria-live="polite">{t('console.calendar.month', { year: month.slice(0, 4), month: Number(month.slice(5)) })}</h2>
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('console.calendar.after')} onClick={() => show(monthAfter(month, 1))} />
        <Button onClick={() => address.set({ month: undefined, day: undefined })}>{t('console.calendar.today')}</Button>
        <span className="quiet">{t('console.calendar.help')}</span>
      </div>
      <Answer asked={found}>
        {({ items, next }) => (
          <>
            {next !== null && <p className="note">{t('console.calendar.tooMany', { most })}</p>}
            <Month
              month={month}
              gatherings={items}
              chosen={day}
              named={organisation.children > 0}
              onMonth={show}
              onDay={(chosen) => address.set({ day: chosen, month: chosen.slice(0, 7) })}
              onPlan={onPlan}
            />
          </>
        )}
      </Answer>
    </>
  )
  const record =
    day === undefined
      ? null
      : {
          key: day,
          title: day,
          body: <DayPane organisation={organisation} day={day} gatherings={found.data?.items.filter((row) => dayOf(new Date(row.plannedStart)) === day) ?? []} onPlan={onPlan} />,
        }
  return <Beside list={list} record={record} onClose={() => address.set({ day: undefined })} />
}
