/** A hand scanner is a keyboard that types fast and ends with Enter; it is heard wherever the cursor is. */
import { useEffect, useRef } from 'react'

/** A scanner sends a letter every few milliseconds; a pause as long as this begins a new code. */
const pauseMilliseconds = 1000
/** Shorter than any pass: somebody at the keyboard. */
const fewestLetters = 20

export function useScanner(onText: (text: string) => void): void {
  const tell = useRef(onText)
  useEffect(() => {
    tell.current = onText
  })
  useEffect(() => {
    let typed = ''
    let last = 0
    function hear(event: KeyboardEvent) {
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (isField || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.timeStamp - last > pauseMilliseconds) typed = ''
      last = event.timeStamp
      if (event.key.length === 1) typed += event.key
      else if (event.key === 'Enter' && typed.length >= fewestLetters) {
        // Enter would also press the button that has the focus.
        event.preventDefault()
        tell.current(typed)
        typed = ''
      }
      // A space within a code must not press a button or scroll the page.
      if (event.key === ' ' && typed.length > 1) event.preventDefault()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
