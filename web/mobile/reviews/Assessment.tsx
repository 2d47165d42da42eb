/** 个人自评: what I say of myself, sealed as soon as it is sent. */
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { getMyLife } from '#contract/life'
import { putMyAssessment } from '#contract/reviews'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import type { Life } from './life.ts'
import { type Grade, gradeOptions } from './words.ts'

export function Assessment() {
  const t = useT()
  const asked = useOperation(getMyLife, {})
  return (
    <Page title={t('mobile.reviews.assess.title')} back="/reviews">
      <Asked asked={asked}>
        {({ review }) =>
          review === null || !review.mine || (review.state !== 'PREPARING' && review.state !== 'RATING') ? (
            <Empty text={t('mobile.reviews.step.over')} />
          ) : (
            <Form review={review} />
          )
        }
      </Asked>
    </Page>
  )
}

function Form({ review }: { review: NonNullable<Life['review']> }) {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, busy, problem } = useAction(putMyAssessment)
  const [text, setText] = useState(review.assessment)
  const [own, setOwn] = useState<Grade | 'NONE'>(review.ownGrade ?? 'NONE')

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { year: review.year }, body: { text, ownGrade: own === 'NONE' ? null : own } }).then(
      () => navigate('/reviews', { replace: true }),
      () => {},
    )
  }

  return (
    <form onSubmit={submit} noValidate>
      <section className="card">
        <Field label={t('mobile.reviews.assess.text')} hint={t('mobile.reviews.assess.hint')} wrong={problem?.of('body.text')}>
          {(attributes) => (
            <textarea {...attributes} rows={10} maxLength={8000} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <Choice
          label={t('mobile.reviews.assess.grade')}
          value={own}
          options={[...gradeOptions(t), { value: 'NONE' as const, name: t('mobile.reviews.assess.noGrade') }]}
          onChange={setOwn}
        />
      </section>
      <p className="note">{t('mobile.reviews.assess.sealed')}</p>
      <Wrong problem={problem} except={['body.text']} />
      <button type="submit" className="button wide" disabled={busy || text.trim() === ''}>
        {t('mobile.reviews.assess.send')}
      </button>
    </form>
  )
}
