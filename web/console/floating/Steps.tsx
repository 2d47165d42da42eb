/** What may be done now, one button each; the step chosen says what follows from it before it is taken. */
import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useRef, useState } from 'react'
import { takeStep } from '#contract/floating'
import { listChildOrganisations } from '#contract/organisations'
import { count, type FloatAction, floatStep, floatSteps, lookingFor } from '#rules'
import { newId } from '../../shared/device.ts'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst, useSaveKey } from '../field/first.ts'
import { LongText } from '../field/LongText.tsx'
import { OrganisationField } from '../field/OrganisationField.tsx'
import { useToday } from '../field/today.ts'
import { useUndo } from '../frame/undo.tsx'
import { AreaField } from './AreaField.tsx'
import { type Registration, useFloatWords } from './words.ts'

/** Steps taken from here; the pass is issued where the pass is, and taking part comes out of the host's record. */
const offered = ['ASSIGN', 'CONTACT', 'REPORT_BACK', 'MOVE', 'FIND', 'RETURN', 'TRANSFER', 'LOSE', 'CLOSE'] as const
type Offered = (typeof offered)[number]

/** Not to be undone, so asked once more. */
const final: readonly FloatAction[] = ['RETURN', 'TRANSFER', 'LOSE', 'CLOSE']
/** Nothing happens without a word or a number kept with it. */
const evidenced: readonly FloatAction[] = ['TRANSFER', 'LOSE', 'FIND', 'REPORT_BACK']
const noted: readonly FloatAction[] = [...evidenced, 'RETURN', 'CLOSE']

interface StepsProps {
  organisationId: string
  registration: Registration
  onTaken: (action: FloatAction) => void
}

export function Steps({ organisationId, registration, onTaken }: StepsProps) {
  const t = useT()
  const words = useFloatWords()
  const [action, setAction] = useState<Offered | null>(null)
  const shown = offered.filter((each) => registration.may.includes(each))
  if (shown.length === 0) return null
  const chosen = action !== null && shown.includes(action) ? action : null
  return (
    <section className="float-part" aria-label={t('console.floating.mayDo')}>
      <div className="buttons">
        {shown.map((each) => (
          <Button key={each} aria-expanded={each === chosen} onClick={() => setAction(each === chosen ? null : each)}>
            {words.step(each)}
          </Button>
        ))}
      </div>
      {chosen !== null && (
        <StepForm
          key={chosen}
          organisationId={organisationId}
          registration={registration}
          action={chosen}
          onTaken={onTaken}
          onDone={() => setAction(null)}
        />
      )}
    </section>
  )
}

type How = (typeof lookingFor)[number]['kind'] | 'TALK'
const hows: readonly How[] = ['TALK', ...lookingFor.map(({ kind }) => kind)]

interface Typed {
  stepId: string
  on: string | null
  branchId: string | null
  groupId: string | null
  areaCode: string | null
  areaName: string
  place: string
  unit: string
  fixed: boolean
  how: How | null
  note: string
}

function StepForm({ organisationId, registration, action, onTaken, onDone }: StepsProps & { action: Offered; onDone: () => void }) {
  const t = useT()
  const tell = useUndo()
  const words = useFloatWords()
  const today = useToday()
  const form = useRef<HTMLFormElement>(null)
  const [blank] = useState<Typed>(() => ({
    stepId: newId(),
    on: today,
    branchId: null,
    groupId: null,
    areaCode: null,
    areaName: '',
    place: '',
    unit: '',
    fixed: registration.destination.fixed,
    how: null,
    note: '',
  }))
  const draft = useDraft<Typed>(`float.${registration.id}.${action}`, blank)
  const { run, busy, problem } = useAction(takeStep)
  const [asking, setAsking] = useState(false)
  const first = useFirst<HTMLButtonElement & HTMLAnchorElement>(asking)
  const typed = draft.value
  const ready =
    typed.on !== null &&
    (action !== 'ASSIGN' || typed.branchId !== null) &&
    (action !== 'MOVE' || typed.areaCode !== null) &&
    (action !== 'CONTACT' || typed.how !== null) &&
    (!evidenced.includes(action) || typed.note.trim() !== '')
  const step = words.step(action)

  async function take() {
    if (!ready || typed.on === null) return
    const { stepId, on, branchId, groupId, areaCode, place, unit, fixed, how, note } = typed
    await run({
      params: { organisationId, registrationId: registration.id, stepId },
      body: {
        action,
        on,
        note,
        ...(action === 'ASSIGN' ? { branchId, groupId } : {}),
        ...((action === 'MOVE' || action === 'FIND') && areaCode !== null ? { destination: { areaCode, place, unit, fixed } } : {}),
        ...(action === 'CONTACT' ? { how } : {}),
      },
    })
    draft.clear()
    tell(t('console.floating.step.done', { step, name: registration.name }))
    onDone()
    onTaken(action)
  }
  const taken = () => void take().catch(() => setAsking(false))
  useSaveKey(form, () => (final.includes(action) ? setAsking(ready) : taken()))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (final.includes(action)) setAsking(ready)
    else taken()
  }

  function drop() {
    draft.clear()
    onDone()
    if (draft.changed) tell(t('console.draft.dropped'), () => draft.set(typed))
  }

  return (
    <form ref={form} className="float-form" aria-label={step} onSubmit={submit} noValidate>
      <fieldset>
        {action === 'ASSIGN' && <Assigned typed={typed} change={draft.change} wrong={problem?.of('body.branchId')} />}
        {(action === 'MOVE' || action === 'FIND') && <Moved typed={typed} change={draft.change} wrong={problem?.of('body.destination')} />}
        {action === 'CONTACT' && (
          <Field label={t('console.floating.step.how')} hint={t('console.floating.step.howHint')} wrong={problem?.of('body.how')} wide>
            <Choice
              value={typed.how ?? ''}
              none={t('console.floating.choose')}
              options={hows}
              nameOf={(each) => words.how(each)}
              onChoose={(how) => draft.change({ how: how ?? null })}
            />
          </Field>
        )}
        <Field label={t(`console.floating.step.on.${action}`)} wrong={problem?.of('body.on')}>
          <DayField value={typed.on} onDay={(on) => draft.change({ on })} />
        </Field>
        {action === 'LOSE' && <Tried registration={registration} />}
        {noted.includes(action) && (
          <Field
            label={t(`console.floating.step.note.${action}`)}
            hint={t(`console.floating.step.noteHint.${action}`, { least: count('FLOW-LOOK', 'waysAtLeast') })}
            wrong={problem?.of('body.note')}
            wide
          >
            {action === 'TRANSFER' ? (
              <Input value={typed.note} maxLength={200} onChange={(event) => draft.change({ note: event.target.value })} />
            ) : (
              <LongText value={typed.note} maxLength={1000} onText={(note) => draft.change({ note })} />
            )}
          </Field>
        )}
      </fieldset>
      <Follows registration={registration} action={action} typed={typed} />
      <Refusal problem={problem} except={['body.branchId', 'body.destination', 'body.how', 'body.on', 'body.note']} />
      {asking && ready ? (
        <div className="ask" role="group" aria-label={step}>
          <p>{t(`console.floating.step.ask.${action}`, { name: registration.name })}</p>
          <div className="buttons">
            <Button type="primary" danger ref={first} loading={busy} onClick={taken}>
              {t('console.floating.step.confirm', { step, name: registration.name })}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('console.change.lookAgain')}</Button>
          </div>
        </div>
      ) : (
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
            {final.includes(action)
              ? t('console.floating.step.next', { step })
              : t('console.floating.step.confirm', { step, name: registration.name })}
          </Button>
          <Button onClick={drop}>{t('console.cancel')}</Button>
          {draft.changed && <span className="quiet">{t('console.draft.kept')}</span>}
        </div>
      )}
    </form>
  )
}

interface FieldsProps {
  typed: Typed
  change: (part: Partial<Typed>) => void
  wrong: string | undefined
}

/** The branch of the host, and its group where it has any. */
function Assigned({ typed, change, wrong }: FieldsProps) {
  const t = useT()
  const below = useOperation(
    listChildOrganisations,
    { params: { organisationId: typed.branchId ?? '' }, query: {} },
    { enabled: typed.branchId !== null },
  )
  const groups = (below.data?.items ?? []).filter(({ kind }) => kind === 'GROUP')
  return (
    <>
      <Field label={t('console.floating.step.branch')} hint={t('console.floating.step.branchHint')} wrong={wrong} wide>
        <OrganisationField value={typed.branchId} onOrganisation={(branchId) => change({ branchId, groupId: null })} />
      </Field>
      {groups.length > 0 && (
        <Field label={t('console.floating.step.group')}>
          <Choice
            value={typed.groupId ?? ''}
            none={t('console.floating.step.noGroup')}
            options={groups.map(({ id }) => id)}
            nameOf={(id) => groups.find((group) => group.id === id)?.shortName ?? ''}
            onChoose={(groupId) => change({ groupId: groupId ?? null })}
          />
        </Field>
      )}
    </>
  )
}

function Moved({ typed, change, wrong }: FieldsProps) {
  const t = useT()
  return (
    <>
      <Field label={t('console.floating.area')} wrong={wrong} wide>
        <AreaField
          code={typed.areaCode}
          name={typed.areaName}
          onArea={(area) => change({ areaCode: area?.code ?? null, areaName: area?.name ?? '' })}
        />
      </Field>
      <Field label={t('console.floating.place')}>
        <Input value={typed.place} maxLength={120} onChange={(event) => change({ place: event.target.value })} />
      </Field>
      <Field label={t('console.floating.unit')}>
        <Input value={typed.unit} maxLength={80} onChange={(event) => change({ unit: event.target.value })} />
      </Field>
      <div data-wide="">
        <Checkbox checked={typed.fixed} onChange={(event) => change({ fixed: event.target.checked })}>
          {t('console.floating.fixedQuestion')}
        </Checkbox>
      </div>
    </>
  )
}

/** Every way of looking for somebody, and the last day it was tried. */
function Tried({ registration: { entries } }: { registration: Registration }) {
  const t = useT()
  const language = useLanguage()
  const words = useFloatWords()
  return (
    <div data-wide="">
      <p className="label quiet">{t('console.floating.step.tried')}</p>
      <ul className="float-tried">
        {lookingFor.map(({ kind }) => {
          const last = entries.find((entry) => entry.action === 'CONTACT' && entry.how === kind)
          return (
            <li key={kind}>
              {words.how(kind)}
              {' — '}
              {last === undefined ? t('console.floating.step.notTried') : showDay(last.on, language)}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What follows from the step, in words, before it is taken. */
function Follows({ registration, action, typed }: { registration: Registration; action: Offered; typed: Typed }) {
  const t = useT()
  const words = useFloatWords()
  const [side] = floatSteps[action].by
  const move = floatStep(registration.state, action, side, registration.pass !== null)
  if (!('state' in move)) return null
  const { state, pass, leavesHost } = move
  const hostName = registration.branchName || registration.hostName
  return (
    <section className="float-follows" aria-label={t('console.floating.follows.title')}>
      <h3>{t('console.floating.follows.title')}</h3>
      <ul className="effects">
        <li>
          {state === registration.state
            ? t('console.floating.follows.stays', { state: words.state(state) })
            : t('console.floating.follows.state', { from: words.state(registration.state), to: words.state(state) })}
        </li>
        <li>
          {t(`console.floating.follows.${action}`, {
            home: registration.homeName,
            place: typed.areaName || t('console.floating.follows.there'),
          })}
        </li>
        {pass !== null && <li>{t(`console.floating.follows.pass.${pass}`)}</li>}
        {leavesHost && hostName !== '' && <li>{t('console.floating.follows.leavesHost', { host: hostName })}</li>}
      </ul>
    </section>
  )
}
