/** 我的一个月: what home and host do, in one list by day; what fits one's shifts first; and how the month's duties stand. */
import { useState } from 'react'
import { Link } from 'wouter'
import { getMyMonth } from '#contract/participations'
import { dayOf, showTime } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { addMonths, showMonth, showShortDay, today } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { Why } from '../parts/Why.tsx'
import { Credits } from './Credits.tsx'
import { fits, useFreeTimes } from './freeTimes.ts'
import { FreeTimesSheet } from './FreeTimesSheet.tsx'
import type { MonthItem } from './words.ts'

export function Month() {
  const t = useT()
  const language = useLanguage()
  const [month, setMonth] = useState(today().slice(0, 7))
  const [setting, setSetting] = useState(false)
  const { free, setFree } = useFreeTimes()
  const asked = useOperation(getMyMonth, { params: { month } })
  return (
    <Page title={t('mobile.floating.month.title')} back="/floating">
      <div className="month">
        <button type="button" className="plain" aria-label={t('mobile.meetings.earlier')} onClick={() => setMonth(addMonths(month, -1))}>
          <Icon name="back" />
        </button>
        <h2 aria-live="polite">{showMonth(month, language)}</h2>
        <button type="button" className="plain" aria-label={t('mobile.meetings.later')} onClick={() => setMonth(addMonths(month, 1))}>
          <Icon name="forward" />
        </button>
      </div>
      <button type="button" className="button outline wide" aria-haspopup="dialog" onClick={() => setSetting(true)}>
        {t(free.length === 0 ? 'mobile.floating.free.set' : 'mobile.floating.free.change')}
      </button>
      {setting && <FreeTimesSheet free={free} onChange={setFree} onClose={() => setSetting(false)} />}
      <Asked asked={asked}>
        {({ items, credits }) => (
          <>
            {items.length === 0 && <Empty text={t('mobile.floating.month.empty')} />}
            {byDay(items).map(([day, ofDay]) => (
              <section key={day} aria-label={showShortDay(day, language)}>
                <h2>{showShortDay(day, language)}</h2>
                {ofDay
                  .map((item) => ({ item, fitting: fits(item, free) }))
                  .toSorted((one, other) => Number(other.fitting) - Number(one.fitting))
                  .map(({ item, fitting }) => (
                    <ItemCard key={item.gatheringId} item={item} fitting={fitting} all={items} />
                  ))}
              </section>
            ))}
            {credits.length > 0 && (
              <section aria-labelledby="credits">
                <h2 id="credits">{t('mobile.floating.month.credits')}</h2>
                <Credits credits={credits} />
              </section>
            )}
          </>
        )}
      </Asked>
    </Page>
  )
}

/** Days in order, each with what is on it, by the clock. */
function byDay(items: readonly MonthItem[]): [day: string, items: MonthItem[]][] {
  const days = new Map<string, MonthItem[]>()
  for (const item of items.toSorted((one, other) => one.plannedStart.localeCompare(other.plannedStart))) {
    const day = dayOf(new Date(item.plannedStart))
    days.set(day, [...(days.get(day) ?? []), item])
  }
  return [...days]
}

interface ItemCardProps {
  item: MonthItem
  /** Does it fit one's shifts? */
  fitting: boolean
  /** Everything of the month, for the other of two at the same time. */
  all: readonly MonthItem[]
}

function ItemCard({ item, fitting, all }: ItemCardProps) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { me } = useSession()
  const [asking, setAsking] = useState(false)
  const { side, organisationId, organisationName, gatheringId, title, plannedStart, plannedEnd, overlap } = item
  const kinds = item.kinds.map((kind) => t(`shared.kind.${kind}`)).join(' + ')
  // What is only open to guests has no page for those who are not assigned there.
  const opens = side === 'HOME' || me.posts.some((post) => post.organisationId === organisationId)
  const other = overlap === null ? undefined : all.find((each) => each.gatheringId === overlap.gatheringId)
  const rather = overlap !== null && overlap.rather === side
  return (
    <article className={`card floating-item${fitting ? ' ok-edge' : ''}`}>
      <p className="meeting-state">
        <span className="tag">{t(`mobile.floating.side.${side}`)}</span>
        {fitting && <span className="ok floating-fits">{t('mobile.floating.free.fits')}</span>}
        {item.my !== null && <Mark my={item.my} />}
      </p>
      <h3>
        {opens ? (
          <Link href={`/meetings/${organisationId}/${gatheringId}`} className="cover">
            {title}
          </Link>
        ) : (
          title
        )}
      </h3>
      <p>
        {showTime(plannedStart, language)}
        {plannedEnd !== null && <>–{showTime(plannedEnd, language)}</>} · {item.place === '' ? t(`shared.mode.${item.mode}`) : item.place}
        {item.place !== '' && item.mode !== 'ONSITE' && <> · {t(`shared.mode.${item.mode}`)}</>}
      </p>
      <p className="quiet">
        {organisationName}
        {kinds !== title && kinds !== '' && <> · {kinds}</>}
      </p>
      {overlap !== null && (
        <div className="floating-overlap">
          <p className={rather ? 'ok' : 'wait'}>
            {t(rather ? 'mobile.floating.month.rather' : 'mobile.floating.month.ratherOther', {
              side: t(`mobile.floating.side.${overlap.rather}`),
              title: other?.title ?? '',
            })}
          </p>
          <p className="quiet">{say(overlap.sentence)}</p>
          <button type="button" className="text" onClick={() => setAsking(true)}>
            {t('mobile.duty.why')}
          </button>
          {asking && <Why ruleId={overlap.ruleId} sentence={overlap.sentence} onClose={() => setAsking(false)} />}
        </div>
      )}
    </article>
  )
}

const states = ['EXPECTED', 'PRESENT_ONSITE', 'PRESENT_ONLINE', 'LEAVE', 'ABSENT', 'EXCUSED_LONG_TERM'] as const

/** One's own line on the roster. */
function Mark({ my }: { my: string }) {
  const t = useT()
  const known = states.find((state) => state === my)
  if (known === undefined || known === 'EXPECTED') return null
  return <span className={known.startsWith('PRESENT') ? 'ok' : 'quiet'}>{t(`shared.attendance.${known}`)}</span>
}
