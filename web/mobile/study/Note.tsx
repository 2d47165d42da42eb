/** My note on a pack: on this phone only, saved as it is written. */
import { useEffect, useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { useSession } from '../../shared/session.tsx'
import { Field } from '../parts/Field.tsx'
import { readNote, writeNote } from './store.ts'

export function Note({ packId }: { packId: string }) {
  const t = useT()
  const { me } = useSession()
  const [text, setText] = useState<string>()
  const [saved, setSaved] = useState(false)
  useEffect(() => {
    void readNote(me.accountId, packId).then(setText)
  }, [me.accountId, packId])
  return (
    <section className="card">
      <Field label={t('mobile.study.note')} hint={t('mobile.study.noteHint')}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={3}
            maxLength={4000}
            disabled={text === undefined}
            value={text ?? ''}
            onChange={(event) => {
              setText(event.target.value)
              setSaved(false)
              void writeNote(me.accountId, packId, event.target.value).then(() => setSaved(true))
            }}
          />
        )}
      </Field>
      <p className="saved" role="status">
        {saved && t('mobile.study.noteSaved')}
      </p>
    </section>
  )
}
