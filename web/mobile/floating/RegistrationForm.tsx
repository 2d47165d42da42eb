/** 外出登记: a few questions, and before anything is sent what is advised — a letter, a transfer or the pass — with its article. */
import { useState, type FormEvent } from 'react'
import { floatReasons, registerMyself } from '#contract/floating'
import { departureAdvice } from '#rules'
import { newId } from '../../shared/device.ts'
import { useSay, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { today } from '../parts/days.ts'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { People } from '../parts/People.tsx'
import { Why } from '../parts/Why.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { DestinationFields, destinationOf, type Going, nowhere } from './DestinationFields.tsx'
import { isInside, provinceOf } from './places.ts'
import { areaNameOf, type MyFloating, type Registration } from './words.ts'

/** What is said at its own field. */
const fields = ['body.destination', 'body.reason', 'body.outOn', 'body.expectedBackOn', 'body.contactId']

interface RegistrationFormProps {
  my: MyFloating
  /** A registration that is corrected; undefined for a new one. */
  before?: Registration | undefined
  onDone: () => void
}

const goingOf = (registration: Registration, nameOf: (province: string) => string): Going => {
  const { destination } = registration
  const inside = isInside(destination.areaCode)
  const province = provinceOf(destination.areaCode)
  return {
    inside,
    code: inside ? destination.areaCode : province,
    name: inside ? areaNameOf(registration) : nameOf(province),
    place: inside ? destination.place : destination.place.replace(nameOf(province), ''),
    unit: destination.unit,
    fixed: destination.fixed,
  }
}

export function RegistrationForm({ my, before, onDone }: RegistrationFormProps) {
  const t = useT()
  const [id] = useState(() => before?.id ?? newId())
  const [reason, setReason] = useState<(typeof floatReasons)[number]>(before?.reason ?? 'WORK')
  const [going, setGoing] = useState<Going>(() =>
    before === undefined ? nowhere : goingOf(before, (province) => t(`mobile.floating.place.${province}`, { lng: 'zh' })),
  )
  const [outOn, setOutOn] = useState(before?.outOn ?? today())
  const [backOn, setBackOn] = useState(before?.expectedBackOn ?? '')
  const [contactId, setContactId] = useState(before?.contactId ?? '')
  const { run, busy, problem } = useAction(registerMyself)
  const expectedBackOn = backOn === '' ? null : backOn

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = {
      reason,
      destination: destinationOf(going),
      outOn,
      expectedBackOn,
      contactId: contactId === '' ? null : contactId,
      note: before?.note ?? '',
      ...(before === undefined ? {} : { version: before.version }),
    }
    run({ params: { registrationId: id }, body }).then(onDone, () => {})
  }

  return (
    <form onSubmit={submit} noValidate aria-label={t('mobile.floating.title')}>
      <section className="card">
        <Choice
          label={t('mobile.floating.form.reason')}
          value={reason}
          options={floatReasons.map((value) => ({ value, name: t(`mobile.floating.reason.${value}`) }))}
          onChange={setReason}
        />
        <DestinationFields going={going} problem={problem} onChange={setGoing} />
      </section>
      <section className="card">
        <div className="pair">
          <Field label={t('mobile.floating.form.outOn')} wrong={problem?.of('body.outOn')}>
            {(attributes) => <input {...attributes} type="date" value={outOn} onChange={(event) => setOutOn(event.target.value)} />}
          </Field>
          <Field label={t('mobile.floating.form.backOn')} wrong={problem?.of('body.expectedBackOn')}>
            {(attributes) => (
              <input {...attributes} type="date" min={outOn} value={backOn} onChange={(event) => setBackOn(event.target.value)} />
            )}
          </Field>
        </div>
        <p className="note">{t('mobile.floating.form.backHint')}</p>
        <Field label={t('mobile.floating.form.contact')} hint={t('mobile.floating.form.contactHint')} wrong={problem?.of('body.contactId')}>
          {(attributes) => (
            <People
              {...attributes}
              none={t('mobile.floating.form.contactNone')}
              people={my.contacts}
              value={contactId}
              onChange={setContactId}
            />
          )}
        </Field>
      </section>
      {outOn !== '' && <Advised outOn={outOn} expectedBackOn={expectedBackOn} fixed={going.fixed} />}
      <Wrong problem={problem} except={fields} />
      <button type="submit" className="button wide" disabled={busy || going.code === '' || outOn === ''}>
        {t(before === undefined ? 'mobile.floating.form.send' : 'mobile.floating.form.change')}
      </button>
      <p className="note">
        {t(going.code === '' ? 'mobile.floating.form.missing' : 'mobile.floating.form.seenBy', { branch: my.homeName })}
      </p>
    </form>
  )
}

/** What the rules advise for these answers, before they are sent. */
function Advised(departure: Parameters<typeof departureAdvice>[0]) {
  const t = useT()
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const { advice, ruleId, sentence } = departureAdvice(departure)
  return (
    <section className="card ok-edge" aria-live="polite" aria-label={t('mobile.floating.advice.title')}>
      <div className="verdict-head">
        <b>{t(`mobile.floating.advice.${advice}`)}</b>
        <button type="button" className="text" onClick={() => setAsking(true)}>
          {t('mobile.duty.why')}
        </button>
      </div>
      <p className="quiet">{say(sentence)}</p>
      {asking && <Why ruleId={ruleId} sentence={sentence} onClose={() => setAsking(false)} />}
    </section>
  )
}
