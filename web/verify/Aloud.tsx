/** In elder mode the verdict can be heard. Not shown where the device has no voice. */
import { useT } from '../shared/i18n.ts'
import { useReading } from '../shared/reading.ts'

export function Aloud({ text }: { text: string }) {
  const t = useT()
  const reading = useReading(text)
  if (reading === undefined) return null
  return (
    <button type="button" className="button outline" aria-pressed={reading.speaking} onClick={reading.toggle}>
      {t(reading.speaking ? 'verify.stopReading' : 'verify.readAloud')}
    </button>
  )
}
