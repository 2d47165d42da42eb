import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, useState } from 'react'
import { cancelGathering, postponeGathering } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { MomentField } from '../field/MomentField.tsx'
import { useUndo } from '../frame/undo.tsx'
import { type Gathering, useStep } from './useGathering.ts'

interface CallingProps {
  what: 'postpone' | 'cancel'
  gathering: Gathering
  onDone: () => void
}

/** Calling a gathering off or putting it off, with the reason that members are told. */
export function Calling({ what, gathering, onDone }: CallingProps) {
  const t = useT()
  const say = useUndo()
  const first = useFirst<InputRef>()
  const [reason, setReason] = useState('')
  const [start, setStart] = useState(gathering.plannedStart)
  const cancelling = useStep(cancelGathering, gathering)
  const postponing = useStep(postponeGathering, gathering)
  const action = what === 'cancel' ? cancelling : postponing

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (what === 'cancel') await cancelling.run({ body: { reason } })
    else await postponing.run({ body: { reason, plannedStart: start } })
    say(t(`console.steps.${what}Done`))
    onDone()
  }

  return (
    <form className="calling" noValidate onSubmit={(event) => void submit(event).catch(() => {})} aria-label={t(`console.steps.${what}`)}>
      <p>{t(`console.steps.${what}Note`)}</p>
      {what === 'postpone' && (
        <Field label={t('console.steps.newStart')} wrong={action.problem?.of('body.plannedStart')}>
          <MomentField value={start} onMoment={setStart} />
        </Field>
      )}
      <Field label={t('console.steps.reason')} wrong={action.problem?.of('body.reason')}>
        <Input ref={first} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Refusal problem={action.problem} except={['body.']} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" danger={what === 'cancel'} loading={action.busy} disabled={reason.trim() === ''}>
          {t(`console.steps.${what}`)}
        </Button>
        <Button onClick={onDone}>{t('console.back')}</Button>
      </div>
    </form>
  )
}
