/** One gathering in a list: the day, what it is, where, its state, and for me the one thing to do. */
import { Link } from 'wouter'
import { dayOf, showTime } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { type Attendance, type GatheringRow, pathOf } from '../meeting/gathering.ts'
import { Mine } from '../meeting/Mine.tsx'
import { StateWord } from '../meeting/StateWord.tsx'
import { showWeekday } from '../parts/days.ts'

interface GatheringCardProps {
  gathering: GatheringRow
  my?: Attendance | null | undefined
  /** The branch is named where gatherings of several branches stand together. */
  named?: boolean
  /** The shortest way to the one thing to do. */
  action?: { name: string; href: string; quiet?: boolean } | undefined
}

export function GatheringCard({ gathering, my, named = false, action }: GatheringCardProps) {
  const t = useT()
  const language = useLanguage()
  const day = dayOf(new Date(gathering.plannedStart))
  const kinds = gathering.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' + ')
  const counted = gathering.state !== 'PLANNED' && gathering.expected > 0 && gathering.state !== 'CANCELLED'
  return (
    <article className="card meeting-card">
      <div className="day" aria-hidden="true">
        <b>{Number(day.slice(8))}</b>
        <span>{showWeekday(day, language)}</span>
      </div>
      <div className="meeting-words">
        <h3>
          <Link href={pathOf(gathering)} className="cover">
            {gathering.title}
          </Link>
        </h3>
        <p>
          <span className="unseen">{t('mobile.meetings.dayUnseen', { month: Number(day.slice(5, 7)), day: Number(day.slice(8)) })} </span>
          {showTime(gathering.plannedStart, language)} · {gathering.place === '' ? t(`shared.mode.${gathering.mode}`) : gathering.place}
        </p>
        {kinds !== gathering.title && <p className="quiet">{kinds}</p>}
        {named && <p className="quiet">{gathering.organisationName}</p>}
        <p className="meeting-state">
          <StateWord state={gathering.state} late={gathering.lateEntry} />
          {counted && (
            <span className="quiet">{t('mobile.meetings.counted', { present: gathering.present, expected: gathering.expected })}</span>
          )}
          {my !== null && my !== undefined && my.state !== 'EXPECTED' && <Mine my={my} />}
        </p>
        {action !== undefined && (
          <Link href={action.href} className={action.quiet === true ? 'button outline small' : 'button small'}>
            {action.name}
          </Link>
        )}
      </div>
    </article>
  )
}
