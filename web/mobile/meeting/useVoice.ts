/** Recording a voice note with the phone's microphone, where there is one. */
import { useEffect, useRef, useState } from 'react'

/** A minute or two say enough; a longer note is cut there. */
const longestMilliseconds = 180_000

interface Voice {
  blob: Blob
  /** To listen to it on this page. */
  address: string
}

export function useVoice() {
  const [state, setState] = useState<'idle' | 'recording' | 'refused'>('idle')
  const [voice, setVoice] = useState<Voice | null>(null)
  const recorder = useRef<MediaRecorder>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => stop(recorder.current), [])

  return {
    /** Is there anything to record with? */
    possible: typeof MediaRecorder !== 'undefined' && 'mediaDevices' in navigator,
    state,
    voice,
    async start(): Promise<void> {
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
        const made = new MediaRecorder(stream)
        const parts: Blob[] = []
        made.addEventListener('dataavailable', (event) => void parts.push(event.data))
        made.addEventListener('stop', () => {
          clearTimeout(timer.current)
          for (const track of stream.getTracks()) track.stop()
          const blob = new Blob(parts, { type: made.mimeType })
          setVoice({ blob, address: URL.createObjectURL(blob) })
          setState('idle')
        })
        recorder.current = made
        made.start()
        timer.current = setTimeout(() => stop(made), longestMilliseconds)
        setState('recording')
      } catch {
        setState('refused')
      }
    },
    stop: () => stop(recorder.current),
    drop() {
      if (voice !== null) URL.revokeObjectURL(voice.address)
      setVoice(null)
    },
  }
}

function stop(recorder: MediaRecorder | undefined): void {
  if (recorder?.state === 'recording') recorder.stop()
}
