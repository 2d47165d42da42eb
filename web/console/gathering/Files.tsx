import { useId, useState } from 'react'
import { putFile } from '#contract/files'
import { call, type Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { Refusal } from '../field/Field.tsx'
import { useUndo } from '../frame/undo.tsx'
import type { Gathering } from './useGathering.ts'

interface FilesProps {
  files: Gathering['files']
  onFiles: (files: Gathering['files']) => void
}

/** Papers that belong to the record. Each is sent by itself; one that is refused holds up no other. */
export function Files({ files, onFiles }: FilesProps) {
  const t = useT()
  const say = useUndo()
  const id = useId()
  const [sending, setSending] = useState('')
  const [refused, setRefused] = useState<Problem | null>(null)

  async function send(chosen: File[]) {
    setRefused(null)
    let all = files
    for (const [at, file] of chosen.entries()) {
      setSending(t('console.files.sending', { name: file.name, at: at + 1, of: chosen.length }))
      try {
        const sent = await call(putFile, { params: { fileId: newId() }, query: { name: file.name }, body: file })
        all = [...all, { fileId: sent.id, name: sent.name, mediaType: sent.mediaType }]
        onFiles(all)
      } catch (error) {
        setRefused(error as Problem)
      }
    }
    setSending('')
  }

  return (
    <section className="files" aria-labelledby={`${id}-title`}>
      <h4 id={`${id}-title`}>{t('console.files.title')}</h4>
      <ul className="chips">
        {files.map((file) => (
          <li key={file.fileId}>
            {file.name}
            <button
              type="button"
              aria-label={t('console.removeNamed', { name: file.name })}
              onClick={() => {
                onFiles(files.filter(({ fileId }) => fileId !== file.fileId))
                say(t('console.files.removed', { name: file.name }), () => onFiles(files))
              }}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <label className="link" htmlFor={id}>
        {t('console.files.add')}
      </label>
      <input
        id={id}
        type="file"
        multiple
        onChange={(event) => {
          void send([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {sending !== '' && <p role="status">{sending}</p>}
      <Refusal problem={refused} />
    </section>
  )
}
