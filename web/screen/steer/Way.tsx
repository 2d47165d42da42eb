import { useEffect, type ComponentProps, type RefObject } from 'react'
import { Link, useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'

/** What travels with a step: the id of the part that is left, so that the focus finds it again on the way up. */
interface Step {
  left: string | null
}

interface WayProps extends Omit<ComponentProps<'a'>, 'ref'> {
  to: string
  /** On the way up: the part that is left. */
  left?: string
  /** What it leads to; the focus comes back here. */
  way?: string
}

/** A link inside the screen. Each step tells the next page where the focus belongs. */
export function Way({ to, left, way, ...rest }: WayProps) {
  return <Link href={to} state={{ left: left ?? null } satisfies Step} data-way={way} {...rest} />
}

/** Goes somewhere by key, as a `Way` would. */
export function useGo(): (to: string, left?: string) => void {
  const [, navigate] = useLocation()
  return (to, left) => navigate(to, { state: { left: left ?? null } satisfies Step })
}

/** After a step inside the screen, once the page is `ready`: the focus goes to the part that was left, or to the heading. */
export function useArrival(heading: RefObject<HTMLElement | null>, ready: boolean): void {
  const step = useHistoryState<Step | null>()
  useEffect(() => {
    if (!ready || step === null || step === undefined) return
    const part = step.left === null ? null : document.querySelector<HTMLElement>(`[data-way="${CSS.escape(step.left)}"]`)
    const to = part ?? heading.current
    to?.focus({ preventScroll: part === null })
  }, [ready, step, heading])
}
