/** One part of a pack being written. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { putFile } from '#contract/files'
import type { PartInput } from '#contract/study'
import { call, type Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { LongText } from '../field/LongText.tsx'

export type PartTyped = z.output<typeof PartInput>

interface PartFieldsProps {
  part: PartTyped
  wrong: (name: 'title' | 'text' | 'fileId') => string | undefined
  onChange: (change: Partial<PartTyped>) => void
  onRemove: () => void
}

const accepted = {
  AUDIO: 'audio/*,.mp3,.m4a,.wav',
  VIDEO: 'video/mp4,video/webm',
  BOOKLET: 'application/pdf,image/png,image/jpeg,image/webp',
} as const

export function PartFields({ part, wrong, onChange, onRemove }: PartFieldsProps) {
  const t = useT()
  const kind = t(`console.study.kind.${part.kind}`)
  return (
    <fieldset className="study-part">
      <legend>{part.title === '' ? kind : `${kind} · ${part.title}`}</legend>
      <Field label={t('console.study.partTitle')} wrong={wrong('title')} wide>
        <Input value={part.title} maxLength={80} required onChange={(event) => onChange({ title: event.target.value })} />
      </Field>
      {part.kind === 'ARTICLE' ? (
        <Field label={t('console.study.text')} hint={t('console.study.textHint')} wrong={wrong('text')} wide>
          <LongText value={part.text} lines={10} maxLength={20000} onText={(text) => onChange({ text })} />
        </Field>
      ) : (
        <FileField kind={part.kind} fileId={part.fileId} wrong={wrong('fileId')} onFile={(fileId) => onChange({ fileId })} />
      )}
      <Button type="text" onClick={onRemove}>
        {t('console.removeNamed', { name: part.title === '' ? kind : part.title })}
      </Button>
    </fieldset>
  )
}

interface FileFieldProps {
  kind: keyof typeof accepted
  fileId: string | null
  wrong: string | undefined
  onFile: (fileId: string) => void
}

function FileField({ kind, fileId, wrong, onFile }: FileFieldProps) {
  const t = useT()
  const [name, setName] = useState('')
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)

  async function send(file: File | undefined) {
    if (file === undefined) return
    setSending(true)
    setRefused(null)
    try {
      const sent = await call(putFile, { params: { fileId: newId() }, query: { name: file.name.slice(-120) }, body: file })
      setName(sent.name)
      onFile(sent.id)
    } catch (error) {
      setRefused(error as Problem)
    }
    setSending(false)
  }

  return (
    <>
      <Field label={t('console.study.file')} hint={t(`console.study.fileHint.${kind}`)} wrong={wrong} wide>
        <input type="file" accept={accepted[kind]} disabled={sending} onChange={(event) => void send(event.target.files?.[0])} />
      </Field>
      <p role="status" className="study-file">
        {sending ? t('console.study.sending') : fileId === null ? '' : t('console.study.fileKept', { name })}
      </p>
      <Refusal problem={refused} />
    </>
  )
}
