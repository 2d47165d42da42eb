/** Asking for leave: a reason in one tap, a note for those who want to say more. */
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { askLeave } from '#contract/attendance'
import { getGathering, leaveReasons } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import type { GatheringPath } from './Meeting.tsx'

export function Leave({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const { me } = useSession()
  const [, navigate] = useLocation()
  const asked = useOperation(getGathering, { params: { organisationId, gatheringId } })
  const { run, busy, problem } = useAction(askLeave)
  const [reason, setReason] = useState<(typeof leaveReasons)[number]>('WORK_DUTY')
  const [note, setNote] = useState('')
  const back = `/meetings/${organisationId}/${gatheringId}`
  const memberId = me.member?.memberId

  function submit(event: FormEvent) {
    event.preventDefault()
    if (memberId === undefined) return
    run({ params: { organisationId, gatheringId, memberId }, body: { reason, note } }).then(
      () => navigate(back, { replace: true }),
      () => {},
    )
  }

  return (
    <Page title={t('mobile.leave.title')} back={back}>
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data !== undefined && (
        <form onSubmit={submit} noValidate>
          <p className="lead">{asked.data.title}</p>
          <section className="card">
            <Choice
              label={t('mobile.leave.reason')}
              value={reason}
              options={leaveReasons.map((value) => ({ value, name: t(`shared.leave.${value}`) }))}
              onChange={setReason}
            />
            <Field label={t('mobile.leave.note')} hint={t('mobile.leave.noteHint')} wrong={problem?.of('body.note')}>
              {(attributes) => (
                <textarea {...attributes} rows={3} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
              )}
            </Field>
          </section>
          <Wrong problem={problem} except={['body.note']} />
          <button type="submit" className="button wide" disabled={busy}>
            {t('mobile.leave.send')}
          </button>
        </form>
      )}
    </Page>
  )
}
