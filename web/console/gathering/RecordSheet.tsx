/** The record as a sheet to read and to print on A4: who came, what was said, what was decided, and every later correction beside the text. */
import { showMoment, showTime } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { Papers } from '../../shared/Papers.tsx'
import { Facts } from '../list/Facts.tsx'
import { Mark } from '../list/Mark.tsx'
import { Amended } from './Amended.tsx'
import type { Gathering } from './useGathering.ts'

export function RecordSheet({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const language = useLanguage()
  const names = (states: string[]) =>
    gathering.roster
      .filter((row) => states.includes(row.state))
      .map((row) => (row.leaveReason === null ? row.name : `${row.name}（${t(`shared.leave.${row.leaveReason}`)}）`))
      .join('、')
  const { actualStart, actualEnd } = gathering
  return (
    <article className="sheet" aria-label={t('console.sheet.title')}>
      <Amended gathering={gathering} field="title">
        <h3 className="sheet-title">{gathering.title}</h3>
      </Amended>
      <Amended gathering={gathering} field="place">
        <Facts
          facts={[
            [t('console.gathering.kinds'), gathering.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join('、')],
            [
              t('console.gathering.at'),
              actualStart === null
                ? showMoment(gathering.plannedStart, language)
                : `${showMoment(actualStart, language)}${actualEnd === null ? '' : ` – ${showTime(actualEnd, language)}`}`,
            ],
            [t('console.gathering.place'), gathering.place],
            [t('console.plan.host'), gathering.hostName],
            [t('console.sheet.recorder'), gathering.recorderName],
            [t('console.sheet.confirmedBy'), gathering.confirmedByName],
            gathering.lateReason !== '' && [t('console.minutes.lateReason'), gathering.lateReason],
            gathering.cancelReason !== '' && [t('console.sheet.cancelReason'), gathering.cancelReason],
            [t('shared.attendance.PRESENT_ONSITE'), names(['PRESENT_ONSITE'])],
            [t('shared.attendance.PRESENT_ONLINE'), names(['PRESENT_ONLINE'])],
            [t('shared.attendance.LEAVE'), names(['LEAVE', 'EXCUSED_LONG_TERM'])],
            [t('shared.attendance.ABSENT'), names(['ABSENT', 'EXPECTED'])],
          ]}
        />
      </Amended>
      <Agenda gathering={gathering} />
      {gathering.speeches.length > 0 && (
        <section>
          <h4>{t('console.speech.title')}</h4>
          {gathering.speeches.map((speech) => (
            <p className="prose" key={`${speech.memberId}${speech.gist}`}>
              {speech.proposal && <span className="seat">{t('console.speech.proposal')}</span>}{' '}
              <b>{gathering.roster.find((row) => row.memberId === speech.memberId)?.name}</b> {speech.gist}
            </p>
          ))}
        </section>
      )}
      <Amended gathering={gathering} field="minutes">
        {gathering.minutes !== '' && (
          <section>
            <h4>{t('console.minutes.text')}</h4>
            <p className="prose">{gathering.minutes}</p>
          </section>
        )}
      </Amended>
      <Papers gathering={gathering} />
      {gathering.signatures.length > 0 && (
        <section className="signatures">
          <h4>{t('console.sign.title')}</h4>
          <Facts
            facts={gathering.signatures.map(({ as, name, at }) => [
              t(as === 'HOST' ? 'console.plan.host' : 'console.sheet.recorder'),
              `${name} · ${showMoment(at, language)}`,
            ])}
          />
        </section>
      )}
      {gathering.digest !== null && (
        <p className="digest-line">
          {t('console.sheet.digest')} <code>{gathering.digest}</code>
        </p>
      )}
    </article>
  )
}

function Agenda({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useSay()
  if (gathering.agenda.length === 0) return null
  return (
    <section>
      <h4>{t('console.agenda.title')}</h4>
      <ol className="sheet-agenda">
        {gathering.agenda.map((item) => (
          <li key={item.id}>
            <b>{item.title}</b>
            {item.note !== '' && <p className="prose">{item.note}</p>}
            {gathering.resolutions
              .filter((resolution) => resolution.itemId === item.id)
              .map((resolution) => (
                <p key={`${resolution.title}${resolution.agree}`} className="sheet-resolution">
                  <Mark tone={resolution.passed ? 'ok' : 'late'}>
                    {t(resolution.passed ? 'console.resolution.passed' : 'console.resolution.notPassed')}
                  </Mark>{' '}
                  {resolution.title}
                  <small>
                    {t('console.resolution.votes', { agree: resolution.agree, against: resolution.against, abstain: resolution.abstain })}{' '}
                    {say(resolution.sentence)}
                  </small>
                </p>
              ))}
          </li>
        ))}
      </ol>
    </section>
  )
}
