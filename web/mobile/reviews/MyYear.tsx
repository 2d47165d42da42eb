/** My year: the review step by step, my letters, promises, what I am to put right, whom I talked with, my political birthday. */
import { Link } from 'wouter'
import { getMyLife } from '#contract/life'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { showShortDay, today } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { Birthday } from './Birthday.tsx'
import { type Life, runsReviews } from './life.ts'
import { PromiseCard } from './PromiseCard.tsx'
import { RectificationCard } from './RectificationCard.tsx'

export function MyYear() {
  const t = useT()
  const { post } = useSession()
  const asked = useOperation(getMyLife, {})
  return (
    <Page title={t('mobile.reviews.title')} back="/me">
      {runsReviews(post) && (
        <ul className="rows card">
          <li>
            <Link href="/reviews/branch">
              <span>
                {t('mobile.reviews.branch.title')}
                <small>{post?.organisationName}</small>
              </span>
              <Icon name="forward" />
            </Link>
          </li>
        </ul>
      )}
      <Asked asked={asked}>
        {(life) => (life.organisationId === null ? <Empty text={t('mobile.reviews.noMember')} /> : <Mine life={life} />)}
      </Asked>
    </Page>
  )
}

function Mine({ life }: { life: Life }) {
  const t = useT()
  const { review, letters, birthday } = life
  // First in its month, otherwise at the end.
  const soon = birthday?.day.startsWith(today().slice(0, 7)) ?? false
  return (
    <>
      {birthday !== null && soon && <Birthday birthday={birthday} soon={soon} />}
      <section aria-labelledby="review">
        <h2 id="review">{t('mobile.reviews.review', { year: review?.year ?? '' }).trim()}</h2>
        {review === null ? <p className="nothing">{t('mobile.reviews.noReview')}</p> : <Steps review={review} />}
        {letters.length > 0 && (
          <ul className="rows card">
            {letters.map((year) => (
              <li key={year}>
                <Link href={`/reviews/letter/${year}`}>
                  <span>{t('mobile.reviews.letter.of', { year })}</span>
                  <Icon name="forward" />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="promises">
        <h2 id="promises">{t('mobile.reviews.promise.mine')}</h2>
        {life.promises.length === 0 && <p className="nothing">{t('mobile.reviews.promise.none')}</p>}
        {life.promises.map((promise) => (
          <PromiseCard key={promise.id} promise={promise} own />
        ))}
        <div className="acts">
          <Link href="/reviews/promise" className="button outline small">
            {t('mobile.reviews.promise.add')}
          </Link>
          <Link href="/reviews/promises" className="button outline small">
            {t('mobile.reviews.promise.branch')}
          </Link>
        </div>
      </section>
      <section aria-labelledby="rectifications">
        <h2 id="rectifications">{t('mobile.reviews.rectify.mine')}</h2>
        {life.rectifications.length === 0 && <p className="nothing">{t('mobile.reviews.rectify.noneMine')}</p>}
        {life.rectifications.map((item) => (
          <RectificationCard key={item.id} item={item} own />
        ))}
        <Link href="/reviews/rectifications" className="button outline small wide">
          {t('mobile.reviews.rectify.title')}
        </Link>
      </section>
      <Talks talks={life.talks} />
      {birthday !== null && !soon && <Birthday birthday={birthday} soon={soon} />}
    </>
  )
}

/** Four steps, each with its state in words; only what can be done now is a link. */
function Steps({ review }: { review: NonNullable<Life['review']> }) {
  const t = useT()
  const { state, mine, cast, assessment } = review
  const mayAssess = mine && (state === 'PREPARING' || state === 'RATING')
  const steps = [
    {
      key: 'assess',
      done: assessment !== '',
      note: t(assessment !== '' ? 'mobile.reviews.step.assessed' : mayAssess ? 'mobile.reviews.step.assess' : 'mobile.reviews.step.over'),
      href: mayAssess ? '/reviews/assessment' : undefined,
    },
    {
      key: 'cast',
      done: cast,
      note: t(
        cast
          ? 'mobile.reviews.step.inBox'
          : state === 'PREPARING'
            ? 'mobile.reviews.step.notYet'
            : state === 'RATING'
              ? 'mobile.reviews.step.cast'
              : 'mobile.reviews.step.over',
      ),
      href: mine && state === 'RATING' && !cast ? '/reviews/ballot' : undefined,
    },
    {
      key: 'opinion',
      done: false,
      note: t(state === 'OPINION' ? 'mobile.reviews.step.writing' : 'mobile.reviews.step.later'),
      href: undefined,
    },
    { key: 'letter', done: false, note: t('mobile.reviews.step.letter'), href: undefined },
  ] as const
  if (!mine) return <p className="nothing">{t('mobile.reviews.notMine')}</p>
  return (
    <ol className="card review-steps">
      {steps.map(({ key, done, note, href }) => (
        <li key={key} data-done={done ? '' : undefined} data-now={href === undefined || done ? undefined : ''}>
          <div>
            <b>{t(`mobile.reviews.step.names.${key}`)}</b>
            <small>{note}</small>
          </div>
          {href !== undefined && (
            <Link href={href} className={done ? 'button outline small' : 'button small'}>
              {t(done ? 'mobile.reviews.step.change' : 'mobile.reviews.step.do')}
              <span className="unseen"> {t(`mobile.reviews.step.names.${key}`)}</span>
            </Link>
          )}
        </li>
      ))}
    </ol>
  )
}

function Talks({ talks }: { talks: Life['talks'] }) {
  const t = useT()
  const language = useLanguage()
  const { me } = useSession()
  return (
    <section aria-labelledby="talks">
      <h2 id="talks">{t('mobile.reviews.talk.mine')}</h2>
      {talks.length === 0 ? (
        <p className="nothing">{t('mobile.reviews.talk.none')}</p>
      ) : (
        <ul className="rows card">
          {talks.map((talk) => (
            <li key={talk.id}>
              <div>
                <span>{talk.memberId === me.member?.memberId ? talk.otherName : talk.name}</span>
                <b>{showShortDay(talk.day, language)}</b>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Link href="/reviews/talk" className="button outline small wide">
        {t('mobile.reviews.talk.add')}
      </Link>
      <p className="note">{t('mobile.reviews.talk.kept')}</p>
    </section>
  )
}
