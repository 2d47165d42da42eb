/** Moving and pointing in the tree, for all of its items at once. */
import type { KeyboardEvent, MouseEvent } from 'react'

/** Arrow keys in the tree: up and down, right opens or goes in, left closes or goes out, Enter selects. */
export function moveIn(
  event: KeyboardEvent<HTMLUListElement>,
  open: ReadonlySet<string>,
  toggle: (id: string, to?: boolean) => void,
  choose: (id: string) => void,
): void {
  const item = (event.target as HTMLElement).closest<HTMLElement>('[role="treeitem"]')
  const id = item?.dataset['id']
  if (item === null || id === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')]
  const at = all.indexOf(item)
  const isOpen = open.has(id)
  const hasBelow = item.hasAttribute('aria-expanded')
  switch (event.key) {
    case 'ArrowDown':
      all[at + 1]?.focus()
      break
    case 'ArrowUp':
      all[at - 1]?.focus()
      break
    case 'Home':
      all[0]?.focus()
      break
    case 'End':
      all.at(-1)?.focus()
      break
    case 'ArrowRight':
      if (hasBelow && !isOpen) toggle(id, true)
      else if (hasBelow) all[at + 1]?.focus()
      break
    case 'ArrowLeft':
      if (hasBelow && isOpen) toggle(id, false)
      else item.parentElement?.closest<HTMLElement>('[role="treeitem"]')?.focus()
      break
    case 'Enter':
    case ' ':
      choose(id)
      break
    default:
      return
  }
  event.preventDefault()
}

/** A press on the caret opens or closes, anywhere else on the row selects. */
export function pointIn(event: MouseEvent, toggle: (id: string) => void, choose: (id: string) => void): void {
  const target = event.target as HTMLElement
  const id = target.closest('.tree-row') && target.closest<HTMLElement>('[role="treeitem"]')?.dataset['id']
  if (!id) return
  if (target.closest('[data-caret]')) toggle(id)
  else choose(id)
}
