/** 学习台账: my collective study of a year, computed from confirmed gatherings, with what is still missing in words. */
import { useState } from 'react'
import { Link } from 'wouter'
import { getMyLedger, getMyLedgerPaper } from '#contract/study'
import { callForFile } from '../../shared/client.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { keepFile, useFile } from '../../shared/takeAway.ts'
import { showShortDay, thisYear } from '../parts/days.ts'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { Why } from '../parts/Why.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { YearChoice } from '../parts/YearChoice.tsx'
import { showHours } from './words.ts'
import './study.css'

export function Ledger() {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const now = thisYear()
  const years = [now, String(Number(now) - 1)]
  const [year, setYear] = useState(now)
  const [asking, setAsking] = useState(false)
  const asked = useOperation(getMyLedger, { query: { year } })
  const ledger = asked.data
  return (
    <Page title={t('mobile.study.ledger')} back="/study">
      <YearChoice year={year} years={years} onChange={setYear} />
      {ledger === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {ledger !== undefined && (
        <>
          <section className="card" aria-label={t('mobile.study.ledger')}>
            <p className="study-hours">
              <b>{showHours(ledger.learning.tenths)}</b> / {showHours(ledger.learning.requiredTenths)} {t('mobile.study.hours')}
            </p>
            <p>{say(ledger.learning.sentence)}</p>
            <button type="button" className="text more" onClick={() => setAsking(true)}>
              {t('mobile.duty.why')}
            </button>
            <ReadAloud text={say(ledger.learning.sentence)} />
          </section>
          {ledger.items.length === 0 ? (
            <Empty text={t('mobile.study.ledgerEmpty')} />
          ) : (
            <ul className="rows card">
              {ledger.items.map((row) => (
                <li key={row.gatheringId}>
                  <Link href={`/meetings/${row.organisationId}/${row.gatheringId}`}>
                    <span>
                      {row.studied.length === 0 ? row.title : row.studied.join(t('mobile.study.and'))}
                      <small>
                        {showShortDay(row.heldOn, language)} · {row.title}
                        {row.training ? ` · ${t('mobile.study.form.TRAINING')}` : ''}
                      </small>
                    </span>
                    <b>{t('mobile.study.minutes', { minutes: row.minutes })}</b>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <Paper year={year} />
          <p className="quiet">{t('mobile.study.ledgerNote')}</p>
          {asking && <Why ruleId={ledger.learning.ruleId} sentence={ledger.learning.sentence} onClose={() => setAsking(false)} />}
        </>
      )}
    </Page>
  )
}

/** The ledger on A4, made by the platform and saved on the phone. */
function Paper({ year }: { year: string }) {
  const t = useT()
  const { take, taking, problem } = useFile(
    (of: string) => callForFile(getMyLedgerPaper, { query: { year: of } }),
    (paper) => keepFile(new File([paper], t('mobile.study.paperName', { year }), { type: paper.type })),
  )

  return (
    <>
      <Wrong problem={problem} />
      <button type="button" className="button outline wide" disabled={taking !== undefined} onClick={() => take(year)}>
        {t('mobile.study.paper')}
      </button>
    </>
  )
}
