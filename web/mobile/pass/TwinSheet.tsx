/** The same pass as an SD-JWT VC, for software of others that reads that and not ours. */
import { useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { Sheet } from '../parts/Sheet.tsx'

export function TwinSheet({ twin, onClose }: { twin: string; onClose: () => void }) {
  const t = useT()
  const [said, setSaid] = useState('')
  async function copy() {
    try {
      await navigator.clipboard.writeText(twin)
      setSaid(t('mobile.calendar.copied'))
    } catch {
      setSaid(t('mobile.pass.twin.copyYourself'))
    }
  }
  return (
    <Sheet title={t('mobile.pass.twin.title')} onClose={onClose}>
      <p>{t('mobile.pass.twin.about')}</p>
      <textarea className="pass-twin" readOnly rows={6} aria-label={t('mobile.pass.twin.text')} value={twin} />
      <button type="button" className="button wide" onClick={() => void copy()}>
        {t('mobile.pass.twin.copy')}
      </button>
      <p className="note" role="status">
        {said}
      </p>
    </Sheet>
  )
}
