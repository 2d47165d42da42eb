/** 党员互评: one grade for each of the others, then into the box. What is in the box cannot be taken out and is read by nobody. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { getMyLife } from '#contract/life'
import { castMyBallot } from '#contract/reviews'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Page } from '../parts/Page.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import type { Life } from './life.ts'
import { type Grade, gradeOptions } from './words.ts'

export function Ballot() {
  const t = useT()
  const asked = useOperation(getMyLife, {})
  return (
    <Asked asked={asked}>
      {({ review }) =>
        review === null || review.state !== 'RATING' || review.cast ? (
          <Page title={t('mobile.reviews.ballot.title')} back="/reviews">
            <Empty text={t(review?.cast === true ? 'mobile.reviews.step.inBox' : 'mobile.reviews.step.notYet')} />
          </Page>
        ) : (
          <Paper review={review} />
        )
      }
    </Asked>
  )
}

type Chosen = Grade | 'ABSTAIN'

function Paper({ review }: { review: NonNullable<Life['review']> }) {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, busy, problem } = useAction(castMyBallot)
  const [chosen, setChosen] = useState<Record<string, Chosen>>({})
  const [asking, setAsking] = useState(false)
  const left = review.others.filter(({ memberId }) => chosen[memberId] === undefined).length

  function cast() {
    const rows = review.others.flatMap(({ memberId }) => {
      const grade = chosen[memberId]
      return grade === undefined || grade === 'ABSTAIN' ? [] : [{ memberId, grade }]
    })
    run({ params: { year: review.year }, body: { rows } }).then(
      () => navigate('/reviews', { replace: true }),
      () => {},
    )
  }

  return (
    <Page
      title={t('mobile.reviews.ballot.title')}
      back="/reviews"
      foot={
        <button type="button" className="button wide" disabled={busy} onClick={() => setAsking(true)}>
          {left === 0 ? t('mobile.reviews.ballot.cast') : t('mobile.reviews.ballot.castLeft', { count: left })}
        </button>
      }
    >
      <p className="note">{t('mobile.reviews.ballot.secret')}</p>
      {review.others.map(({ memberId, name }) => (
        <section className="card" key={memberId}>
          <Choice
            label={name}
            value={chosen[memberId] ?? ('' as Chosen)}
            options={[...gradeOptions(t), { value: 'ABSTAIN' as const, name: t('mobile.reviews.ballot.abstain') }]}
            onChange={(grade) => setChosen({ ...chosen, [memberId]: grade })}
          />
        </section>
      ))}
      {asking && (
        <Sheet title={t('mobile.reviews.ballot.sure')} onClose={() => setAsking(false)}>
          <p>{t('mobile.reviews.ballot.final')}</p>
          <Wrong problem={problem} />
          <div className="sheet-acts">
            <button type="button" className="button wide" disabled={busy} onClick={cast}>
              {t('mobile.reviews.ballot.cast')}
            </button>
            <button type="button" className="button outline wide" onClick={() => setAsking(false)}>
              {t('mobile.reviews.ballot.back')}
            </button>
          </div>
        </Sheet>
      )}
    </Page>
  )
}
