/** 记录: item by item what was said and decided. Kept in this tab while it is typed; Ctrl-S saves it to the platform. */
import { Button, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { getGathering } from '#contract/meetings'
import { putRecord } from '#contract/record'
import { call } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useSaveKey } from '../field/first.ts'
import { useUndo } from '../frame/undo.tsx'
import { LongText } from '../field/LongText.tsx'
import { AgendaMinutes } from './AgendaMinutes.tsx'
import { Files } from './Files.tsx'
import { HeldFields } from './HeldFields.tsx'
import { bodyOf, linesOf, type Recorded, recordOf } from './record.ts'
import { Speeches } from './Speeches.tsx'
import { Stale } from './Stale.tsx'
import { type Gathering, useStep } from './useGathering.ts'

export function Minutes({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useUndo()
  const form = useRef<HTMLFormElement>(null)
  const [opened] = useState(() => new Date())
  const [saved, setSaved] = useState(() => recordOf(gathering, opened))
  const draft = useDraft<Recorded>(`record.${gathering.id}`, saved)
  const putting = useStep(putRecord, gathering)
  const [newer, setNewer] = useState<Gathering | null>(null)
  const record = draft.value
  const problem = putting.problem?.code === 'STALE_VERSION' ? null : putting.problem
  const lateWrong = problem?.of('body.lateReason')
  // Somebody else saved and nothing is being typed here: show theirs.
  if (!draft.changed && saved.version !== gathering.version) setSaved(recordOf(gathering, opened))
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])

  async function save() {
    try {
      const answer = await putting.run({ body: bodyOf(record) })
      setSaved(recordOf(answer, opened))
      draft.clear()
      say(t('console.minutes.saved'))
    } catch (error) {
      const params = { organisationId: gathering.organisationId, gatheringId: gathering.id }
      if ((error as { code?: string }).code === 'STALE_VERSION') setNewer(await call(getGathering, { params }))
    }
  }

  useSaveKey(form, () => void save())

  function drop() {
    draft.clear()
    say(t('console.draft.dropped'), () => draft.set(record))
  }

  function choose(keepMine: boolean) {
    if (newer === null) return
    if (keepMine) draft.change({ version: newer.version })
    else {
      setSaved(recordOf(newer, opened))
      draft.clear()
    }
    setNewer(null)
    putting.reset()
  }

  return (
    <form ref={form} className="minutes" noValidate onSubmit={(event) => event.preventDefault()} aria-label={t('console.minutes.title')}>
      <header className="section-head">
        <h3>{t('console.minutes.title')}</h3>
      </header>
      {newer && (
        <Stale
          mine={linesOf(record)}
          theirs={linesOf(recordOf(newer, opened))}
          onKeepMine={() => choose(true)}
          onTake={() => choose(false)}
        />
      )}
      <HeldFields gathering={gathering} record={record} change={draft.change} problem={problem} />
      <AgendaMinutes gathering={gathering} record={record} change={draft.change} problem={problem} />
      <Speeches gathering={gathering} speeches={record.speeches} problem={problem} onSpeeches={(speeches) => draft.change({ speeches })} />
      <Field label={t('console.minutes.text')} hint={t('console.minutes.textHint')} wrong={problem?.of('body.minutes')} wide>
        <LongText lines={4} value={record.minutes} maxLength={50_000} onText={(text) => draft.change({ minutes: text })} />
      </Field>
      <Files files={record.files} onFiles={(files) => draft.change({ files })} />
      {(lateWrong !== undefined || record.lateReason !== '') && (
        <Field label={t('console.minutes.lateReason')} hint={t('console.minutes.lateHint')} wrong={lateWrong} wide>
          <Input value={record.lateReason} maxLength={200} onChange={(event) => draft.change({ lateReason: event.target.value })} />
        </Field>
      )}
      <Refusal problem={problem} except={['body.']} />
      <div className="buttons sticky">
        <Button
          type={draft.changed || gathering.state === 'IN_PROGRESS' ? 'primary' : 'default'}
          loading={putting.busy}
          disabled={newer !== null}
          onClick={() => void save()}
        >
          {t('console.minutes.save')} <kbd>Ctrl S</kbd>
        </Button>
        <span className="quiet" role="status">
          {draft.changed
            ? t('console.draft.kept')
            : gathering.state === 'DRAFT_MINUTES'
              ? t('console.minutes.savedBy', { name: gathering.recorderName })
              : t('console.sign.note')}
        </span>
        {draft.changed && (
          <button type="button" className="link" onClick={drop}>
            {t('console.draft.drop')}
          </button>
        )}
      </div>
    </form>
  )
}
