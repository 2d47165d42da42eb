import { showDay, showMoment, showTime } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { Attendance } from './Attendance.tsx'
import { stateMarks } from './marks.ts'
import { Region } from '../Region.tsx'
import type { GatheringRecord } from './record.ts'

/** A record shows what was decided and whether it was valid, never who was absent and why. */
export function Gathering({ record }: { record: GatheringRecord }) {
  return (
    <>
      <Facts record={record} />
      <Body record={record} />
    </>
  )
}

function Facts({ record }: { record: GatheringRecord }) {
  const t = useT()
  const language = useLanguage()
  const unset = t('screen.record.unset')
  const start = record.actualStart ?? record.plannedStart
  const facts = [
    ['date', showDay(start, language)],
    [
      'time',
      record.actualEnd === null ? showTime(start, language) : `${showTime(start, language)} – ${showTime(record.actualEnd, language)}`,
    ],
    ['place', record.place || unset],
    ['mode', t(`shared.mode.${record.mode}`)],
    ['host', record.hostName || unset],
    ['recorder', record.recorderName || unset],
    ['confirmed', record.confirmedByName || unset],
  ] as const
  return (
    <Region className="record-facts" label={record.organisationName}>
      <p className="record-state">
        <i aria-hidden="true">{stateMarks[record.state]}</i> {t(`shared.state.${record.state}`)}
      </p>
      <p className="record-kinds">{record.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' · ')}</p>
      {record.lateEntry && <p className="late">▲ {t('screen.record.late', { reason: record.lateReason })}</p>}
      {record.cancelReason !== '' && <p className="quiet">{record.cancelReason}</p>}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`screen.record.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {record.digest !== null && (
        <>
          <h2>{t('screen.record.digest')}</h2>
          <code>{record.digest.match(/.{1,8}/g)?.join(' ')}</code>
          <p className="quiet">{t('screen.record.digestNote')}</p>
        </>
      )}
    </Region>
  )
}

function Body({ record }: { record: GatheringRecord }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  return (
    <Region className="record-body" label={record.title}>
      <Attendance record={record} />
      {record.verdicts.map((verdict) => (
        <p key={verdict.segmentId} className="verdict">
          <b className={verdict.valid ? 'ok' : 'late'}>
            {verdict.valid ? '✓' : '▲'} {t(`shared.kind.${verdict.kind}`)}{' '}
            {t(verdict.valid ? 'screen.record.valid' : 'screen.record.invalid')}
          </b>
          <span>{say(verdict.sentence)}</span>
        </p>
      ))}
      <h2>{t('screen.record.agenda')}</h2>
      {record.agenda.length === 0 ? (
        <p className="quiet">{t('screen.record.noAgenda')}</p>
      ) : (
        <ol>
          {record.agenda.map(({ id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ol>
      )}
      <h2>{t('screen.record.resolutions')}</h2>
      {record.resolutions.length === 0 && <p className="quiet">{t('screen.record.noResolutions')}</p>}
      {record.resolutions.map((resolution) => (
        <div key={`${resolution.itemId} ${resolution.title}`} className="verdict">
          <b className={resolution.passed ? 'ok' : 'late'}>
            {resolution.passed ? '✓' : '▲'} {resolution.title} {t(resolution.passed ? 'screen.record.passed' : 'screen.record.notPassed')}
          </b>
          <span>
            {t('screen.record.votes', { agree: resolution.agree, against: resolution.against, abstain: resolution.abstain })} ·{' '}
            {say(resolution.sentence)}
          </span>
        </div>
      ))}
      <h2>{t('screen.record.minutes')}</h2>
      <p className="minutes">{record.minutes || t('screen.record.noMinutes')}</p>
      {record.amendments.length > 0 && <h2>{t('screen.record.amendments')}</h2>}
      {record.amendments.map((amendment) => (
        <p key={amendment.id}>
          <span className="quiet">
            {showMoment(amendment.at, language)} {amendment.byName} · {amendment.reason}
          </span>
          <br />
          <del>{amendment.old}</del> <ins>{amendment.new}</ins>
        </p>
      ))}
    </Region>
  )
}
