/** One sentence asked in a sheet: how it is going, how it ended, what is missing. */
import { useState, type FormEvent } from 'react'
import type { Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { Field } from '../parts/Field.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'

interface AskProps {
  title: string
  label: string
  hint?: string
  /** What stands on the button. */
  act: string
  most?: number
  busy: boolean
  problem: Problem | null
  onSay: (text: string) => Promise<unknown>
  onClose: () => void
}

export function Ask({ title, label, hint, act, most = 500, busy, problem, onSay, onClose }: AskProps) {
  const t = useT()
  const [text, setText] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    onSay(text).then(onClose, () => {})
  }

  return (
    <Sheet title={title} onClose={onClose}>
      <form className="sheet-acts" onSubmit={submit} noValidate>
        <Field label={label} wrong={problem?.of('body.text')} {...(hint === undefined ? {} : { hint })}>
          {(attributes) => (
            <textarea {...attributes} rows={3} maxLength={most} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <Wrong problem={problem} except={['body.text']} />
        <button type="submit" className="button wide" disabled={busy || text.trim() === ''}>
          {act}
        </button>
        <button type="button" className="button outline wide" onClick={onClose}>
          {t('mobile.close')}
        </button>
      </form>
    </Sheet>
  )
}
