/** What this phone keeps: what waits to be sent, what became of what was sent, how old everything is and how much there is. */
import { Link } from 'wouter'
import { dayOf, showDay, showMoment } from '../../shared/dates.ts'
import { type Language, useLanguage, useSay, useT } from '../../shared/i18n.ts'
import type { Told, Waiting } from '../../shared/offline/exchange.ts'
import { readTold, sync } from '../../shared/offline/offline.ts'
import { useSync } from '../../shared/offline/useSync.ts'
import { useSession } from '../../shared/session.tsx'
import { may } from '../meeting/gathering.ts'
import { Facts } from '../parts/Facts.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { aboutAct } from './aboutAct.ts'
import { showAsOf } from './TruthLine.tsx'

/** A clock that is off by more than this is told about. */
const wrongClockMilliseconds = 60_000
const monthsKept = 13

export function Outbox() {
  const t = useT()
  const { post } = useSession()
  const { waiting, told, reached } = useSync()
  return (
    <Page title={t('mobile.sync.title')} back="/me">
      <Kept />
      <section>
        <h2>{t('mobile.sync.waitingTitle', { count: waiting.length })}</h2>
        {waiting.length === 0 ? (
          <p className="nothing">{t('mobile.sync.nothingWaits')}</p>
        ) : (
          <>
            <ul className="rows card">
              {waiting.map((act) => (
                <li key={act.id}>
                  <Line act={act} />
                </li>
              ))}
            </ul>
            <p className="note">{t(reached ? 'mobile.sync.sendsItself' : 'mobile.sync.sendsLater')}</p>
            <button type="button" className="button outline wide" onClick={() => void sync()}>
              {t('mobile.sync.sendNow')}
            </button>
            <Link href="/carry" className="button outline wide">
              {t('mobile.carry.outTitle')}
            </Link>
          </>
        )}
      </section>
      {told.length > 0 && (
        <section>
          <h2>{t('mobile.sync.toldTitle')}</h2>
          {told.map((each) => (
            <Became key={each.act.id} told={each} />
          ))}
        </section>
      )}
      {may(post, 'write:gathering') && post !== null && (
        <ul className="rows card">
          <li>
            <Link href={`/conflicts/${post.organisationId}`}>
              <span>{t('mobile.sync.conflicts')}</span>
              <Icon name="forward" />
            </Link>
          </li>
        </ul>
      )}
    </Page>
  )
}

/** One act in words, with the time of this phone. */
function Line({ act }: { act: Waiting }) {
  const t = useT()
  const language = useLanguage()
  return (
    <div>
      <span>
        {aboutAct(act, t)}
        <small>{t('mobile.sync.writtenAt', { time: showMoment(act.deviceAt, language) })}</small>
      </span>
    </div>
  )
}

/** What became of an act that was not simply done. What was refused stays readable until it is put away. */
function Became({ told: { act, receipt } }: { told: Told }) {
  const t = useT()
  const say = useSay()
  const title = receipt.problem === null ? receipt.said : receipt.problem.title
  const { minutes } = (act.body ?? {}) as { minutes?: unknown }
  return (
    <article className="card">
      <p>
        <b>{aboutAct(act, t)}</b>
      </p>
      <p className={receipt.outcome === 'REFUSED' ? 'late' : 'wait'}>{t(`mobile.sync.outcome.${receipt.outcome}`)}</p>
      {title !== null && <p>{say(title)}</p>}
      {receipt.problem?.fields.map(({ path, message }) => (
        <p key={path} className="quiet">
          {message}
        </p>
      ))}
      {receipt.outcome === 'REFUSED' && typeof minutes === 'string' && minutes !== '' && (
        <details>
          <summary>{t('mobile.sync.whatYouWrote')}</summary>
          <p className="text-block">{minutes}</p>
        </details>
      )}
      <button type="button" className="button outline small" onClick={() => void readTold(act.id)}>
        {t('mobile.sync.understood')}
      </button>
    </article>
  )
}

/** 2 天, 3 小时, 20 分钟: by how much the clock is off, in the largest unit that is whole. */
function spanOf(offsetMs: number, language: Language): string {
  const minutes = Math.abs(offsetMs) / 60_000
  const [unit, length] = minutes >= 1440 ? (['day', 1440] as const) : minutes >= 60 ? (['hour', 60] as const) : (['minute', 1] as const)
  const shown = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { style: 'unit', unit, unitDisplay: 'long' })
  return shown.format(Math.round(minutes / length))
}

/** How old, how much, how far back, and whether the clock is right. */
function Kept() {
  const t = useT()
  const language = useLanguage()
  const { asOf, entries, offsetMs, tight, bytes } = useSync()
  const bounds = (months: number) => {
    const day = new Date(`${dayOf(new Date())}T00:00:00Z`)
    day.setUTCMonth(day.getUTCMonth() + months)
    return showDay(day.toISOString().slice(0, 10), language)
  }
  const off = offsetMs !== null && Math.abs(offsetMs) > wrongClockMilliseconds
  return (
    <section>
      <Facts
        rows={[
          [t('mobile.sync.fresh'), asOf === null ? t('mobile.sync.never') : <time dateTime={asOf}>{showAsOf(asOf, language, t)}</time>],
          [t('mobile.sync.covers'), t('mobile.sync.coversDays', { from: bounds(-monthsKept), until: bounds(monthsKept) })],
          [t('mobile.sync.entries'), t('mobile.sync.entriesOf', { count: entries })],
          [t('mobile.sync.size'), bytes === null ? null : t('mobile.sync.megabytes', { count: Math.ceil(bytes / 1e6) })],
        ]}
      />
      {off && (
        <p className="note late">
          {t(offsetMs > 0 ? 'mobile.sync.clockBehind' : 'mobile.sync.clockAhead', { span: spanOf(offsetMs, language) })}
        </p>
      )}
      {tight && <p className="note late">{t('mobile.sync.tightHint')}</p>}
      <p className="note">{t('mobile.sync.sealed')}</p>
    </section>
  )
}
