/** Steps the member takes from afar: another place, and a word to the branch at home. */
import { useState, type FormEvent } from 'react'
import { takeMyStep } from '#contract/floating'
import { getMyLedger } from '#contract/participations'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { thisYear, today } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { DestinationFields, destinationOf, type Going, nowhere } from './DestinationFields.tsx'
import type { Registration } from './words.ts'

interface StepProps {
  registration: Registration
  onClose: () => void
}

export function MoveSheet({ registration, onClose }: StepProps) {
  const t = useT()
  const [stepId] = useState(newId)
  const [going, setGoing] = useState<Going>(nowhere)
  const { run, busy, problem } = useAction(takeMyStep)
  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { action: 'MOVE', on: today(), destination: destinationOf(going) } as const
    run({ params: { registrationId: registration.id, stepId }, body }).then(onClose, () => {})
  }
  return (
    <Sheet title={t('mobile.floating.step.MOVE')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p>
          {t(registration.hostName === '' ? 'mobile.floating.move.before' : 'mobile.floating.move.leaves', { host: registration.hostName })}
        </p>
        <DestinationFields going={going} problem={problem} onChange={setGoing} />
        <Wrong problem={problem} except={['body.destination']} />
        <button type="submit" className="button wide" disabled={busy || going.code === ''}>
          {t('mobile.floating.move.send')}
        </button>
      </form>
    </Sheet>
  )
}

/** The word to the branch, with what is on record filled in: nobody writes down twice what is known. */
export function ReportSheet({ registration, onClose }: StepProps) {
  const t = useT()
  const [stepId] = useState(newId)
  const [own, setOwn] = useState<string>()
  const asked = useOperation(getMyLedger, { params: { year: thisYear() } })
  const { run, busy, problem } = useAction(takeMyStep)
  const text = own ?? asked.data?.draft ?? ''
  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { registrationId: registration.id, stepId }, body: { action: 'REPORT_BACK', on: today(), note: text.trim() } }).then(
      onClose,
      () => {},
    )
  }
  return (
    <Sheet title={t('mobile.floating.step.REPORT_BACK')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Field
          label={t('mobile.floating.report.text', { branch: registration.homeName })}
          hint={t(asked.data === undefined ? 'mobile.floating.report.own' : 'mobile.floating.report.drafted')}
          wrong={problem?.of('body.note')}
        >
          {(attributes) => (
            <textarea {...attributes} rows={8} maxLength={1000} value={text} onChange={(event) => setOwn(event.target.value)} />
          )}
        </Field>
        <Wrong problem={problem} except={['body.note']} />
        <button type="submit" className="button wide" disabled={busy || text.trim() === ''}>
          {t('mobile.floating.report.send')}
        </button>
      </form>
    </Sheet>
  )
}
