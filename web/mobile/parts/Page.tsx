/** The frame of every page: a bar with the way back and the title, the content, and what stands at the thumb. */
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react'
import { Link } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { Icon } from './Icon.tsx'
import { Tabs } from './Tabs.tsx'

interface PageProps {
  title: string
  /** Where “back” leads when this page was opened from outside, for example by a link. Pages of the tabs have none. */
  back?: string
  /** Beside the title. */
  aside?: ReactNode
  /** Fixed at the lower edge, under the thumb: the one thing to do here. */
  foot?: ReactNode
  children: ReactNode
}

/** Steps taken since the app was opened; at none there is nothing to go back to. The router tells of each step by these events. */
let steps = 0
window.addEventListener('pushState', () => {
  steps += 1
})
window.addEventListener('popstate', () => {
  steps = Math.max(0, steps - 1)
})

/** The address whose page was shown last. */
let last = window.location.pathname

export function Page({ title, back, aside, foot, children }: PageProps) {
  const t = useT()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // A page may be drawn again at its own address (it was loading): that is no step on the way.
    if (last === window.location.pathname) return
    last = window.location.pathname
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    document.title = `${title} · ${t('shared.name')}`
  }, [title, t])

  function goBack(event: MouseEvent) {
    if (steps === 0) return
    event.preventDefault()
    window.history.back()
  }

  return (
    <div className={`page${foot === undefined ? '' : ' has-foot'}${back === undefined ? ' has-tabs' : ''}`}>
      <header className="bar">
        {back !== undefined && (
          <Link href={back} className="bar-back" aria-label={t('mobile.back')} onClick={goBack}>
            <Icon name="back" />
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside !== undefined && <div className="bar-aside">{aside}</div>}
      </header>
      <main>{children}</main>
      {foot !== undefined && <footer className="foot">{foot}</footer>}
      {back === undefined && <Tabs />}
    </div>
  )
}
