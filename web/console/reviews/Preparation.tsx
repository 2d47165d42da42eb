/** What comes before the meeting, and which meeting it was. */
import { Link } from 'wouter'
import { listGatherings } from '#contract/meetings'
import { putPreparation, putReview } from '#contract/reviews'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { Refusal } from '../field/Field.tsx'
import { useToday } from '../field/today.ts'
import { pathToGathering } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import type { Review } from './review.ts'

export function Preparation({ review }: { review: Review }) {
  const t = useT()
  const language = useLanguage()
  const may = useMay()
  const today = useToday()
  const { run, busy, problem } = useAction(putPreparation)
  const { organisationId, year } = review
  const writes = may('write:review') && review.state !== 'CLOSED'
  return (
    <section className="review-part" aria-label={t('console.reviews.preparation')}>
      <h3>{t('console.reviews.preparation')}</h3>
      <ul className="review-steps">
        {review.preparation.map(({ step, doneOn, note }) => (
          <li key={step}>
            <label>
              <input
                type="checkbox"
                checked={doneOn !== null}
                disabled={!writes || busy}
                onChange={(event) =>
                  void run({ params: { organisationId, year }, body: { step, doneOn: event.target.checked ? today : null, note } }).catch(
                    () => {},
                  )
                }
              />
              <b>{t(`shared.preparation.${step}`)}</b>
            </label>
            <small>
              {doneOn === null ? t('console.reviews.notDone') : t('console.reviews.doneOn', { day: showDay(doneOn, language) })} {note}
            </small>
          </li>
        ))}
        <li>
          <b>{t('console.reviews.meeting')}</b>
          {review.gathering === null ? (
            writes ? (
              <Meeting review={review} />
            ) : (
              <small>—</small>
            )
          ) : (
            <small>
              <Link href={pathToGathering(organisationId, { organisationId, id: review.gathering.id })}>{review.gathering.title}</Link>{' '}
              {review.gathering.heldOn !== null && showDay(review.gathering.heldOn, language)}
            </small>
          )}
        </li>
      </ul>
      <Refusal problem={problem} />
    </section>
  )
}

/** A meeting of this year whose record is confirmed. */
function Meeting({ review: { organisationId, year } }: { review: Review }) {
  const t = useT()
  const { run, problem } = useAction(putReview)
  const held = useOperation(listGatherings, {
    params: { organisationId },
    query: { from: `${year}-01-01`, kind: 'ORG_LIFE_MEETING', limit: 20 },
  })
  const options = (held.data?.items ?? []).filter(({ state }) => state === 'CONFIRMED' || state === 'ARCHIVED')
  if (options.length === 0) return <small>{t('console.reviews.noMeeting')}</small>
  return (
    <>
      <Choice
        aria-label={t('console.reviews.chooseMeeting')}
        none={t('console.reviews.chooseMeeting')}
        value=""
        options={options.map(({ id }) => id)}
        nameOf={(id) => options.find((one) => one.id === id)?.title ?? ''}
        onChoose={(gatheringId) => {
          if (gatheringId !== undefined) void run({ params: { organisationId, year }, body: { gatheringId } }).catch(() => {})
        }}
      />
      <Refusal problem={problem} />
    </>
  )
}
