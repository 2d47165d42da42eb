/** 我的台账: a year of somebody away, row by row as home and host see it; what does not fit is disputed in sight of all three. */
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { disputeParticipation, getMyLedger } from '#contract/participations'
import { getMyFloating } from '#contract/floating'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { showShortDay, thisYear } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { YearChoice } from '../parts/YearChoice.tsx'
import { Credits } from './Credits.tsx'
import type { Participation } from './words.ts'

/** So many years back are offered; who went out longer ago asks for them by address. */
const mostYears = 5

/** From the year one went out to this one, the last first. */
function yearsSince(outOn: string | undefined, shown: string): string[] {
  const last = Number(thisYear())
  const first = Math.max(outOn === undefined ? last : Number(outOn.slice(0, 4)), last - mostYears + 1)
  const years = Array.from({ length: last - first + 1 }, (_, n) => String(last - n))
  return years.includes(shown) ? years : [...years, shown]
}

export function YearOfMine({ year }: { year: string }) {
  const t = useT()
  const say = useSay()
  const [, navigate] = useLocation()
  const my = useOperation(getMyFloating, {})
  const asked = useOperation(getMyLedger, { params: { year } })
  const years = yearsSince(my.data?.registration?.outOn, year)
  const missing = asked.error?.code === 'NOT_FOUND'
  return (
    <Page title={t('mobile.floating.year.title')} back="/floating">
      {years.length > 1 && <YearChoice year={year} years={years} onChange={(to) => navigate(`/floating/year/${to}`, { replace: true })} />}
      {missing ? (
        <Empty text={t('mobile.floating.year.none')} />
      ) : (
        <Asked asked={asked}>
          {(ledger) => (
            <>
              <Totals participations={ledger.participations} year={year} />
              <section aria-labelledby="took-part">
                <h2 id="took-part">{t('mobile.floating.year.tookPart')}</h2>
                {ledger.participations.length === 0 && <p className="nothing">{t('mobile.floating.year.noParts')}</p>}
                {ledger.participations.map((one) => (
                  <PartCard key={one.id} participation={one} />
                ))}
                <p className="note">{t('mobile.floating.same')}</p>
              </section>
              {ledger.credits.length > 0 && (
                <section aria-labelledby="year-credits">
                  <h2 id="year-credits">{t('mobile.floating.year.credits')}</h2>
                  <Credits credits={ledger.credits} />
                </section>
              )}
              <section aria-labelledby="opinion">
                <h2 id="opinion">{t('mobile.floating.year.opinion')}</h2>
                {ledger.opinion === null ? (
                  <p className="nothing">{t('mobile.floating.year.noOpinion')}</p>
                ) : (
                  <div className="card">
                    <p className="text-block">{ledger.opinion.text}</p>
                    <Signed name={ledger.opinion.byName} at={ledger.opinion.at} of={ledger.opinion.hostName} />
                  </div>
                )}
              </section>
              <section aria-labelledby="reports">
                <h2 id="reports">{t('mobile.floating.year.reports')}</h2>
                {ledger.reports.length === 0 && <p className="nothing">{t('mobile.floating.year.noReports')}</p>}
                {ledger.reports.map((report) => (
                  <Report key={`${report.on} ${report.text}`} report={report} />
                ))}
              </section>
              <section aria-labelledby="dues">
                <h2 id="dues">{t('mobile.floating.year.dues')}</h2>
                <p className="card">{say(ledger.dues)}</p>
              </section>
            </>
          )}
        </Asked>
      )}
    </Page>
  )
}

/** Numbers only; nobody is compared with anybody. */
function Totals({ participations, year }: { participations: readonly Participation[]; year: string }) {
  const t = useT()
  const count = (state: Participation['attendance']) => participations.filter(({ attendance }) => attendance === state).length
  return (
    <section className="card totals" aria-label={t('mobile.attendance.totals', { year })}>
      <p>
        {t('mobile.floating.attendance.PRESENT')} <b>{count('PRESENT')}</b> {t('mobile.attendance.times')}
      </p>
      <p>
        {t('mobile.floating.attendance.LEAVE')} <b>{count('LEAVE')}</b> {t('mobile.attendance.times')}
      </p>
      <p className="quiet">{t('mobile.floating.year.absent', { count: count('ABSENT') })}</p>
    </section>
  )
}

function Report({ report: { on, text } }: { report: { on: string; text: string } }) {
  const language = useLanguage()
  return (
    <div className="card">
      <p className="quiet">{showDay(on, language)}</p>
      <p className="text-block">{text}</p>
    </div>
  )
}

function Signed({ name, at, of }: { name: string; at: string; of: string }) {
  const language = useLanguage()
  return <p className="quiet">{[of, name, showMoment(at, language)].filter((part) => part !== '').join(' · ')}</p>
}

const marks = { PRESENT: 'ok', LEAVE: 'wait', ABSENT: 'late' } as const

/** One participation: one row, the same for member, home and host. */
function PartCard({ participation }: { participation: Participation }) {
  const t = useT()
  const language = useLanguage()
  const { waiting } = useSync()
  const [disputing, setDisputing] = useState(false)
  const { id, title, on, attendance, dispute } = participation
  const kinds = participation.kinds.map((kind) => t(`shared.kind.${kind}`)).join(' + ')
  const written = waiting.some(({ operation, params }) => operation === disputeParticipation.id && params['participationId'] === id)
  return (
    <article className="card" aria-label={title}>
      <div className="verdict-head">
        <h3>{title}</h3>
        <b className={`floating-mark ${marks[attendance]}`}>{t(`mobile.floating.attendance.${attendance}`)}</b>
      </div>
      <p>
        {showShortDay(on, language)} · {participation.hostName}
        {kinds !== '' && kinds !== title && <> · {kinds}</>}
      </p>
      {participation.recordedByName !== '' && (
        <p className="quiet">{t('mobile.floating.year.recordedBy', { name: participation.recordedByName })}</p>
      )}
      {dispute !== null && (
        <div className="floating-dispute">
          <p>
            <b>{t('mobile.floating.dispute.mine')}</b> <span className="quiet">{showMoment(dispute.at, language)}</span>
          </p>
          <p className="text-block">{dispute.text}</p>
          {dispute.answer === null ? (
            <p className="wait">{t('mobile.floating.dispute.waits', { host: participation.hostName })}</p>
          ) : (
            <>
              <p>
                <b className={dispute.answer.outcome === 'CORRECTED' ? 'ok' : 'wait'}>
                  {t(`mobile.floating.dispute.${dispute.answer.outcome}`)}
                </b>
              </p>
              <p className="text-block">{dispute.answer.text}</p>
              <Signed of="" name={dispute.answer.byName} at={dispute.answer.at} />
            </>
          )}
        </div>
      )}
      {written && (
        <p className="wait" role="status">
          {t('mobile.floating.written', { what: t('mobile.floating.dispute.title') })}
        </p>
      )}
      {dispute === null && !written && (
        <button type="button" className="text more" aria-haspopup="dialog" onClick={() => setDisputing(true)}>
          {t('mobile.floating.dispute.open')}
        </button>
      )}
      {disputing && <DisputeSheet participation={participation} onClose={() => setDisputing(false)} />}
    </article>
  )
}

function DisputeSheet({ participation: { id, title, hostName }, onClose }: { participation: Participation; onClose: () => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const { run, busy, problem } = useAction(disputeParticipation)
  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { participationId: id }, body: { text: text.trim() } }).then(onClose, () => {})
  }
  return (
    <Sheet title={t('mobile.floating.dispute.title')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p className="lead">{title}</p>
        <p className="quiet">{t('mobile.floating.dispute.about', { host: hostName })}</p>
        <Field label={t('mobile.floating.dispute.text')} wrong={problem?.of('body.text')}>
          {(attributes) => (
            <textarea {...attributes} rows={4} maxLength={400} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <Wrong problem={problem} except={['body.text']} />
        <button type="submit" className="button wide" disabled={busy || text.trim() === ''}>
          {t('mobile.floating.dispute.send')}
        </button>
      </form>
    </Sheet>
  )
}
