import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { Happening as HappeningShape } from '#contract/overview'
import { dayOf, showTime } from '../../shared/dates.ts'
import { type Language, useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { Region } from '../Region.tsx'
import { Way } from '../steer/Way.tsx'

export type Happening = z.output<typeof HappeningShape>

/** How long the first line says that it has just come. */
const newMilliseconds = 4000

/** 刚刚: what just happened within this organisation, newest first; each line opens its record. */
export function Just({ happenings, within }: { happenings: Happening[]; within: string }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const newest = useNewest(happenings[0]?.id)
  return (
    <div className="just">
      <h2>{t('screen.just.title')}</h2>
      {happenings.length === 0 ? (
        <p className="quiet">{t('screen.just.empty')}</p>
      ) : (
        <Region className="just-list" label={t('screen.just.title')}>
          <ol>
            {happenings.map(({ id, at, organisationId, gatheringId, trail, text }) => (
              <li key={id} className={id === newest ? 'moved' : undefined} data-happening={id}>
                <Way to={gatheringId === null ? `/o/${organisationId}` : `/o/${organisationId}/g/${gatheringId}`}>
                  <time dateTime={at}>{whenOf(at, language)}</time>
                  <span>{say(text)}</span>
                  {pathBelow(trail, within) !== '' && <small>{pathBelow(trail, within)}</small>}
                </Way>
              </li>
            ))}
          </ol>
        </Region>
      )}
    </div>
  )
}

/** 10:02 today, 11-24 on another day. */
function whenOf(at: string, language: Language): string {
  const day = dayOf(new Date(at))
  return day === dayOf(new Date()) ? showTime(at, language) : day.slice(5)
}

/** The first steps from the organisation shown, which everybody can see, down to where it happened. */
function pathBelow(trail: string, within: string): string {
  const names = trail.split(separator)
  return names
    .slice(names.lastIndexOf(within) + 1)
    .slice(0, 3)
    .join(separator)
}

/** Between the names of a trail. */
const separator = ' › '

/** The id of a line that came while the page was open, for a moment. */
function useNewest(first: string | undefined): string | undefined {
  const before = useRef(first)
  const [newest, setNewest] = useState<string>()
  useEffect(() => {
    if (first === before.current) return
    // The first answer is not news.
    if (before.current !== undefined) setNewest(first)
    before.current = first
  }, [first])
  useEffect(() => {
    if (newest === undefined) return
    const timer = setTimeout(() => setNewest(undefined), newMilliseconds)
    return () => clearTimeout(timer)
  }, [newest])
  return newest
}
