import type { KeyboardEvent } from 'react'

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
