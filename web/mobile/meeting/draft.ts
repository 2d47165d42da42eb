/**
 * What is being written on this phone is never lost: it stays here, also when the page or the app is closed, until the platform has said
 * that it is saved. Bound to the person; somebody else who signs in on this phone finds nothing and takes it away.
 */
import { useRef, useState } from 'react'

const prefix = 'yigongli.draft.'

function read(name: string, owner: string): unknown {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && !key.startsWith(`${prefix}${owner}.`)) localStorage.removeItem(key)
    }
    const kept = localStorage.getItem(`${prefix}${owner}.${name}`)
    return kept === null ? null : (JSON.parse(kept) as unknown)
  } catch {
    return null
  }
}

function write(name: string, owner: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(`${prefix}${owner}.${name}`)
    else localStorage.setItem(`${prefix}${owner}.${name}`, JSON.stringify(value))
  } catch {
    // A phone that keeps nothing still holds the text while the page is open.
  }
}

export interface Draft<Value> {
  value: Value
  /** Was something written that is not saved yet? */
  changed: boolean
  change: (part: Partial<Value>) => void
  /** Takes the draft away: it is saved, or given up. */
  clear: () => void
}

/** A draft over what is saved. @param name what it is about, with its id. @param owner the person's account */
export function useDraft<Value extends object>(name: string, owner: string, saved: Value): Draft<Value> {
  const [draft, setDraft] = useState<Value | null>(() => read(name, owner) as Value | null)
  const latest = useRef(draft)

  function hold(next: Value | null): void {
    latest.current = next
    write(name, owner, next)
    setDraft(next)
  }

  return {
    value: draft ?? saved,
    changed: draft !== null,
    change: (part) => hold({ ...(latest.current ?? saved), ...part }),
    clear: () => hold(null),
  }
}
