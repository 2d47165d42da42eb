/** Reads a text aloud in the reader's language with the voice of the device; not shown where there is none. */
import { useEffect, useState } from 'react'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { Icon } from './Icon.tsx'

/** Slower than people talk; the end of a sentence is a pause. */
const rate = 0.9

/** Some voices stop in the middle of a long text, so it is given sentence by sentence. */
const sentencesOf = (text: string) => text.split(/(?<=[。！？；.!?])\s*|\n+/).filter((sentence) => sentence.trim() !== '')

export function ReadAloud({ text }: { text: string }) {
  const t = useT()
  const language = useLanguage()
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  if (!('speechSynthesis' in window)) return null

  function speak() {
    window.speechSynthesis.cancel()
    if (speaking) return setSpeaking(false)
    const parts = sentencesOf(text).map((sentence) => {
      const words = new SpeechSynthesisUtterance(sentence)
      words.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
      words.rate = rate
      words.addEventListener('error', () => setSpeaking(false))
      return words
    })
    parts.at(-1)?.addEventListener('end', () => setSpeaking(false))
    setSpeaking(parts.length > 0)
    for (const words of parts) window.speechSynthesis.speak(words)
  }

  return (
    <button type="button" className="button outline wide" aria-pressed={speaking} onClick={speak}>
      <Icon name="speak" />
      {t(speaking ? 'mobile.stopReading' : 'mobile.readAloud')}
    </button>
  )
}
