/** What is being typed is never lost: it stays in this tab, also over a reload, until the platform has said that it is saved. */
import { useRef, useState } from 'react'

const prefix = 'yigongli.draft.'

function read(name: string): unknown {
  try {
    const kept = sessionStorage.getItem(prefix + name)
    return kept === null ? null : (JSON.parse(kept) as unknown)
  } catch {
    return null
  }
}

function write(name: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(prefix + name)
    else sessionStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing still holds the text while the page is open.
  }
}

const forgetting = new Set<() => void>()

/** Calls `listener` when drafts are forgotten, for those who hold some in memory. */
export const onForget = (listener: () => void): unknown => forgetting.add(listener)

/** Forgets every draft of this tab: who signs out leaves nothing behind. */
export function forgetDrafts(): void {
  for (const listener of forgetting) listener()
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name)
  } catch {
    // Nothing was kept.
  }
}

export interface Draft<Value> {
  value: Value
  /** Was something typed that is not saved yet? */
  changed: boolean
  set: (next: Value) => void
  change: (part: Partial<Value>) => void
  /** Takes the draft away: it is saved, or it was thrown away. */
  clear: () => void
}

/**
 * A draft over what is saved. @param name what it is about, with its id
 * @param secret fields that stay in memory only and are typed again after a reload
 */
export function useDraft<Value extends object>(name: string, saved: Value, secret: readonly (keyof Value)[] = []): Draft<Value> {
  const [draft, setDraft] = useState<Value | null>(() => {
    const kept = read(name) as Partial<Value> | null
    return kept === null ? null : { ...saved, ...kept }
  })
  const latest = useRef(draft)

  /** Kept at once, not after the next drawing: a page that closes with the saving must not keep what is saved. */
  function hold(next: Value | null): void {
    latest.current = next
    const open = Object.entries(next ?? {}).filter(([field]) => !secret.includes(field as keyof Value))
    write(name, next === null ? null : Object.fromEntries(open))
    setDraft(next)
  }

  return {
    value: draft ?? saved,
    changed: draft !== null,
    set: hold,
    change: (part) => hold({ ...(latest.current ?? saved), ...part }),
    clear: () => hold(null),
  }
}
