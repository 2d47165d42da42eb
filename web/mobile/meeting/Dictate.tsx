/** Dictation by the phone's own speech input, where there is one: what is said is added to the text and can be corrected there. */
import { useEffect, useRef, useState } from 'react'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { Icon } from '../parts/Icon.tsx'

/** What browsers offer under two names, as far as it is used here. */
interface Recogniser extends EventTarget {
  lang: string
  continuous: boolean
  start: () => void
  stop: () => void
}
interface Heard extends Event {
  resultIndex: number
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>
}
type Window = typeof window & { SpeechRecognition?: new () => Recogniser; webkitSpeechRecognition?: new () => Recogniser }

const maker = () => (window as Window).SpeechRecognition ?? (window as Window).webkitSpeechRecognition

export function Dictate({ onText }: { onText: (text: string) => void }) {
  const t = useT()
  const language = useLanguage()
  const [listening, setListening] = useState(false)
  const recogniser = useRef<Recogniser>(undefined)
  const latest = useRef(onText)
  useEffect(() => {
    latest.current = onText
  }, [onText])
  useEffect(() => () => recogniser.current?.stop(), [])
  const Maker = maker()
  if (Maker === undefined) return null

  function toggle(Made: new () => Recogniser) {
    if (listening) return recogniser.current?.stop()
    const made = new Made()
    made.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
    made.continuous = true
    made.addEventListener('result', (event) => {
      const { results, resultIndex } = event as Heard
      const said = Array.from({ length: results.length - resultIndex }, (_, n) => results[resultIndex + n])
        .filter((result) => result?.isFinal === true)
        .map((result) => result?.[0]?.transcript ?? '')
        .join('')
      if (said !== '') latest.current(said)
    })
    made.addEventListener('end', () => setListening(false))
    made.addEventListener('error', () => setListening(false))
    recogniser.current = made
    made.start()
    setListening(true)
  }

  return (
    <button type="button" className="text" aria-pressed={listening} onClick={() => toggle(Maker)}>
      <Icon name="speak" />
      {t(listening ? 'mobile.dictate.stop' : 'mobile.dictate.start')}
    </button>
  )
}
