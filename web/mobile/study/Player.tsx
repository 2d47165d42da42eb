/** Plays a sound without looking: few targets, each as wide as a thumb and more, in a fixed order; the button in the middle is the largest. */
import { useRef, useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { showClock } from './words.ts'

const backSeconds = 15
const onSeconds = 30

export function Player({ address, title }: { address: string; title: string }) {
  const t = useT()
  const sound = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(0)
  const [wrong, setWrong] = useState(false)

  function move(seconds: number) {
    if (sound.current !== null) sound.current.currentTime = Math.max(0, Math.min(length, sound.current.currentTime + seconds))
  }
  function toggle() {
    if (sound.current === null) return
    if (playing) sound.current.pause()
    else sound.current.play().catch(() => setWrong(true))
  }

  return (
    <div className="player">
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- sound alone; the article beside it carries the words */}
      <audio
        ref={sound}
        src={address}
        preload="metadata"
        aria-label={title}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => setLength(event.currentTarget.duration)}
        onError={() => setWrong(true)}
      />
      <button type="button" className="button player-main" aria-pressed={playing} onClick={toggle}>
        {t(playing ? 'mobile.study.pauseSound' : 'mobile.study.playSound')}
      </button>
      <div className="pair">
        <button type="button" className="button outline player-step" onClick={() => move(-backSeconds)}>
          {t('mobile.study.secondsBack', { seconds: backSeconds })}
        </button>
        <button type="button" className="button outline player-step" onClick={() => move(onSeconds)}>
          {t('mobile.study.secondsOn', { seconds: onSeconds })}
        </button>
      </div>
      <input
        type="range"
        className="player-line"
        aria-label={t('mobile.study.place')}
        aria-valuetext={t('mobile.study.placeOf', { at: showClock(at), length: showClock(length) })}
        min={0}
        max={Math.max(1, Math.trunc(length))}
        value={Math.trunc(at)}
        onChange={(event) => {
          if (sound.current !== null) sound.current.currentTime = Number(event.target.value)
        }}
      />
      <p className="quiet">{t('mobile.study.placeOf', { at: showClock(at), length: showClock(length) })}</p>
      {wrong && (
        <p className="wrong" role="alert">
          {t('mobile.study.cannotPlay')}
        </p>
      )}
    </div>
  )
}
