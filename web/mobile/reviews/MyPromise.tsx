/** 公开承诺: one sentence for the year, seen by the whole branch. */
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { putMyPromise } from '#contract/promises'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { thisYear } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'

export function MyPromise() {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, busy, problem } = useAction(putMyPromise)
  const [promiseId] = useState(newId)
  const year = thisYear()
  const [text, setText] = useState('')
  const [dueOn, setDueOn] = useState(`${year}-12-31`)

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { promiseId }, body: { year, text, dueOn: dueOn === '' ? null : dueOn } }).then(
      () => navigate('/reviews', { replace: true }),
      () => {},
    )
  }

  return (
    <Page title={t('mobile.reviews.promise.add')} back="/reviews">
      <form onSubmit={submit} noValidate>
        <section className="card">
          <Field label={t('mobile.reviews.promise.text')} hint={t('mobile.reviews.promise.textHint')} wrong={problem?.of('body.text')}>
            {(attributes) => (
              <textarea {...attributes} rows={4} maxLength={500} value={text} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
          <Field label={t('mobile.reviews.promise.due')} wrong={problem?.of('body.dueOn')}>
            {(attributes) => <input {...attributes} type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />}
          </Field>
        </section>
        <Wrong problem={problem} except={['body.text', 'body.dueOn']} />
        <button type="submit" className="button wide" disabled={busy || text.trim() === ''}>
          {t('mobile.reviews.promise.send')}
        </button>
      </form>
    </Page>
  )
}
