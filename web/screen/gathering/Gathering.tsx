import type { z } from 'zod'
import { getGathering } from '#contract/meetings'
import type { Gathering as GatheringShape } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'

type Record = z.output<typeof GatheringShape>

const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

interface GatheringProps {
  organisationId: string
  gatheringId: string
  language: 'zh' | 'en'
}

/** The record at the end of the way down. It shows what was decided and whether it was valid, never who was absent and why. */
export function Gathering({ organisationId, gatheringId, language }: GatheringProps) {
  const record = useOperation(getGathering, { params: { organisationId, gatheringId } })
  if (record.error) return <Failed problem={record.error} retry={() => void record.refetch()} />
  if (!record.data) return <Loading />
  return (
    <article className="record" data-testid="record">
      <Facts record={record.data} />
      <Body record={record.data} language={language} />
    </article>
  )
}

function Facts({ record }: { record: Record }) {
  const t = useT()
  const unset = t('screen.record.unset')
  const start = moment.format(new Date(record.actualStart ?? record.plannedStart))
  const facts = [
    ['when', record.actualEnd ? `${start} – ${moment.format(new Date(record.actualEnd)).slice(11)}` : start],
    ['place', record.place || unset],
    ['mode', t(`screen.mode.${record.mode}`)],
    ['host', record.hostName || unset],
    ['recorder', record.recorderName || unset],
    ['confirmed', record.confirmedByName || unset],
  ] as const
  return (
    <section className="record-facts" aria-label={record.organisationName}>
      <p className="record-state">{t(`screen.state.${record.state}`)}</p>
      <p>{record.segments.map(({ kind }) => t(`screen.kind.${kind}`)).join(' · ')}</p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`screen.record.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2>{t('screen.record.attendance')}</h2>
      <p>{t('screen.record.attendanceText', attendanceOf(record))}</p>
      <p className="quiet">{t('screen.record.privacy')}</p>
      {record.lateEntry && <p className="late">{t('screen.record.late', { reason: record.lateReason })}</p>}
      {record.digest !== null && (
        <>
          <h2>{t('screen.record.digest')}</h2>
          <code>{record.digest.match(/.{1,16}/g)?.join(' ')}</code>
          <p className="quiet">{t('screen.record.digestNote')}</p>
        </>
      )}
    </section>
  )
}

function attendanceOf({ roster, expected, present }: Record) {
  const inState = (...states: Record['roster'][number]['state'][]) => roster.filter((row) => row.expected && states.includes(row.state)).length
  return {
    expected, present, onsite: inState('PRESENT_ONSITE'), online: inState('PRESENT_ONLINE'),
    leave: inState('LEAVE', 'EXCUSED_LONG_TERM'), absent: inState('ABSENT'),
  }
}

function Body({ record, language }: { record: Record; language: 'zh' | 'en' }) {
  const t = useT()
  return (
    <section className="record-body" aria-label={record.title} tabIndex={0}>
      {record.verdicts.length > 0 && <h2>{t('screen.record.verdicts')}</h2>}
      {record.verdicts.map((verdict) => (
        <p key={verdict.segmentId}>
          <b className={verdict.valid ? 'ok' : 'late'}>{t(verdict.valid ? 'screen.record.valid' : 'screen.record.invalid')}</b> {verdict.sentence[language]}
        </p>
      ))}
      <h2>{t('screen.record.agenda')}</h2>
      {record.agenda.length === 0 ? <p className="quiet">{t('screen.record.noAgenda')}</p> : <ol>{record.agenda.map(({ id, title }) => <li key={id}>{title}</li>)}</ol>}
      <h2>{t('screen.record.resolutions')}</h2>
      {record.resolutions.length === 0 && <p className="quiet">{t('screen.record.noResolutions')}</p>}
      {record.resolutions.map((resolution) => (
        <div key={resolution.itemId} className="resolution">
          <p>
            <b className={resolution.passed ? 'ok' : 'late'}>{t(resolution.passed ? 'screen.record.passed' : 'screen.record.notPassed')}</b> {resolution.title}
          </p>
          <p>{t('screen.record.votes', resolution)}</p>
          <p className="quiet">{resolution.sentence[language]}</p>
        </div>
      ))}
      <h2>{t('screen.record.minutes')}</h2>
      <p className="minutes">{record.minutes || t('screen.record.noMinutes')}</p>
      {record.amendments.length > 0 && <h2>{t('screen.record.amendments')}</h2>}
      {record.amendments.map((amendment) => (
        <p key={amendment.id}>
          {moment.format(new Date(amendment.at))} {amendment.byName}：<del>{amendment.old}</del> <ins>{amendment.new}</ins> <span className="quiet">{amendment.reason}</span>
        </p>
      ))}
    </section>
  )
}
