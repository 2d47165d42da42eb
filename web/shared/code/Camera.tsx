/** The camera of this device, reading codes as long as it is shown. Nothing of the picture is kept or sent. */
import { useEffect, useRef, useState } from 'react'
import { loadReader } from './reader.ts'
import './camera.css'

/** Side of the square in the middle that is looked at: every one of 69 modules keeps five pixels when the code fills 60 % of it. */
const lookPixels = 640
/** Parts of the picture that are looked at in turn: all of the square, and its middle, larger, for a code held far away. */
const zooms = [1, 0.8, 0.62] as const
/** Between two looks, so that the page stays answering. */
const restMilliseconds = 60

type State = 'ASKING' | 'SEEING' | 'DENIED' | 'NONE' | 'BUSY'

/** What its picture is called here, and what is said while there is none. */
export type CameraWords = Record<Exclude<State, 'SEEING'> | 'name', string>

function whyNot(error: unknown): State {
  const { name } = error as Error
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'DENIED'
  return name === 'NotReadableError' || name === 'AbortError' ? 'BUSY' : 'NONE'
}

interface CameraProps {
  /** Called with every code that is read, many times a second with the same. */
  onText: (text: string) => void
  words: CameraWords
}

export function Camera({ onText, words }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(onText)
  useEffect(() => {
    tell.current = onText
  })
  const [state, setState] = useState<State>('ASKING')
  useEffect(() => {
    let shown = true
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let looks = 0
    const canvas = document.createElement('canvas')
    canvas.width = lookPixels
    canvas.height = lookPixels
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    async function start() {
      try {
        // Not there at all where the page is not served securely.
        const devices = navigator.mediaDevices as MediaDevices | undefined
        if (devices === undefined) return setState('NONE')
        const reading = loadReader()
        stream = await devices.getUserMedia({
          audio: false,
          video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
        })
        const [read, seen] = [await reading, video.current]
        if (!shown || seen === null) return stop()
        seen.srcObject = stream
        await seen.play()
        setState('SEEING')
        const look = () => {
          if (pen !== null && seen.readyState >= seen.HAVE_CURRENT_DATA) {
            const side = Math.min(seen.videoWidth, seen.videoHeight) * (zooms[looks % zooms.length] ?? 1)
            looks += 1
            const [x, y] = [(seen.videoWidth - side) / 2, (seen.videoHeight - side) / 2]
            pen.drawImage(seen, x, y, side, side, 0, 0, lookPixels, lookPixels)
            const { data } = pen.getImageData(0, 0, lookPixels, lookPixels)
            const code = read(data, lookPixels, lookPixels, { inversionAttempts: 'dontInvert' })
            if (code !== null && code.data !== '') tell.current(code.data)
          }
          timer = setTimeout(look, restMilliseconds)
        }
        look()
      } catch (error) {
        if (shown) setState(whyNot(error))
      }
    }
    const stop = () => {
      clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    void start()
    return () => {
      shown = false
      stop()
    }
  }, [])
  return (
    <div className="camera" data-state={state}>
      <video ref={video} muted playsInline aria-label={words.name} hidden={state !== 'SEEING'} />
      {state === 'SEEING' ? (
        <i className="camera-frame" aria-hidden="true" />
      ) : (
        <p role={state === 'ASKING' ? 'status' : 'alert'}>{words[state]}</p>
      )}
    </div>
  )
}
