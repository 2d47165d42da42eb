/** Writing a pack: title, what it is for, and its parts, each an article or a file that is sent as soon as it is chosen. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { type Pack as PackShape, partKinds, putPack } from '#contract/study'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { DayField } from '../field/DayField.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { LongText } from '../field/LongText.tsx'
import { type PartTyped, PartFields } from './PartFields.tsx'

interface PackFormProps {
  organisationId: string
  /** The pack to change; none: a new one. */
  pack?: z.output<typeof PackShape>
  onDone: (packId: string) => void
}

export function PackForm({ organisationId, pack, onDone }: PackFormProps) {
  const t = useT()
  const publishing = useAction(putPack)
  const [packId] = useState(() => pack?.id ?? newId())
  const [title, setTitle] = useState(pack?.title ?? '')
  const [summary, setSummary] = useState(pack?.summary ?? '')
  const [minutes, setMinutes] = useState(String(pack?.minutes ?? 60))
  const [expiresOn, setExpiresOn] = useState<string | null>(pack?.expiresOn ?? null)
  const [parts, setParts] = useState<PartTyped[]>(
    pack?.parts.map(({ id, kind, title: name, text, fileId }) => ({ id, kind, title: name, text, fileId })) ?? [],
  )
  const { problem } = publishing

  async function publish() {
    const body = { title, summary, minutes: Number(minutes), expiresOn, parts, ...(pack === undefined ? {} : { version: pack.version }) }
    try {
      await publishing.run({ params: { organisationId, packId }, body })
    } catch {
      return // Shown above the button.
    }
    onDone(packId)
  }

  return (
    <form
      className="study-form"
      onSubmit={(event) => {
        event.preventDefault()
        void publish()
      }}
    >
      <Field label={t('console.study.name')} wrong={problem?.of('body.title')} wide>
        <Input value={title} maxLength={80} required onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <Field label={t('console.study.summary')} hint={t('console.study.summaryHint')} wrong={problem?.of('body.summary')} wide>
        <LongText value={summary} onText={setSummary} maxLength={300} />
      </Field>
      <div className="study-pair">
        <Field label={t('console.study.minutesField')} hint={t('console.study.minutesHint')} wrong={problem?.of('body.minutes')}>
          <Input type="number" min={1} max={480} required value={minutes} onChange={(event) => setMinutes(event.target.value)} />
        </Field>
        <Field label={t('console.study.expires')} hint={t('console.study.expiresHint')} wrong={problem?.of('body.expiresOn')}>
          <DayField value={expiresOn} onDay={setExpiresOn} />
        </Field>
      </div>
      {parts.map((part, place) => (
        <PartFields
          key={part.id}
          part={part}
          wrong={(name) => problem?.of(`body.parts.${place}.${name}`)}
          onChange={(change) => setParts((all) => all.map((each) => (each.id === part.id ? { ...each, ...change } : each)))}
          onRemove={() => setParts(parts.filter(({ id }) => id !== part.id))}
        />
      ))}
      <div className="buttons">
        {partKinds.map((kind) => (
          <Button key={kind} onClick={() => setParts([...parts, { id: newId(), kind, title: '', text: '', fileId: null }])}>
            {t(`console.study.addPart.${kind}`)}
          </Button>
        ))}
      </div>
      <Refusal problem={problem} except={['body.title', 'body.summary', 'body.minutes', 'body.expiresOn', 'body.parts.']} />
      <div className="buttons">
        <Button type="primary" htmlType="submit" disabled={publishing.busy}>
          {t(pack === undefined ? 'console.study.publish' : 'console.study.saveChange')}
        </Button>
      </div>
    </form>
  )
}
