import { useEffect, useRef, type ReactNode } from 'react'
import { useT } from '../../shared/i18n.ts'
import { useArrival, Way } from '../steer/Way.tsx'
import { Clock, timeOfDay, useSeconds } from './Clock.tsx'

export interface Place {
  id: string
  name: string
}

export interface Freshness {
  /** Milliseconds since 1970 of the last good answer. */
  at: number
  /** How far the counters were behind then. */
  lagMilliseconds: number
  /** The last question was not answered. */
  broken: boolean
}

interface HeadProps {
  /** From the top of what this post may see down to the organisation shown. */
  trail: Place[]
  /** The record below the organisation, when one is open. */
  leaf?: Place | undefined
  /** Null before the first answer. */
  freshness: Freshness | null
  children?: ReactNode
}

/** Where we are, what time it is and how old the data are. */
export function Head({ trail, leaf, freshness, children }: HeadProps) {
  const t = useT()
  const heading = useRef<HTMLHeadingElement>(null)
  const path = leaf === undefined ? trail : [...trail, leaf]
  const here = path.at(-1)
  useArrival(heading, here !== undefined && freshness !== null)
  useTitle(here?.name)
  return (
    <header className="head">
      <nav aria-label={t('screen.trail')}>
        <ol className={leaf === undefined ? 'trail' : 'trail trail-record'}>
          {path.slice(0, -1).map(({ id, name }, index) => (
            <li key={id}>
              <Way to={`/o/${id}`} left={path[index + 1]?.id}>
                {name}
              </Way>
            </li>
          ))}
          <li>
            <h1 ref={heading} tabIndex={-1}>
              {here?.name ?? t('screen.title')}
            </h1>
          </li>
        </ol>
      </nav>
      {children}
      <Times freshness={freshness} />
    </header>
  )
}

function useTitle(here: string | undefined) {
  const t = useT()
  const title = here === undefined ? t('shared.name') : `${here} · ${t('shared.name')}`
  useEffect(() => {
    document.title = title
  }, [title])
}

function Times({ freshness }: { freshness: Freshness | null }) {
  const t = useT()
  const now = useSeconds()
  return (
    <div className="head-time">
      <Clock label={t('screen.clock')} now={now} />
      {freshness && <HowFresh {...freshness} now={now} />}
    </div>
  )
}

function HowFresh({ at, lagMilliseconds, broken, now }: Freshness & { now: Date }) {
  const t = useT()
  if (broken) return <span className="head-fresh late">▲ {t('screen.stale', { time: timeOfDay(new Date(at)) })}</span>
  const seconds = (Math.max(0, now.getTime() - at) + lagMilliseconds) / 1000
  return (
    <span className="head-fresh">
      <i aria-hidden="true">●</i> {t('screen.fresh', { seconds: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) })}
    </span>
  )
}
