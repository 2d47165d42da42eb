/** Reads a text aloud; not shown where the device has no voice. */
import { useT } from '../../shared/i18n.ts'
import { useReading } from '../../shared/reading.ts'
import { Icon } from './Icon.tsx'

export function ReadAloud({ text }: { text: string }) {
  const t = useT()
  const reading = useReading(text)
  if (reading === undefined) return null
  return (
    <button type="button" className="button outline wide" aria-pressed={reading.speaking} onClick={reading.toggle}>
      <Icon name="speak" />
      {t(reading.speaking ? 'mobile.stopReading' : 'mobile.readAloud')}
    </button>
  )
}
