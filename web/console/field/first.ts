import { type RefObject, useEffect, useRef } from 'react'

/** As a `ref`: takes the focus when it appears, because the person has just asked for it to appear. */
export const focusFirst = (field: { focus(): void } | null): void => field?.focus()

/** Ctrl-S and Ctrl-Enter inside an element save. */
export function useSaveKey(element: RefObject<HTMLElement | null>, save: () => void): void {
  const latest = useRef(save)
  useEffect(() => {
    latest.current = save
  })
  useEffect(() => {
    const form = element.current
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || (event.key !== 's' && event.key !== 'Enter')) return
      event.preventDefault()
      latest.current()
    }
    form?.addEventListener('keydown', onKey)
    return () => form?.removeEventListener('keydown', onKey)
  }, [element])
}
