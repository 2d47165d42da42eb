/** The review of the branch, as the secretary runs it from a phone: one step after the other, each with the button that does it. */
import { useState } from 'react'
import { Link } from 'wouter'
import { closeRatings, closeReview, getReview, listReviews, openRatings, putPreparation, putReview } from '#contract/reviews'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation, useSending } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { showShortDay, thisYear, today } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { Switch } from '../parts/Switch.tsx'
import { Why } from '../parts/Why.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { Ask } from './Ask.tsx'
import { decides, type Review, runsReviews } from './life.ts'

type Step = Review['preparation'][number]['step']

export function Branch() {
  const t = useT()
  const { post } = useSession()
  const organisationId = post?.organisationId ?? ''
  const runs = runsReviews(post)
  const year = thisYear()
  const all = useOperation(listReviews, { params: { organisationId } }, { enabled: runs })
  const begun = all.data?.items.some((one) => one.year === year) ?? false
  const asked = useOperation(getReview, { params: { organisationId, year } }, { enabled: runs && begun })
  if (!runs) {
    return (
      <Page title={t('mobile.reviews.branch.title')} back="/reviews">
        <Empty text={t('mobile.reviews.branch.otherPost')} />
      </Page>
    )
  }
  return (
    <Page title={t('mobile.reviews.branch.title')} back="/reviews">
      <Asked asked={all}>
        {() => (begun ? <Asked asked={asked}>{(review) => <Running review={review} />}</Asked> : <Begin organisationId={organisationId} />)}
      </Asked>
      <section aria-labelledby="beside">
        <h2 id="beside">{t('mobile.reviews.branch.beside')}</h2>
        <ul className="rows card">
          {(['talks', 'rectifications', 'promises'] as const).map((page) => (
            <li key={page}>
              <Link href={page === 'talks' ? '/reviews/branch/talks' : `/reviews/${page}`}>
                <span>{t(`mobile.reviews.branch.pages.${page}`)}</span>
                <Icon name="forward" />
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  )
}

function Begin({ organisationId }: { organisationId: string }) {
  const t = useT()
  const { run, busy, problem } = useAction(putReview)
  const year = thisYear()
  return (
    <section className="card">
      <p>{t('mobile.reviews.branch.notBegun', { year })}</p>
      <Wrong problem={problem} />
      <button
        type="button"
        className="button wide"
        disabled={busy}
        onClick={() => void run({ params: { organisationId, year }, body: {} }).catch(() => {})}
      >
        {t('mobile.reviews.branch.begin')}
      </button>
    </section>
  )
}

function Running({ review }: { review: Review }) {
  const t = useT()
  const { state } = review
  return (
    <>
      <p className="post-line">
        {t('mobile.reviews.year', { year: review.year })} · {t(`shared.reviewState.${state}`)}
      </p>
      <Preparation review={review} />
      {state === 'PREPARING' && <Opening review={review} />}
      {state === 'RATING' && <Rating review={review} />}
      {(state === 'OPINION' || state === 'CLOSED') && <Opinions review={review} />}
    </>
  )
}

function Preparation({ review }: { review: Review }) {
  const t = useT()
  const language = useLanguage()
  const { run, busy, problem } = useAction(putPreparation)
  const { organisationId, year } = review
  // What was just touched shows at once; the answer of the platform follows.
  const [touched, setTouched] = useState<Partial<Record<Step, boolean>>>({})

  function tick(step: Step, done: boolean, note: string) {
    setTouched({ ...touched, [step]: done })
    const settle = () => setTouched({})
    run({ params: { organisationId, year }, body: { step, doneOn: done ? today() : null, note } }).then(settle, settle)
  }

  return (
    <section aria-labelledby="preparation">
      <h2 id="preparation">{t('mobile.reviews.branch.preparation')}</h2>
      <div className="card switches">
        {review.preparation.map(({ step, doneOn, note }) => (
          <Switch
            key={step}
            name={t(`shared.preparation.${step}`)}
            hint={
              doneOn === null ? t('mobile.reviews.branch.notDone') : `${showShortDay(doneOn, language)}${note === '' ? '' : ` · ${note}`}`
            }
            on={touched[step] ?? doneOn !== null}
            disabled={busy || review.state === 'CLOSED'}
            onChange={(done) => tick(step, done, note)}
          />
        ))}
      </div>
      <Wrong problem={problem} />
    </section>
  )
}

function Opening({ review }: { review: Review }) {
  const t = useT()
  const { post } = useSession()
  const { run, problem } = useAction(openRatings)
  const busy = useSending()
  const { organisationId, year, version } = review
  return (
    <section className="card">
      <p>{t('mobile.reviews.branch.opening', { count: review.people.length })}</p>
      <Wrong problem={problem} />
      {decides(post) ? (
        <button
          type="button"
          className="button wide"
          disabled={busy}
          onClick={() => void run({ params: { organisationId, year }, body: { version } }).catch(() => {})}
        >
          {t('mobile.reviews.branch.open')}
        </button>
      ) : (
        <p className="quiet">{t('mobile.reviews.branch.secretaryOnly')}</p>
      )}
    </section>
  )
}

function Rating({ review }: { review: Review }) {
  const t = useT()
  const { post } = useSession()
  const { run, problem } = useAction(closeRatings)
  const busy = useSending()
  const { organisationId, year, version } = review
  const count = (withoutPhones: boolean) => void run({ params: { organisationId, year }, body: { version, withoutPhones } }).catch(() => {})
  const assessed = review.people.filter((person) => person.assessed).length
  return (
    <section className="card">
      <p>{t('mobile.reviews.branch.sofar', { assessed, ballots: review.ballots, count: review.people.length })}</p>
      <p className="quiet">{t('mobile.reviews.branch.paper')}</p>
      <Wrong problem={problem} />
      {decides(post) ? (
        <div className="acts">
          <button type="button" className="button" disabled={busy} onClick={() => count(false)}>
            {t('mobile.reviews.branch.count')}
          </button>
          {problem?.code === 'TOO_FEW_BALLOTS' && (
            <button type="button" className="button outline" disabled={busy} onClick={() => count(true)}>
              {t('mobile.reviews.branch.withoutPhones')}
            </button>
          )}
        </div>
      ) : (
        <p className="quiet">{t('mobile.reviews.branch.secretaryOnly')}</p>
      )}
    </section>
  )
}

function Opinions({ review }: { review: Review }) {
  const t = useT()
  const say = useSay()
  const { post } = useSession()
  const { run, problem } = useAction(closeReview)
  const busy = useSending()
  const [why, setWhy] = useState(false)
  const [reasoning, setReasoning] = useState(false)
  const { organisationId, year, version, quota } = review
  const close = (overReason: string) => run({ params: { organisationId, year }, body: { version, overReason } })
  const written = review.people.filter((person) => person.hasOpinion).length
  return (
    <section aria-labelledby="opinions">
      <h2 id="opinions">{t('mobile.reviews.branch.opinions')}</h2>
      <div className={quota.met ? 'card' : 'card late-edge'}>
        <p>{say(quota.sentence)}</p>
        <button type="button" className="text" onClick={() => setWhy(true)}>
          {t('mobile.duty.why')}
        </button>
      </div>
      <ul className="rows card">
        <li>
          <Link href="/reviews/branch/people">
            <span>{t('mobile.reviews.branch.people')}</span>
            <b>{t('mobile.reviews.branch.written', { written, count: review.people.length })}</b>
            <Icon name="forward" />
          </Link>
        </li>
      </ul>
      <p className="note">{say(review.noDecision)}</p>
      {review.state === 'OPINION' && decides(post) && (
        <>
          <Wrong problem={reasoning ? null : problem} />
          <button
            type="button"
            className="button wide"
            disabled={busy}
            onClick={() => (quota.met ? void close('').catch(() => {}) : setReasoning(true))}
          >
            {t('mobile.reviews.branch.close')}
          </button>
        </>
      )}
      {review.state === 'CLOSED' && <p className="quiet">{t('mobile.reviews.branch.closed', { name: review.closedByName })}</p>}
      {why && <Why ruleId={quota.ruleId} sentence={quota.sentence} onClose={() => setWhy(false)} />}
      {reasoning && (
        <Ask
          title={t('mobile.reviews.branch.over')}
          label={t('mobile.reviews.branch.overReason')}
          hint={say(quota.sentence)}
          act={t('mobile.reviews.branch.close')}
          busy={busy}
          problem={problem}
          onSay={close}
          onClose={() => setReasoning(false)}
        />
      )}
    </section>
  )
}
