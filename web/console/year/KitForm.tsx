import { Button, Input } from 'antd'
import { type FormEvent, useRef, useState } from 'react'
import { putKit } from '#contract/plans'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import type { Kit } from '../../shared/year/basis.ts'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useSaveKey } from '../field/first.ts'
import { LongText } from '../field/LongText.tsx'
import { useToday } from '../field/today.ts'
import { Files } from '../gathering/Files.tsx'

interface KitFormProps {
  organisationId: string
  kitId: string
  /** Undefined when it is new. */
  kit: Kit | undefined
  onDone: () => void
}

const fields = ['body.month', 'body.title', 'body.agenda', 'body.reading', 'body.task']

/** A kit as its publisher writes it: the agenda one item a line. */
export function KitForm({ organisationId, kitId, kit, onDone }: KitFormProps) {
  const t = useT()
  const form = useRef<HTMLFormElement>(null)
  const thisMonth = useToday().slice(0, 7)
  const [itemIds] = useState(() => kit?.agenda.map(({ id }) => id) ?? [])
  const saved = {
    month: kit?.month ?? thisMonth,
    title: kit?.title ?? '',
    agenda: kit?.agenda.map(({ title }) => title).join('\n') ?? '',
    reading: kit?.reading ?? '',
    task: kit?.task ?? '',
    files: kit?.files ?? [],
  }
  const draft = useDraft(`kit.${kitId}`, saved, [])
  const saving = useAction(putKit)
  const { value, change } = draft
  const wrong = saving.problem

  async function save(): Promise<void> {
    const lines = value.agenda.split('\n').filter((line) => line.trim() !== '')
    const agenda = lines.map((title, n) => {
      const id = itemIds[n] ?? newId()
      itemIds[n] = id
      return { id, title, note: '' }
    })
    const { month, title, reading, task, files } = value
    const version = kit === undefined ? {} : { version: kit.version }
    await saving.run({
      params: { organisationId, kitId },
      body: { month, title, agenda, reading, task, fileIds: files.map(({ fileId }) => fileId), ...version },
    })
    draft.clear()
    onDone()
  }
  useSaveKey(form, () => void save().catch(() => {}))

  function submit(event: FormEvent) {
    event.preventDefault()
    void save().catch(() => {})
  }

  return (
    <form ref={form} className="kit-form" onSubmit={submit} noValidate>
      <Field label={t('console.kits.month')} wrong={wrong?.of('body.month')}>
        <Input type="month" value={value.month} onChange={(event) => change({ month: event.target.value })} />
      </Field>
      <Field label={t('console.kits.name')} wrong={wrong?.of('body.title')}>
        <Input maxLength={80} value={value.title} onChange={(event) => change({ title: event.target.value })} />
      </Field>
      <Field label={t('console.kits.agenda')} hint={t('console.kits.agendaHint')} wrong={wrong?.of('body.agenda')} wide>
        <LongText lines={4} value={value.agenda} onText={(agenda) => change({ agenda })} />
      </Field>
      <Field label={t('console.kits.reading')} hint={t('console.kits.readingHint')} wrong={wrong?.of('body.reading')} wide>
        <LongText lines={6} maxLength={20000} value={value.reading} onText={(reading) => change({ reading })} />
      </Field>
      <Field label={t('console.kits.task')} wrong={wrong?.of('body.task')} wide>
        <LongText lines={2} maxLength={2000} value={value.task} onText={(task) => change({ task })} />
      </Field>
      <Files files={value.files} onFiles={(files) => change({ files: files.map((file) => ({ bytes: 0, ...file })) })} />
      <Refusal problem={wrong} except={fields} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" loading={saving.busy}>
          {t(kit === undefined ? 'console.kits.publish' : 'console.save')}
        </Button>
        <Button
          onClick={() => {
            draft.clear()
            onDone()
          }}
        >
          {t('console.cancel')}
        </Button>
      </div>
    </form>
  )
}
