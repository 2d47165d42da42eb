/** The pass as a code for the door: a new proof by this phone every ten seconds, black on white whatever the theme. */
import { useEffect, useState } from 'react'
import { fromBase45, present, qrLevel } from '#pass'
import { CodePicture } from '../../shared/CodePicture.tsx'
import { useT } from '../../shared/i18n.ts'
import { platformNow } from './copy.ts'
import { useAwake } from './useAwake.ts'

const freshSeconds = 10
const tickMilliseconds = 1000
/** Of the text of a copy, before its bytes. */
const mark = 'YGL1:'

export const bytesOf = (text: string): Uint8Array => fromBase45(text.slice(mark.length))

interface Shown {
  text: string
  /** When it was made, by this phone. */
  at: number
}

interface ShownCodeProps {
  /** `YGL1:…`. */
  text: string
  privateKey: CryptoKey
  label: string
}

export function ShownCode({ text, privateKey, label }: ShownCodeProps) {
  const t = useT()
  useAwake()
  const [shown, setShown] = useState<Shown>()
  const [left, setLeft] = useState(freshSeconds)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    let made = Number.NEGATIVE_INFINITY
    let open = true
    const renew = async () => {
      made = Date.now()
      setLeft(freshSeconds)
      try {
        const presented = await present(bytesOf(text), privateKey, platformNow())
        if (open) setShown({ text: presented, at: made })
      } catch {
        if (open) setBroken(true)
      }
    }
    const tick = () => {
      const age = Math.floor((Date.now() - made) / 1000)
      // A clock that was set back counts as old too.
      if (age >= freshSeconds || age < 0) void renew()
      else setLeft(freshSeconds - age)
    }
    const look = () => {
      if (document.visibilityState === 'visible') void renew()
    }
    void renew()
    const timer = setInterval(tick, tickMilliseconds)
    document.addEventListener('visibilitychange', look)
    return () => {
      open = false
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [text, privateKey])
  if (broken) {
    return (
      <p className="wrong" role="alert">
        {t('mobile.pass.broken')}
      </p>
    )
  }
  return (
    <div className="pass-code">
      <div className="pass-picture" data-pass-code={shown === undefined ? '' : String(shown.at)}>
        {shown !== undefined && <CodePicture text={shown.text} label={label} level={qrLevel(shown.text)} />}
      </div>
      <p className="pass-left">
        <progress value={left} max={freshSeconds} aria-hidden="true" />
        <span>{t('mobile.pass.renews', { count: left })}</span>
      </p>
    </div>
  )
}
