/** A new document of change. While it is typed, the platform says what it would do and to whom; only then can it take effect. */
import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { previewChange, putChange } from '#contract/organisations'
import { dayOf } from '../../shared/dates.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { useUndo } from '../frame/undo.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { LongText } from '../field/LongText.tsx'
import { blankDocument, changeKinds, documentOf, type Typed } from './document.ts'
import { KindFields } from './KindFields.tsx'
import { PreviewPart } from './PreviewPart.tsx'
import { TakeEffect } from './TakeEffect.tsx'

const restMilliseconds = 300

interface ChangeFormProps {
  organisation: Organisation
  onDone: (changeId: string) => void
}

export function ChangeForm({ organisation, onDone }: ChangeFormProps) {
  const t = useT()
  const say = useUndo()
  const [blank] = useState(() => blankDocument(organisation, dayOf(new Date())))
  const draft = useDraft<Typed>(`change.${organisation.id}`, blank)
  const typed = draft.value
  const first = useFirst<HTMLSelectElement>()
  const rested = useRested(typed)
  const params = { organisationId: organisation.id }
  const body = documentOf(rested, organisation, true)
  const previewing = useOperation(previewChange, { params, body: body ?? ({} as never) }, { enabled: body !== null, keep: true })
  const preview = body === null ? undefined : previewing.data
  const putting = useAction(putChange)
  const problem = putting.problem ?? (body === null ? null : previewing.error)
  const wrong = (name: string) => problem?.of(`body.${name}`)
  const ready = documentOf(typed, organisation)

  async function put() {
    if (ready === null) return
    await putting.run({ params: { ...params, changeId: typed.changeId }, body: ready })
    draft.clear()
    say(t('console.change.done', { no: ready.documentNo }))
    onDone(typed.changeId)
  }

  function drop() {
    draft.clear()
    if (draft.changed) say(t('console.draft.dropped'), () => draft.set(typed))
  }

  return (
    <form className="change-form" noValidate onSubmit={(event) => event.preventDefault()}>
      <div className="change-typed">
        <fieldset>
          <legend>{t('console.change.paper')}</legend>
          <Field label={t('console.change.kind')} hint={t(`console.changeHint.${typed.kind}`)} wide>
            <Choice
              ref={first}
              value={typed.kind}
              options={changeKinds}
              nameOf={(kind) => t(`console.changeKind.${kind}`)}
              onChoose={(kind) => kind && draft.change({ kind })}
            />
          </Field>
          <Field label={t('console.change.documentNo')} hint={t('console.change.documentHint')} wrong={wrong('documentNo')} wide>
            <Input value={typed.documentNo} maxLength={60} onChange={(event) => draft.change({ documentNo: event.target.value })} />
          </Field>
          <Field label={t('console.change.decidedOn')} wrong={wrong('decidedOn')}>
            <DayField value={typed.decidedOn} onDay={(day) => day !== null && draft.change({ decidedOn: day })} />
          </Field>
          <Field label={t('console.change.effectiveOn')} wrong={wrong('effectiveOn')}>
            <DayField value={typed.effectiveOn} onDay={(day) => day !== null && draft.change({ effectiveOn: day })} />
          </Field>
        </fieldset>
        <KindFields organisation={organisation} typed={typed} change={draft.change} wrong={wrong} />
        <fieldset>
          <Field label={t('console.change.noteField')} wrong={wrong('note')} wide>
            <LongText lines={2} value={typed.note} maxLength={400} onText={(text) => draft.change({ note: text })} />
          </Field>
        </fieldset>
        {draft.changed && (
          <p className="quiet">
            {t('console.draft.kept')}{' '}
            <button type="button" className="link" onClick={drop}>
              {t('console.draft.drop')}
            </button>
          </p>
        )}
      </div>
      <div className="change-preview" aria-live="polite">
        <PreviewPart preview={preview} waiting={body === null} />
        <Refusal problem={problem} except={['body.']} />
        <TakeEffect
          organisation={organisation}
          ready={ready !== null && preview !== undefined && preview.blockers.length === 0}
          noNumber={typed.documentNo.trim() === ''}
          members={preview?.membersAffected ?? 0}
          organisations={preview?.organisationsAffected ?? 0}
          busy={putting.busy}
          onPut={() => void put().catch(() => {})}
        />
      </div>
    </form>
  )
}

/** What was typed, once the typing rests. */
function useRested(typed: Typed): Typed {
  const [rested, setRested] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), restMilliseconds)
    return () => clearTimeout(timer)
  }, [typed])
  return rested
}
