import { useT } from '../../shared/i18n.ts'
import { attendanceOf } from './parts.ts'
import type { GatheringRecord } from './record.ts'

/** 应到 and 实到 as one bar: how many, never who. */
export function Attendance({ record }: { record: GatheringRecord }) {
  const t = useT()
  const parts = attendanceOf(record)
  return (
    <section className="attendance" aria-label={t('screen.record.attendance')}>
      <p className="attendance-sum">
        {t('screen.record.present')} <b>{record.present}</b> / {t('screen.record.expected')} <b>{record.expected}</b>{' '}
        {t('screen.unit.people')}
      </p>
      <div className="bar" aria-hidden="true">
        {parts.map(({ part, people }) => (
          <i key={part} className={`bar-${part}`} style={{ flexGrow: people }} />
        ))}
      </div>
      <ul>
        {parts.map(({ part, people }) => (
          <li key={part}>
            <i className={`bar-${part}`} aria-hidden="true" />
            {t(`screen.part.${part}`)} {people}
          </li>
        ))}
      </ul>
      <p className="quiet">{t('screen.record.privacy')}</p>
    </section>
  )
}
