import type { ReactNode } from 'react'

export type Tone = 'ok' | 'wait' | 'late' | 'bad' | 'calm' | 'accent'

/** A state as a word with a shape and a colour: the colour alone says nothing. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="mark" data-tone={tone}>
      <i aria-hidden="true" />
      {children}
    </span>
  )
}
