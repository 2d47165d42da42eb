/** A series of codes on this screen, for the camera of another phone: one after the other, round and round, or step by step. */
import { useEffect, useState } from 'react'
import { CodePicture } from '../../shared/CodePicture.tsx'
import { useT } from '../../shared/i18n.ts'

/** Long enough for a slow camera to read one, short enough for an arm to hold still. */
const showMilliseconds = 700

const prefersStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

interface CodesProps {
  frames: readonly string[]
  label: string
}

export function Codes({ frames, label }: CodesProps) {
  const t = useT()
  const [at, setAt] = useState(0)
  const [running, setRunning] = useState(frames.length > 1 && !prefersStill())
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(() => setAt((now) => (now + 1) % frames.length), showMilliseconds)
    return () => clearInterval(timer)
  }, [running, frames.length])
  const step = (by: number) => {
    setRunning(false)
    setAt((now) => (now + by + frames.length) % frames.length)
  }
  const place = t('mobile.carry.codeOf', { number: at + 1, total: frames.length })
  return (
    <div className="codes">
      <CodePicture text={frames[at] ?? ''} label={`${label} ${place}`} />
      <p className="codes-place">{place}</p>
      {frames.length > 1 && (
        <div className="acts">
          <button type="button" className="button outline small" onClick={() => step(-1)}>
            {t('mobile.carry.before')}
          </button>
          <button type="button" className="button outline small" onClick={() => setRunning(!running)}>
            {t(running ? 'mobile.carry.pause' : 'mobile.carry.run')}
          </button>
          <button type="button" className="button outline small" onClick={() => step(1)}>
            {t('mobile.carry.next')}
          </button>
        </div>
      )}
    </div>
  )
}
