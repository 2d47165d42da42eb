import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { Clock, useSeconds } from './Clock.tsx'

interface HeadProps {
  /** From the top of what this post may see down to the organisation shown. */
  trail: { id: string; name: string }[]
  /** The record below the organisation, when one is open. */
  leaf?: string
  /** Milliseconds since 1970 of the last good answer, and how far the counters were behind then; null before the first. */
  freshness: { at: number; lagMilliseconds: number; broken: boolean } | null
  children?: ReactNode
}

const time = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' })

/** Where we are, what time it is and how old the data are. */
export function Head({ trail, leaf, freshness, children }: HeadProps) {
  const t = useT()
  const now = useSeconds()
  const here = leaf ?? trail.at(-1)?.name ?? t('screen.title')
  const above = leaf === undefined ? trail.slice(0, -1) : trail
  return (
    <header className="head">
      <nav aria-label={t('screen.trail')}>
        <ol className="trail">
          {above.map(({ id, name }) => (
            <li key={id}>
              <Link href={`/o/${id}`}>{name}</Link>
            </li>
          ))}
          <li>
            <h1>{here}</h1>
          </li>
        </ol>
      </nav>
      {children}
      <div className="head-time">
        <Clock label={t('screen.clock')} now={now} />
        {freshness && <Freshness {...freshness} now={now} />}
      </div>
    </header>
  )
}

function Freshness({ at, lagMilliseconds, broken, now }: NonNullable<HeadProps['freshness']> & { now: Date }) {
  const t = useT()
  const seconds = (Math.max(0, now.getTime() - at) + lagMilliseconds) / 1000
  if (broken) return <span className="late">{t('screen.stale', { time: time.format(new Date(at)) })}</span>
  return <span className="quiet">{t('screen.fresh', { seconds: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) })}</span>
}
