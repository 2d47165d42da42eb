import { Button } from 'antd'
import { Link } from 'wouter'
import { listGatherings } from '#contract/meetings'
import { showDay, showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { Answer } from '../frame/Answer.tsx'
import { pathToGathering } from '../frame/address.ts'
import { Mark } from '../list/Mark.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { asked, type Filter, type Row, stateTones } from './rows.ts'

interface DayPaneProps {
  organisation: Organisation
  filter: Filter
  day: string
  onPlan: ((day: string) => void) | undefined
}

/** The gatherings of one day, earliest first. */
export function DayPane({ organisation, filter, day, onPlan }: DayPaneProps) {
  const t = useT()
  const language = useLanguage()
  const query = { ...asked(filter), from: day, until: day, limit: 100 }
  const found = usePages(listGatherings, { params: { organisationId: organisation.id }, query })
  return (
    <>
      {onPlan && (
        <Button type="primary" onClick={() => onPlan(day)}>
          {t('console.calendar.plan')}
        </Button>
      )}
      <Answer asked={{ ...found, data: found.data?.pages }}>
        {(pages) => {
          const rows = pages.flatMap((page) => page.items).toReversed()
          if (rows.length === 0) return <p className="quiet">{t('console.calendar.nothing', { day: showDay(day, language) })}</p>
          return (
            <ul className="day">
              {rows.map((row) => (
                <OfDay key={row.id} row={row} selectedId={organisation.id} />
              ))}
            </ul>
          )
        }}
      </Answer>
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{t('console.more')}</Button>}
    </>
  )
}

function OfDay({ row, selectedId }: { row: Row; selectedId: string }) {
  const t = useT()
  const language = useLanguage()
  return (
    <li>
      <Link href={pathToGathering(selectedId, row)}>
        <time>{showTime(row.plannedStart, language)}</time> <b>{row.title}</b>
      </Link>
      <p>{row.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' · ')}</p>
      <p className="quiet">
        {row.organisationName}
        {row.place !== '' && ` · ${row.place}`}
      </p>
      <p>
        <Mark tone={stateTones[row.state]}>{t(`shared.state.${row.state}`)}</Mark>
        {row.expected > 0 && (
          <span className="quiet"> {t('console.gathering.headsOf', { present: row.present, expected: row.expected })}</span>
        )}
      </p>
    </li>
  )
}
