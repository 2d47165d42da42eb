import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/**
 * For the `ref` of a field that takes the focus once, when it appears, because the person has just asked for it to appear.
 * @param when changes when it appears, for a field that comes and goes
 */
export function useFirst<Element extends { focus(): void }>(when: unknown = true): RefObject<Element | null> {
  const field = useRef<Element>(null)
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `when` says that the field has just appeared
  useLayoutEffect(() => field.current?.focus(), [when])
  return field
}

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
