/** Steps that say their consequence before they are taken: confirm, call off, postpone, amend. */
import { useState, type FormEvent, type ReactNode } from 'react'
import { cancelGathering, postponeGathering } from '#contract/meetings'
import { amendGathering, confirmGathering } from '#contract/record'
import type { Problem } from '../../shared/client.ts'
import { dayOf, momentAt, timeOf } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { Advice } from './Advice.tsx'
import type { Gathering } from './gathering.ts'

interface StepProps {
  gathering: Gathering
  onClose: () => void
}

interface StepSheetProps {
  title: string
  /** What follows from it. */
  consequence: string
  /** The word on the button. */
  doIt: string
  danger?: boolean
  busy: boolean
  problem: Problem | null
  /** Fields shown below, which say themselves what is wrong. */
  fields?: readonly string[]
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}

function StepSheet({ title, consequence, doIt, danger = false, busy, problem, fields = [], onSubmit, onClose, children }: StepSheetProps) {
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Sheet title={title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p className="lead">{consequence}</p>
        {children}
        <Wrong problem={problem} except={fields} />
        <button type="submit" className={danger ? 'button wide danger-fill' : 'button wide'} disabled={busy}>
          {doIt}
        </button>
      </form>
    </Sheet>
  )
}

const paramsOf = (gathering: Gathering) => ({ organisationId: gathering.organisationId, gatheringId: gathering.id })

export function Confirm({ gathering, onClose }: StepProps) {
  const t = useT()
  const { run, busy, problem } = useAction(confirmGathering)
  const invalid = gathering.verdicts.filter(({ valid }) => !valid)
  return (
    <StepSheet
      title={t('mobile.confirm.title')}
      consequence={t('mobile.confirm.consequence', { recorder: gathering.recorderName })}
      doIt={t('mobile.act.confirm')}
      busy={busy}
      problem={problem}
      onSubmit={() => void run({ params: paramsOf(gathering), body: { version: gathering.version } }).then(onClose, () => {})}
      onClose={onClose}
    >
      {invalid.length > 0 && (
        <p className="late">{t('mobile.confirm.invalid', { kinds: invalid.map(({ kind }) => t(`shared.kind.${kind}`)).join('、') })}</p>
      )}
      <Advice gathering={gathering} />
    </StepSheet>
  )
}

export function CallOff({ gathering, onClose }: StepProps) {
  const t = useT()
  const [reason, setReason] = useState('')
  const { run, busy, problem } = useAction(cancelGathering)
  return (
    <StepSheet
      title={t('mobile.act.cancel')}
      consequence={t(gathering.state === 'PLANNED' ? 'mobile.cancel.untold' : 'mobile.cancel.told')}
      doIt={t('mobile.act.cancel')}
      danger
      busy={busy}
      problem={problem}
      fields={['body.reason']}
      onSubmit={() => void run({ params: paramsOf(gathering), body: { reason } }).then(onClose, () => {})}
      onClose={onClose}
    >
      <Field label={t('mobile.cancel.reason')} wrong={problem?.of('body.reason')}>
        {(attributes) => (
          <textarea {...attributes} rows={2} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </StepSheet>
  )
}

export function Postpone({ gathering, onClose }: StepProps) {
  const t = useT()
  const [reason, setReason] = useState('')
  const [day, setDay] = useState(dayOf(new Date(gathering.plannedStart)))
  const [time, setTime] = useState(timeOf(gathering.plannedStart))
  const { run, busy, problem } = useAction(postponeGathering)
  const start = momentAt(day, time)
  const lasts = gathering.plannedEnd === null ? null : Date.parse(gathering.plannedEnd) - Date.parse(gathering.plannedStart)
  const plannedEnd = lasts === null || Number.isNaN(Date.parse(start)) ? null : new Date(Date.parse(start) + lasts).toISOString()
  return (
    <StepSheet
      title={t('mobile.act.postpone')}
      consequence={t('mobile.postpone.consequence')}
      doIt={t('mobile.postpone.doIt')}
      busy={busy}
      problem={problem}
      fields={['body.reason', 'body.plannedStart']}
      onSubmit={() => void run({ params: paramsOf(gathering), body: { reason, plannedStart: start, plannedEnd } }).then(onClose, () => {})}
      onClose={onClose}
    >
      <div className="pair">
        <Field label={t('mobile.plan.day')} wrong={problem?.of('body.plannedStart')}>
          {(attributes) => <input {...attributes} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
        <Field label={t('mobile.plan.from')}>
          {(attributes) => <input {...attributes} type="time" value={time} onChange={(event) => setTime(event.target.value)} />}
        </Field>
      </div>
      <Field label={t('mobile.postpone.reason')} wrong={problem?.of('body.reason')}>
        {(attributes) => (
          <textarea {...attributes} rows={2} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </StepSheet>
  )
}

const amendable = ['minutes', 'place', 'title'] as const

export function Amend({ gathering, onClose }: StepProps) {
  const t = useT()
  const [id] = useState(newId)
  const [field, setField] = useState<(typeof amendable)[number]>('minutes')
  const [text, setText] = useState(gathering.minutes)
  const [reason, setReason] = useState('')
  const { run, busy, problem } = useAction(amendGathering)
  return (
    <StepSheet
      title={t('mobile.act.amend')}
      consequence={t('mobile.amend.consequence')}
      doIt={t('mobile.amend.doIt')}
      busy={busy}
      problem={problem}
      fields={['body.new', 'body.reason']}
      onSubmit={() =>
        void run({ params: { ...paramsOf(gathering), amendmentId: id }, body: { field, new: text, reason } }).then(onClose, () => {})
      }
      onClose={onClose}
    >
      <Choice
        label={t('mobile.amend.what')}
        value={field}
        options={amendable.map((value) => ({ value, name: t(`mobile.amend.${value}`) }))}
        onChange={(value) => {
          setField(value)
          setText(gathering[value])
        }}
      />
      <Field label={t('mobile.amend.new')} wrong={problem?.of('body.new')}>
        {(attributes) => (
          <textarea {...attributes} rows={field === 'minutes' ? 6 : 2} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <Field label={t('mobile.amend.reason')} wrong={problem?.of('body.reason')}>
        {(attributes) => (
          <textarea {...attributes} rows={2} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </StepSheet>
  )
}
