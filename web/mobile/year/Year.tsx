/** The branch's year at a glance: every month with what was held, what is planned, what is still missing, and the one touch that arranges it. */
import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { arrangeQuarter, dayOfRow, type GatheringRow, judgeRow, missingIn, useYear, type YearOf } from '../../shared/year/basis.ts'
import { may, pathOf } from '../meeting/gathering.ts'
import { StateWord } from '../meeting/StateWord.tsx'
import { showShortDay, showWeekday, thisYear } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { SeriesLine } from './SeriesLine.tsx'
import './year.css'

export function Year() {
  const t = useT()
  const { post } = useSession()
  const [year, setYear] = useState(thisYear())
  const asked = useYear(post?.organisationId ?? '', year)
  const turn = (by: number) => setYear(String(Number(year) + by))
  if (!may(post, 'read:plan')) {
    return (
      <Page title={t('mobile.year.title')} back="/meetings">
        <Empty text={t('mobile.year.notYours')} />
      </Page>
    )
  }
  return (
    <Page title={t('mobile.year.title')} back="/meetings">
      <div className="month">
        <button type="button" className="plain" aria-label={t('mobile.year.before')} onClick={() => turn(-1)}>
          <Icon name="back" />
        </button>
        <h2 aria-live="polite">{t('mobile.year.of', { year })}</h2>
        <button type="button" className="plain" aria-label={t('mobile.year.after')} onClick={() => turn(1)}>
          <Icon name="forward" />
        </button>
      </div>
      {asked.data !== undefined ? (
        <Months of={asked.data} writes={may(post, 'write:plan')} />
      ) : asked.problem ? (
        <Failed problem={asked.problem} retry={asked.again} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function Months({ of, writes }: { of: YearOf; writes: boolean }) {
  const t = useT()
  const isThisYear = of.year === of.today.slice(0, 4)
  const months = Array.from({ length: 12 }, (_, n) => `${of.year}-${String(n + 1).padStart(2, '0')}`)
  // This year begins with what lies ahead; what is over is a line one opens.
  const ahead = months.filter((month) => !isThisYear || month >= of.today.slice(0, 7))
  const over = months.filter((month) => !ahead.includes(month))
  return (
    <>
      {writes && of.year >= of.today.slice(0, 4) && <Missing of={of} />}
      <section className="card year-basis">
        {of.basis.series.map((series) => (
          <SeriesLine key={series.id} series={series} />
        ))}
        {of.basis.series.length === 0 && <p className="quiet">{t('mobile.year.noSeries')}</p>}
        {writes && (
          <Link href="/year/series" className="year-link">
            {t('mobile.year.toSeries')}
            <Icon name="forward" />
          </Link>
        )}
      </section>
      {ahead.map((month) => (
        <Month key={month} of={of} month={month} />
      ))}
      {over.length > 0 && (
        <details className="year-over">
          <summary>{t('mobile.year.over')}</summary>
          {over.toReversed().map((month) => (
            <Month key={month} of={of} month={month} />
          ))}
        </details>
      )}
    </>
  )
}

/** What is still missing this quarter, and the way to arrange it. */
function Missing({ of }: { of: YearOf }) {
  const t = useT()
  const { gatherings, additions, served } = useMemo(() => arrangeQuarter(of), [of])
  const isThisYear = of.year === of.today.slice(0, 4)
  return (
    <section className="card">
      {isThisYear && (
        <>
          <h3>{served === 0 ? t('mobile.year.nothingMissing') : t('mobile.year.missing', { count: served })}</h3>
          {served > 0 && (
            <p className="quiet">
              {gatherings.length === 0
                ? t('mobile.year.byAdditions', { count: additions.length })
                : t('mobile.year.byGatherings', { count: gatherings.length, days: new Set(gatherings.map(({ day }) => day)).size })}
            </p>
          )}
          {served > 0 && (
            <Link href="/year/arrange" className="button wide">
              {t('mobile.year.arrange')}
            </Link>
          )}
        </>
      )}
      <Link href={`/year/arrange?year=${of.year}`} className={isThisYear ? 'year-link' : 'button wide'}>
        {t('mobile.year.arrangeYear', { year: of.year })}
        {isThisYear && <Icon name="forward" />}
      </Link>
    </section>
  )
}

function Month({ of, month }: { of: YearOf; month: string }) {
  const t = useT()
  const say = useSay()
  const rows = of.rows.filter((row) => dayOfRow(row).startsWith(month) && row.state !== 'CANCELLED').toReversed()
  const missing = missingIn(of, month)
  const kits = of.basis.kits.filter((kit) => kit.month === month)
  const holidays = new Map(
    of.calendar.filter(({ day }) => day.startsWith(month)).flatMap(({ holidays: found }) => found.map(({ name }) => [name.zh, name])),
  )
  return (
    <section className="card year-month" aria-label={t(`mobile.period.m${month.slice(5) as '01'}`)}>
      <div className="year-month-head">
        <h3>{t(`mobile.period.m${month.slice(5) as '01'}`)}</h3>
        {holidays.size > 0 && <span className="quiet">{[...holidays.values()].map(say).join(' · ')}</span>}
      </div>
      {rows.length === 0 && missing.length === 0 && <p className="quiet">{t('mobile.year.empty')}</p>}
      {rows.map((row) => (
        <Line key={row.id} of={of} row={row} />
      ))}
      {missing.map((duty) => (
        <p key={`${duty.ruleId}${duty.period}`} className="wait year-missing">
          {t('mobile.year.lacks', { name: t(`shared.kind.${duty.kind ?? 'THEME_DAY'}`) })}
        </p>
      ))}
      {kits.map((kit) => (
        <Link key={kit.id} href={`/year/kits/${kit.id}?month=${kit.month}`} className="year-link">
          <span>
            {t('mobile.year.kit', { title: kit.title })}
            <small className="quiet">{kit.organisationName}</small>
          </span>
          <Icon name="forward" />
        </Link>
      ))}
    </section>
  )
}

function Line({ of, row }: { of: YearOf; row: GatheringRow }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const day = dayOfRow(row)
  const { clashes, better } = judgeRow(of, row)
  return (
    <div className="year-line">
      <Link href={pathOf(row)}>
        <span className="year-day">
          <b>{Number(day.slice(8))}</b>
          <small>{showWeekday(day, language)}</small>
        </span>
        <span>
          {row.title}
          <StateWord state={row.state} />
        </span>
      </Link>
      {clashes[0] !== undefined && (
        <p className="note late">
          {say(clashes[0].sentence)}
          {better !== undefined && (
            <>
              {' '}
              <Link href={`${pathOf(row)}/edit`}>{t('mobile.year.better', { day: showShortDay(better, language) })}</Link>
            </>
          )}
        </p>
      )}
    </div>
  )
}
