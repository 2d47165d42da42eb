/** Undo rather than “are you sure”: what was just taken away can be brought back for a while, by the button or Ctrl-Z. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useT } from '../../shared/i18n.ts'

const shownMilliseconds = 8000

interface Said {
  text: string
  /** Brings it back; absent when there is nothing to bring back. */
  undo?: (() => void) | undefined
}

const Saying = createContext<(text: string, undo?: () => void) => void>(() => {})

/** Says in a line at the foot what was done, with a way back when there is one. */
export const useUndo = () => useContext(Saying)

export function Undoing({ children }: { children: ReactNode }) {
  const t = useT()
  const [said, setSaid] = useState<Said | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const say = useCallback((text: string, undo?: () => void) => {
    clearTimeout(timer.current)
    setSaid({ text, undo })
    timer.current = setTimeout(() => setSaid(null), shownMilliseconds)
  }, [])
  const back = useMemo(() => {
    const undo = said?.undo
    if (undo === undefined) return undefined
    return () => {
      undo()
      setSaid(null)
    }
  }, [said])
  useEffect(() => {
    if (back === undefined) return undefined
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (typing || event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      back()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [back])
  return (
    <Saying value={say}>
      {children}
      <div className="said" role="status">
        {said && (
          <p>
            <span>{said.text}</span>
            {back && (
              <button type="button" onClick={back}>
                {t('console.undo')} <kbd>Ctrl Z</kbd>
              </button>
            )}
          </p>
        )}
      </div>
    </Saying>
  )
}
