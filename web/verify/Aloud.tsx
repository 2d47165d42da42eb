/** In elder mode the verdict can be heard. Not shown where the device has no voice. */
import { useEffect, useState } from 'react'
import { useLanguage, useT } from '../shared/i18n.ts'

/** Slower than people talk. */
const rate = 0.9

export function Aloud({ sentences }: { sentences: readonly string[] }) {
  const t = useT()
  const language = useLanguage()
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  if (!('speechSynthesis' in window)) return null

  function speak() {
    window.speechSynthesis.cancel()
    if (speaking) return setSpeaking(false)
    const parts = sentences.map((sentence) => {
      const words = new SpeechSynthesisUtterance(sentence)
      words.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
      words.rate = rate
      words.addEventListener('error', () => setSpeaking(false))
      return words
    })
    parts.at(-1)?.addEventListener('end', () => setSpeaking(false))
    setSpeaking(true)
    for (const words of parts) window.speechSynthesis.speak(words)
  }
  return (
    <button type="button" className="button outline" aria-pressed={speaking} onClick={speak}>
      {t(speaking ? 'verify.stopReading' : 'verify.readAloud')}
    </button>
  )
}
