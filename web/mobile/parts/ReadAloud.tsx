/** Reads a text aloud in the reader's language with the voice of the device; not shown where there is none. */
import { useEffect, useState } from 'react'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { Icon } from './Icon.tsx'

export function ReadAloud({ text }: { text: string }) {
  const t = useT()
  const language = useLanguage()
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  if (!('speechSynthesis' in window)) return null

  function speak() {
    window.speechSynthesis.cancel()
    if (speaking) return setSpeaking(false)
    const words = new SpeechSynthesisUtterance(text)
    words.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
    words.rate = 0.9
    words.addEventListener('end', () => setSpeaking(false))
    words.addEventListener('error', () => setSpeaking(false))
    setSpeaking(true)
    window.speechSynthesis.speak(words)
  }

  return (
    <button type="button" className="button outline wide" aria-pressed={speaking} onClick={speak}>
      <Icon name="speak" />
      {t(speaking ? 'mobile.stopReading' : 'mobile.readAloud')}
    </button>
  )
}
