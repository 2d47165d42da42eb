/** Where the review stands, the third in a sentence, and the one button that takes it on. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { closeRatings, closeReview, openRatings } from '#contract/reviews'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useMay } from '../frame/may.ts'
import { Mark } from '../list/Mark.tsx'
import { Why } from '../list/Why.tsx'
import type { Review } from './review.ts'

export function Running({ review }: { review: Review }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const may = useMay()
  const decides = may('decide:review')
  const { state, quota } = review
  return (
    <div className="review-running">
      <p>
        <Mark tone={state === 'CLOSED' ? 'ok' : state === 'PREPARING' ? 'calm' : 'accent'}>{t(`shared.reviewState.${state}`)}</Mark>{' '}
        {review.closedOn !== null && t('console.reviews.closed', { day: showDay(review.closedOn, language), name: review.closedByName })}
      </p>
      {state === 'PREPARING' &&
        (decides ? <Open review={review} /> : may('write:review') && <p className="quiet">{t('console.reviews.secretaryOnly')}</p>)}
      {state === 'RATING' && <p>{t('console.reviews.ballots', { count: review.ballots })}</p>}
      {state === 'RATING' && decides && <Count review={review} />}
      {(state === 'OPINION' || state === 'CLOSED') && (
        <>
          <p>
            <Mark tone={quota.met ? 'ok' : 'late'}>{say(quota.sentence)}</Mark>
          </p>
          <Why ruleId={quota.ruleId} />
          {review.overReason !== '' && <p>{t('console.reviews.over', { reason: review.overReason })}</p>}
          <p className="quiet">{say(review.noDecision)}</p>
        </>
      )}
      {state === 'OPINION' && decides && <Close review={review} />}
    </div>
  )
}

function Open({ review: { organisationId, year, version, people } }: { review: Review }) {
  const t = useT()
  const { run, busy, problem } = useAction(openRatings)
  return (
    <>
      <p className="quiet">{t('console.reviews.opening', { count: people.length })}</p>
      <Refusal problem={problem} />
      <div className="buttons">
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run({ params: { organisationId, year }, body: { version } }).catch(() => {})}
        >
          {t('console.reviews.open')}
        </Button>
      </div>
    </>
  )
}

function Count({ review: { organisationId, year, version } }: { review: Review }) {
  const t = useT()
  const { run, busy, problem } = useAction(closeRatings)
  const count = (withoutPhones: boolean) => void run({ params: { organisationId, year }, body: { version, withoutPhones } }).catch(() => {})
  return (
    <>
      <Refusal problem={problem} />
      <div className="buttons">
        <Button type="primary" loading={busy} onClick={() => count(false)}>
          {t('console.reviews.count')}
        </Button>
        {problem?.code === 'TOO_FEW_BALLOTS' && (
          <Button loading={busy} onClick={() => count(true)}>
            {t('console.reviews.withoutPhones')}
          </Button>
        )}
      </div>
    </>
  )
}

function Close({ review: { organisationId, year, version, quota } }: { review: Review }) {
  const t = useT()
  const { run, busy, problem } = useAction(closeReview)
  const [overReason, setReason] = useState('')
  return (
    <>
      {!quota.met && (
        <Field label={t('console.reviews.overReason')} wrong={problem?.of('body.overReason')}>
          <Input value={overReason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      )}
      <Refusal problem={problem} except={['body.overReason']} />
      <div className="buttons">
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run({ params: { organisationId, year }, body: { version, overReason } }).catch(() => {})}
        >
          {t('console.reviews.close')}
        </Button>
      </div>
    </>
  )
}
