/** 登记外出: who goes where and why, from which day, and who keeps contact; what is advised stands beside it with its article, as it is typed. */
import { Button, Checkbox, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { floatReasons, getRegistration, putRegistration } from '#contract/floating'
import { departureAdvice } from '#rules'
import { call } from '../../shared/client.ts'
import { useSay, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useSaveKey } from '../field/first.ts'
import { LongText } from '../field/LongText.tsx'
import { PersonField, type Person } from '../field/PersonField.tsx'
import { useToday } from '../field/today.ts'
import { useUndo } from '../frame/undo.tsx'
import { Differing } from '../list/Differing.tsx'
import { Why } from '../list/Why.tsx'
import { AreaField, type Area } from './AreaField.tsx'
import type { Registration } from './words.ts'

interface Typed {
  member: Person | null
  reason: (typeof floatReasons)[number]
  area: Area | null
  place: string
  unit: string
  fixed: boolean
  outOn: string | null
  expectedBackOn: string | null
  contact: Person | null
  note: string
  version: number | undefined
}

const typedOf = (registration: Registration): Typed => {
  const { memberId, name, reason, destination, outOn, expectedBackOn, contactId, contactName, note, version } = registration
  return {
    member: { id: memberId, name },
    reason,
    area: { code: destination.areaCode, name: '' },
    place: destination.place,
    unit: destination.unit,
    fixed: destination.fixed,
    outOn,
    expectedBackOn,
    contact: contactId === null ? null : { id: contactId, name: contactName },
    note,
    version,
  }
}

interface NewDepartureProps {
  organisationId: string
  registrationId: string
  /** @param saved was it registered, or given up? */
  onDone: (saved: boolean) => void
}

export function NewDeparture({ organisationId, registrationId, onDone }: NewDepartureProps) {
  const today = useToday()
  const [blank] = useState<Typed>(() => ({
    member: null,
    reason: 'WORK',
    area: null,
    place: '',
    unit: '',
    fixed: false,
    outOn: today,
    expectedBackOn: null,
    contact: null,
    note: '',
    version: undefined,
  }))
  return <Form organisationId={organisationId} homeId={organisationId} registrationId={registrationId} saved={blank} onDone={onDone} />
}

interface ChangeDepartureProps {
  organisationId: string
  registration: Registration
  onDone: () => void
}

export function ChangeDeparture({ organisationId, registration, onDone }: ChangeDepartureProps) {
  const { id, homeId } = registration
  return <Form organisationId={organisationId} homeId={homeId} registrationId={id} saved={typedOf(registration)} onDone={onDone} />
}

interface FormProps {
  organisationId: string
  homeId: string
  registrationId: string
  saved: Typed
  onDone: (saved: boolean) => void
}

function Form({ organisationId, homeId, registrationId, saved, onDone }: FormProps) {
  const t = useT()
  const tell = useUndo()
  const form = useRef<HTMLFormElement>(null)
  const isNew = saved.version === undefined
  const draft = useDraft<Typed>(`float.${registrationId}`, saved)
  const saving = useAction(putRegistration)
  const [newer, setNewer] = useState<Typed | null>(null)
  const typed = draft.value
  const problem = saving.problem?.code === 'STALE_VERSION' ? null : saving.problem
  const wrong = (name: string) => problem?.of(`body.${name}`)
  const ready = typed.member !== null && typed.area !== null && typed.outOn !== null
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])

  async function save() {
    const { member, reason, area, place, unit, fixed, outOn, expectedBackOn, contact, note, version } = typed
    if (member === null || area === null || outOn === null) return
    const params = { organisationId, registrationId }
    const destination = { areaCode: area.code, place, unit, fixed }
    const body = { memberId: member.id, reason, destination, outOn, expectedBackOn, contactId: contact?.id ?? null, note }
    try {
      await saving.run({ params, body: version === undefined ? body : { ...body, version } })
    } catch (error) {
      if ((error as { code?: string }).code === 'STALE_VERSION') setNewer(typedOf(await call(getRegistration, { params })))
      return
    }
    draft.clear()
    tell(t('console.floating.registered', { name: member.name }))
    onDone(true)
  }
  useSaveKey(form, () => void save().catch(() => {}))

  function drop() {
    draft.clear()
    onDone(false)
    if (draft.changed) tell(t('console.draft.dropped'), () => draft.set(typed))
  }

  return (
    <form
      ref={form}
      className="float-form"
      aria-label={t('console.floating.register')}
      onSubmit={(event) => {
        event.preventDefault()
        void save().catch(() => {})
      }}
      noValidate
    >
      {newer !== null && (
        <Newer
          typed={typed}
          newer={newer}
          onKeepMine={() => {
            draft.change({ version: newer.version })
            setNewer(null)
          }}
          onTake={() => {
            draft.set(newer)
            setNewer(null)
          }}
        />
      )}
      {draft.changed && <p className="quiet">{t('console.draft.kept')}</p>}
      <fieldset>
        {isNew && (
          <Field label={t('console.floating.who')} wrong={wrong('memberId')} wide>
            <PersonField organisationId={homeId} value={typed.member} onPerson={(member) => draft.change({ member })} />
          </Field>
        )}
        <Field label={t('console.floating.whereTo')} hint={t('console.floating.whereHint')} wrong={wrong('destination.areaCode')} wide>
          <AreaField code={typed.area?.code ?? null} name={typed.area?.name ?? ''} onArea={(area) => draft.change({ area })} />
        </Field>
        <Field label={t('console.floating.place')} wrong={wrong('destination.place')}>
          <Input value={typed.place} maxLength={120} onChange={(event) => draft.change({ place: event.target.value })} />
        </Field>
        <Field label={t('console.floating.unit')} wrong={wrong('destination.unit')}>
          <Input value={typed.unit} maxLength={80} onChange={(event) => draft.change({ unit: event.target.value })} />
        </Field>
        <div data-wide="">
          <Checkbox checked={typed.fixed} onChange={(event) => draft.change({ fixed: event.target.checked })}>
            {t('console.floating.fixedQuestion')}
          </Checkbox>
        </div>
        <Field label={t('console.floating.reason')} wrong={wrong('reason')}>
          <Choice
            value={typed.reason}
            options={floatReasons}
            nameOf={(each) => t(`console.floating.reasons.${each}`)}
            onChoose={(reason) => reason && draft.change({ reason })}
          />
        </Field>
        <Field label={t('console.floating.contact')} hint={t('console.floating.contactHint')} wrong={wrong('contactId')} wide>
          <PersonField organisationId={homeId} value={typed.contact} onPerson={(contact) => draft.change({ contact })} />
        </Field>
        <Field label={t('console.floating.outOn')} wrong={wrong('outOn')}>
          <DayField value={typed.outOn} onDay={(outOn) => draft.change({ outOn })} />
        </Field>
        <Field label={t('console.floating.expectedBackOn')} hint={t('console.floating.backHint')} wrong={wrong('expectedBackOn')}>
          <DayField value={typed.expectedBackOn} onDay={(expectedBackOn) => draft.change({ expectedBackOn })} />
        </Field>
        <Field label={t('console.floating.note')} wrong={wrong('note')} wide>
          <LongText value={typed.note} maxLength={200} onText={(note) => draft.change({ note })} />
        </Field>
      </fieldset>
      {typed.outOn !== null && <Advised outOn={typed.outOn} expectedBackOn={typed.expectedBackOn} fixed={typed.fixed} />}
      <Refusal problem={problem} except={['body.']} />
      <div className="buttons sticky">
        <Button type="primary" htmlType="submit" loading={saving.busy} disabled={!ready || newer !== null}>
          {t(isNew ? 'console.floating.registerNow' : 'console.save')} <kbd>Ctrl ⏎</kbd>
        </Button>
        <Button onClick={drop}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}

/** A letter, a transfer or the pass: advised while one is still typing. */
function Advised(departure: { outOn: string; expectedBackOn: string | null; fixed: boolean }) {
  const t = useT()
  const say = useSay()
  const { advice, sentence, ruleId } = departureAdvice(departure)
  return (
    <section className="float-follows" aria-label={t('console.floating.advice')} aria-live="polite">
      <h3>{t(`console.floating.adviceTo.${advice}`)}</h3>
      <p>{say(sentence)}</p>
      <Why ruleId={ruleId} />
    </section>
  )
}

interface NewerProps {
  typed: Typed
  newer: Typed
  onKeepMine: () => void
  onTake: () => void
}

/** Somebody saved the registration meanwhile. */
function Newer({ typed, newer, onKeepMine, onTake }: NewerProps) {
  const t = useT()
  const lines = (of: Typed): [label: string, value: string][] => [
    [t('console.floating.whereTo'), [of.area?.name || of.area?.code, of.place, of.unit].filter(Boolean).join(' · ')],
    [t('console.floating.fixed'), t(of.fixed ? 'console.floating.isFixed' : 'console.floating.notFixed')],
    [t('console.floating.reason'), t(`console.floating.reasons.${of.reason}`)],
    [t('console.floating.contact'), of.contact?.name ?? ''],
    [t('console.floating.outOn'), of.outOn ?? ''],
    [t('console.floating.expectedBackOn'), of.expectedBackOn ?? ''],
    [t('console.floating.note'), of.note],
  ]
  const theirs = new Map(lines(newer))
  const fields = lines(typed)
    .filter(([name, value]) => theirs.get(name) !== value)
    .map(([name, value]) => ({ key: name, name, mine: value, theirs: theirs.get(name) ?? '' }))
  return <Differing fields={fields} onKeepMine={onKeepMine} onTake={onTake} />
}
