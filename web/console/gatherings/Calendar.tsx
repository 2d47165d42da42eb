import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect } from 'react'
import { listGatherings } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { monthAfter, weeksOf } from '../field/days.ts'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { Beside } from '../list/Beside.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { DayPane } from './DayPane.tsx'
import { asked, type Filter } from './rows.ts'
import { Month } from './Month.tsx'

const pageSize = 200
/** A month is read page by page up to here; a committee with more looks at a day, or at one below. */
const mostPages = 5

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
  const today = useToday()
  const day = address.get('day')
  const month = address.get('month') ?? (day ?? today).slice(0, 7)
  const days = weeksOf(month).flat()
  const query = { ...asked(filter), from: days[0], until: days.at(-1), limit: pageSize }
  const found = usePages(listGatherings, { params: { organisationId: organisation.id }, query })
  const { hasNextPage, isFetching, fetchNextPage } = found
  const pages = found.data?.pages.length ?? 0
  useEffect(() => {
    if (hasNextPage && !isFetching && pages < mostPages) void fetchNextPage()
  }, [hasNextPage, isFetching, pages, fetchNextPage])
  const show = (to: string) => address.set({ month: to, day: undefined })
  const list = (
    <>
      <div className="calendar-head">
        <Button icon={<LeftOutlined aria-hidden />} aria-label={t('console.calendar.before')} onClick={() => show(monthAfter(month, -1))} />
        <h2 aria-live="polite">{t('console.calendar.month', { year: month.slice(0, 4), month: Number(month.slice(5)) })}</h2>
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('console.calendar.after')} onClick={() => show(monthAfter(month, 1))} />
        <Button onClick={() => address.set({ month: undefined, day: undefined })}>{t('console.calendar.today')}</Button>
        <span className="quiet">{t(onPlan ? 'console.calendar.helpPlan' : 'console.calendar.help')}</span>
      </div>
      <Answer asked={{ ...found, data: found.data?.pages }}>
        {(read) => (
          <>
            {hasNextPage && pages >= mostPages && <p className="note">{t('console.calendar.tooMany', { most: pageSize * mostPages })}</p>}
            <Month
              month={month}
              gatherings={read.flatMap((page) => page.items)}
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
      : { key: day, title: day, body: <DayPane organisation={organisation} filter={filter} day={day} onPlan={onPlan} /> }
  return <Beside list={list} record={record} onClose={() => address.set({ day: undefined })} />
}
