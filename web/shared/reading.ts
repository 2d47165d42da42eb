/** Reading a text aloud in the reader's language with the voice of the device. */
import { useEffect, useState } from 'react'
import { useLanguage } from './i18n.ts'

/** Slower than people talk; the end of a sentence is a pause. */
const rate = 0.9

/** Some voices stop in the middle of a long text, so it is given sentence by sentence. */
const sentencesOf = (text: string) => text.split(/(?<=[。！？；.!?])\s*|\n+/).filter((sentence) => sentence.trim() !== '')

/** Whether it is being read, and what begins or ends it; undefined where the device has no voice. */
export function useReading(text: string): { speaking: boolean; toggle: () => void } | undefined {
  const language = useLanguage()
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  if (!('speechSynthesis' in window)) return undefined

  function toggle() {
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
  return { speaking, toggle }
}
