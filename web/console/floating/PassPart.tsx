/** 活动证: its state as all three sides see it, and what the home committee does with it. */
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { issuePass, setPassState } from '#contract/passes'
import { passValidUntil } from '#rules'
import { newId } from '../../shared/device.ts'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { DayField } from '../field/DayField.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { useToday } from '../field/today.ts'
import { useUndo } from '../frame/undo.tsx'
import { Facts } from '../list/Facts.tsx'
import { Mark } from '../list/Mark.tsx'
import { isAway, passTones, type Registration } from './words.ts'

interface PassPartProps {
  /** The committee that issues passes here. */
  issuerId: string
  registration: Registration
  /** Does the post issue passes here? */
  issues: boolean
}

type Act = 'issue' | 'SUSPENDED' | 'ACTIVE' | 'REVOKED'

/** What may be done with a pass in its state; a member has at most one that is good. */
function actsOf({ pass, may, state }: Registration): Act[] {
  if (pass === null || pass.state === 'CLOSED' || pass.state === 'REVOKED') {
    return may.includes('ISSUE') || (pass?.state === 'REVOKED' && isAway({ state })) ? ['issue'] : []
  }
  if (!isAway({ state })) return []
  if (pass.state === 'ACTIVE') return ['issue', 'SUSPENDED', 'REVOKED']
  if (pass.state === 'SUSPENDED') return state === 'LOST_CONTACT' ? ['REVOKED'] : ['ACTIVE', 'REVOKED']
  return ['issue']
}

export function PassPart({ issuerId, registration, issues }: PassPartProps) {
  const t = useT()
  const language = useLanguage()
  const { pass } = registration
  const [act, setAct] = useState<Act | null>(null)
  const acts = issues ? actsOf(registration) : []
  const chosen = act !== null && acts.includes(act) ? act : null
  const nameOf = (each: Act) =>
    t(
      each === 'issue'
        ? pass === null
          ? 'console.floating.pass.issue'
          : 'console.floating.pass.renew'
        : `console.floating.pass.act.${each}`,
    )
  const done = () => setAct(null)
  return (
    <section className="float-part" aria-labelledby="float-pass">
      <h3 id="float-pass">{t('console.floating.pass.title')}</h3>
      {pass === null ? (
        <p className="quiet">{t(issues ? 'console.floating.pass.noneHere' : 'console.floating.pass.none')}</p>
      ) : (
        <Facts
          facts={[
            [
              t('console.floating.pass.state'),
              <Mark key="state" tone={passTones[pass.state]}>
                {t(`console.floating.passState.${pass.state}`)}
              </Mark>,
            ],
            pass.reason !== '' && [t('console.floating.pass.reason'), pass.reason],
            [t('console.floating.pass.number'), <code key="number">{pass.number}</code>],
            [t('console.floating.pass.issuer'), pass.issuerName],
            [t('console.floating.pass.issuedOn'), showDay(pass.issuedOn, language)],
            [t('console.floating.pass.validUntil'), showDay(pass.validUntil, language)],
            [
              t('console.floating.pass.coSigned'),
              pass.coSignedOn === null
                ? t('console.floating.pass.notCoSigned')
                : t('console.floating.pass.coSignedBy', { name: pass.coSignedByName, day: showDay(pass.coSignedOn, language) }),
            ],
          ]}
        />
      )}
      {acts.length > 0 && (
        <div className="buttons">
          {acts.map((each) => (
            <Button key={each} aria-expanded={each === chosen} onClick={() => setAct(each === chosen ? null : each)}>
              {nameOf(each)}
            </Button>
          ))}
        </div>
      )}
      {chosen === 'issue' && <Issue issuerId={issuerId} registration={registration} name={nameOf('issue')} onDone={done} />}
      {chosen !== null && chosen !== 'issue' && (
        <SetState key={chosen} issuerId={issuerId} registration={registration} to={chosen} name={nameOf(chosen)} onDone={done} />
      )}
    </section>
  )
}

interface ActProps {
  issuerId: string
  registration: Registration
  /** Of the act, as its button says it. */
  name: string
  onDone: () => void
}

function Issue({ issuerId, registration, name, onDone }: ActProps) {
  const t = useT()
  const tell = useUndo()
  const language = useLanguage()
  const today = useToday()
  const [passId] = useState(newId)
  const [issuedOn, setIssuedOn] = useState<string | null>(today)
  const { run, busy, problem } = useAction(issuePass)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (issuedOn === null) return
    const finish = () => {
      tell(t('console.floating.pass.issued', { name: registration.name }))
      onDone()
    }
    run({ params: { organisationId: issuerId, registrationId: registration.id, passId }, body: { issuedOn } }).then(finish, () => {})
  }

  return (
    <form className="float-form" aria-label={name} onSubmit={submit} noValidate>
      <Field label={t('console.floating.pass.issuedOn')} wrong={problem?.of('body.issuedOn')}>
        <DayField value={issuedOn} onDay={setIssuedOn} />
      </Field>
      <section className="float-follows" aria-label={t('console.floating.follows.title')}>
        <h3>{t('console.floating.follows.title')}</h3>
        <ul className="effects">
          {issuedOn !== null && <li>{t('console.floating.pass.untilWhen', { day: showDay(passValidUntil(issuedOn), language) })}</li>}
          <li>{t('console.floating.pass.onPhone')}</li>
          {registration.pass !== null && <li>{t('console.floating.pass.beforeEnds')}</li>}
        </ul>
      </section>
      <Refusal problem={problem} except={['body.issuedOn']} />
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={busy} disabled={issuedOn === null}>
          {t('console.floating.step.confirm', { step: name, name: registration.name })}
        </Button>
        <Button onClick={onDone}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}

function SetState({ issuerId, registration, to, name, onDone }: ActProps & { to: Exclude<Act, 'issue'> }) {
  const t = useT()
  const tell = useUndo()
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const first = useFirst<HTMLButtonElement & HTMLAnchorElement>(asking)
  const { run, busy, problem } = useAction(setPassState)
  const passId = registration.pass?.id ?? ''
  const named = t('console.floating.step.confirm', { step: name, name: registration.name })

  function take() {
    const finish = () => {
      tell(t('console.floating.step.done', { step: name, name: registration.name }))
      onDone()
    }
    run({ params: { organisationId: issuerId, registrationId: registration.id, passId }, body: { state: to, reason } }).then(finish, () =>
      setAsking(false),
    )
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (reason.trim() === '') return
    if (to === 'REVOKED') setAsking(true)
    else take()
  }

  return (
    <form className="float-form" aria-label={name} onSubmit={submit} noValidate>
      <Field label={t('console.floating.pass.why')} hint={t('console.floating.pass.whyHint')} wrong={problem?.of('body.reason')}>
        <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <section className="float-follows" aria-label={t('console.floating.follows.title')}>
        <h3>{t('console.floating.follows.title')}</h3>
        <ul className="effects">
          <li>{t(`console.floating.pass.then.${to}`)}</li>
          <li>{t('console.floating.pass.offline')}</li>
        </ul>
      </section>
      <Refusal problem={problem} except={['body.reason']} />
      {asking ? (
        <div className="ask" role="group" aria-label={name}>
          <p>{t('console.floating.pass.askRevoke', { name: registration.name })}</p>
          <div className="buttons">
            <Button type="primary" danger ref={first} loading={busy} onClick={take}>
              {named}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('console.change.lookAgain')}</Button>
          </div>
        </div>
      ) : (
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={busy} disabled={reason.trim() === ''}>
            {to === 'REVOKED' ? t('console.floating.step.next', { step: name }) : named}
          </Button>
          <Button onClick={onDone}>{t('console.cancel')}</Button>
        </div>
      )}
    </form>
  )
}
