import { Button } from 'antd'
import { Link } from 'wouter'
import { showDay, showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { pathToGathering } from '../frame/address.ts'
import { Mark } from '../list/Mark.tsx'
import type { Organisation } from '../organisation/OrganisationPage.tsx'
import { type Row, stateTones } from './GatheringList.tsx'

interface DayPaneProps {
  organisation: Organisation
  day: string
  gatherings: readonly Row[]
  onPlan: ((day: string) => void) | undefined
}

/** The gatherings of one day. */
export function DayPane({ organisation, day, gatherings, onPlan }: DayPaneProps) {
  const t = useT()
  const language = useLanguage()
  return (
    <>
      {gatherings.length === 0 && <p className="quiet">{t('console.calendar.nothing', { day: showDay(day, language) })}</p>}
      <ul className="day">
        {[...gatherings].reverse().map((row) => (
          <li key={row.id}>
            <Link href={pathToGathering(organisation.id, row)}>
              <time>{showTime(row.plannedStart, language)}</time> <b>{row.title}</b>
            </Link>
            <p>{row.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' · ')}</p>
            <p className="quiet">
              {row.organisationName}
              {row.place !== '' && ` · ${row.place}`}
            </p>
            <p>
              <Mark tone={stateTones[row.state]}>{t(`shared.state.${row.state}`)}</Mark>
              {row.expected > 0 && <span className="quiet"> {t('console.gathering.headsOf', { present: row.present, expected: row.expected })}</span>}
            </p>
          </li>
        ))}
      </ul>
      {onPlan && (
        <Button type="primary" onClick={() => onPlan(day)}>
          {t('console.calendar.plan')}
        </Button>
      )}
    </>
  )
}
