import type { ReactNode } from 'react'

interface RegionProps {
  className: string
  label: string
  children: ReactNode
}

/** A part that scrolls by itself. It takes the focus, so that arrows scroll it too. */
export function Region({ className, label, children }: RegionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
