/** Reads a series of codes from another phone's screen: how far it is, what is still missing, and in words what was wrong with a code. */
import { useRef, useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { type Kind, Series, shortName, type Taken } from '../../shared/package/frames.ts'
import { Camera } from '../../shared/code/Camera.tsx'
import { useCameraWords } from './useCameraWords.ts'

/** So many missing ones are named; more would only be a wall of numbers. */
const mostNamed = 6

type Trouble = Exclude<Taken, 'NEW' | 'AGAIN'> | 'OTHER_KIND' | 'NOT_WHOLE'

interface ReaderProps {
  wants: Kind
  onWhole: (packageId: string, whole: string) => void
  onClose: () => void
}

export function Reader({ wants, onWhole, onClose }: ReaderProps) {
  const t = useT()
  const cameraWords = useCameraWords()
  const series = useRef(new Series())
  const [{ have, total, missing, packageId }, setSeen] = useState(seenOf(new Series()))
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  function restart() {
    series.current = new Series()
    setSeen(seenOf(series.current))
  }

  function take(text: string) {
    const taken = series.current.take(text)
    if (taken === 'AGAIN') return
    if (taken !== 'NEW') return setTrouble(taken)
    if (series.current.kind !== wants) {
      restart()
      return setTrouble('OTHER_KIND')
    }
    setTrouble(null)
    const seen = seenOf(series.current)
    setSeen(seen)
    if (seen.missing.length > 0) return
    const { whole } = series.current
    if (whole !== undefined && seen.packageId !== undefined) return onWhole(seen.packageId, whole)
    restart()
    setTrouble('NOT_WHOLE')
  }

  return (
    <section className="card reader">
      <Camera words={cameraWords} onText={take} />
      <p className="lead" role="status">
        {total === 0 ? t('mobile.carry.aim') : t('mobile.carry.readOf', { have, total })}
      </p>
      {total > 0 && (
        <>
          <progress value={have} max={total} aria-label={t('mobile.carry.readOf', { have, total })} />
          <p className="quiet">
            {packageId !== undefined && t('mobile.carry.packageName', { name: shortName(packageId) })}
            {missing.length > 0 && have > 0 && missing.length <= mostNamed && (
              <> · {t('mobile.carry.missing', { numbers: missing.join(t('mobile.carry.and')) })}</>
            )}
          </p>
        </>
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {t(`mobile.carry.trouble.${trouble}`)}
        </p>
      )}
      <div className="acts">
        {total > 0 && (
          <button type="button" className="button outline small" onClick={restart}>
            {t('mobile.carry.again')}
          </button>
        )}
        <button type="button" className="button outline small" onClick={onClose}>
          {t('mobile.carry.stop')}
        </button>
      </div>
    </section>
  )
}

const seenOf = ({ have, total, missing, packageId }: Series) => ({ have, total, missing, packageId })
