import { useEffect, useEffectEvent } from 'react'
import { isArrowKey, nextBox, type ArrowKey } from './boxes.ts'

/** What arrows can reach. Fields keep their arrows for themselves. */
const reachable = '.board :is(a[href], button:not(:disabled), [tabindex="0"])'
const ownArrows = 'select, input, textarea'

/** The whole page by remote control: arrows move the focus to what lies that way, Enter opens it (as it does by itself), Esc goes up. */
export function useSteering(up: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') {
      event.preventDefault()
      return up()
    }
    const active = document.activeElement
    if (!isArrowKey(event.key) || active?.matches(ownArrows) === true || scrolls(active, event.key)) return
    const next = nextFrom(active, event.key)
    if (next === undefined) return
    event.preventDefault()
    next.focus()
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  useEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** A text that has the focus itself and has more to show that way is scrolled. */
function scrolls(active: Element | null, key: ArrowKey): boolean {
  if (active?.getAttribute('tabindex') !== '0') return false
  const { scrollTop, scrollHeight, clientHeight } = active
  return key === 'ArrowUp' ? scrollTop > 0 : key === 'ArrowDown' && scrollTop + clientHeight < scrollHeight - 1
}

function nextFrom(active: Element | null, key: ArrowKey): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>(reachable)].filter((element) => element === active || isSeen(element, active))
  const from = all.findIndex((element) => element === active)
  if (from === -1) return document.querySelector<HTMLElement>('.board [data-way]') ?? all[0]
  const boxes = all.map((element) => element.getBoundingClientRect())
  return all[nextBox(boxes, from, key)]
}

/** Is it shown? What is scrolled out of sight counts only for those who stand in the same list. */
function isSeen(element: HTMLElement, active: Element | null): boolean {
  const box = element.getBoundingClientRect()
  if (box.width === 0) return false
  const list = element.parentElement?.closest('[tabindex="0"]')
  if (list === null || list === undefined || list.contains(active)) return true
  const shown = list.getBoundingClientRect()
  return box.bottom > shown.top + 1 && box.top < shown.bottom - 1
}
