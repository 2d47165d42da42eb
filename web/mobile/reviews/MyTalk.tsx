/** 谈心谈话: with whom and on which day. There is no field for what was said. */
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { getMyLife } from '#contract/life'
import { putMyTalk } from '#contract/talks'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Asked } from '../parts/Asked.tsx'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { People } from '../parts/People.tsx'
import { today } from '../parts/days.ts'
import { Wrong } from '../parts/Wrong.tsx'
import type { Life } from './life.ts'

export function MyTalk() {
  const t = useT()
  const { me } = useSession()
  const asked = useOperation(getMyLife, {})
  return (
    <Page title={t('mobile.reviews.talk.add')} back="/reviews">
      <Asked asked={asked}>{({ branch }) => <Form others={branch.filter(({ memberId }) => memberId !== me.member?.memberId)} />}</Asked>
    </Page>
  )
}

function Form({ others }: { others: Life['branch'] }) {
  const t = useT()
  const [, navigate] = useLocation()
  const { run, busy, problem } = useAction(putMyTalk)
  const [talkId] = useState(newId)
  const [otherMemberId, setOther] = useState('')
  const [day, setDay] = useState(today())

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { talkId }, body: { day, otherMemberId } }).then(
      () => navigate('/reviews', { replace: true }),
      () => {},
    )
  }

  return (
    <form onSubmit={submit} noValidate>
      <section className="card">
        <Field label={t('mobile.reviews.talk.with')} wrong={problem?.of('body.otherMemberId')}>
          {(attributes) => (
            <People {...attributes} none={t('mobile.reviews.choose')} people={others} value={otherMemberId} onChange={setOther} />
          )}
        </Field>
        <Field label={t('mobile.reviews.talk.day')} wrong={problem?.of('body.day')}>
          {(attributes) => <input {...attributes} type="date" max={today()} value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
      </section>
      <p className="note">{t('mobile.reviews.talk.kept')}</p>
      <Wrong problem={problem} except={['body.otherMemberId', 'body.day']} />
      <button type="submit" className="button wide" disabled={busy || otherMemberId === '' || day === ''}>
        {t('mobile.reviews.save')}
      </button>
    </form>
  )
}
