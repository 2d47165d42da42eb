import { lazy, Suspense, useEffect, useRef, type ComponentType } from 'react'
import { dayOf, showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import type { MonthsProps } from '../chart/Months.tsx'
import { Gatherings } from '../gathering/Gatherings.tsx'
import { monthEnd } from '../gathering/month.ts'
import { Way } from '../steer/Way.tsx'
import { Duties } from './Duties.tsx'
import { count } from './figures.ts'
import type { Overview } from './figures.ts'
import { Kinds } from './Kinds.tsx'
import { contributionOf, isMonthly, isToday } from './openings.ts'
import { Region } from '../Region.tsx'
import type { Opening } from './openings.ts'

/** Charts come when a figure is opened; should they not come, the words and rows are there without them. */
const Months = lazy<ComponentType<MonthsProps>>(() => import('../chart/Months.tsx').catch(() => ({ default: () => null })))

interface OpeningPanelProps {
  opening: Opening
  overview: Overview
  onClose: () => void
}

/** A figure opened: what it is, how it is computed, where it comes from, how fresh it is, and the rows it is made of. */
export function OpeningPanel({ opening, overview, onClose }: OpeningPanelProps) {
  const t = useT()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const name = isMonthly(opening) ? t(`screen.figure.${opening}`) : t(`screen.unit.${opening}`)
  return (
    <section className="opening" aria-label={name} data-opening={opening}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {name} <b>{valueOf(opening, overview) ?? t('screen.floatingHidden')}</b>
        </h2>
        <button type="button" onClick={onClose}>
          {t('screen.opening.close')}
        </button>
      </header>
      <div className="opening-about">
        <About opening={opening} overview={overview} />
        {isMonthly(opening) && (
          <Suspense fallback={<div className="chart" />}>
            <Months figure={opening} overview={overview} />
          </Suspense>
        )}
      </div>
      <div className="opening-rows">
        {opening === 'gatherings' && <Kinds measures={overview.measures} />}
        {!isToday(opening) && overview.children.length > 0 && <Rows opening={opening} overview={overview} />}
        <Records opening={opening} overview={overview} />
      </div>
    </section>
  )
}

function valueOf(opening: Opening, { measures, today }: Overview): string | null {
  if (isToday(opening)) return count(opening === 'todayGatherings' ? today.gatherings : today.signIns)
  return contributionOf(opening, measures).value ?? (opening === 'floating' ? null : '—')
}

function About({ opening, overview }: Omit<OpeningPanelProps, 'onClose'>) {
  const t = useT()
  const language = useLanguage()
  const { value, arithmetic } = contributionOf(opening, overview.measures)
  const { at, lagMilliseconds, source } = overview.asOf
  const facts = [
    ['definition', t(`screen.define.${opening}`)],
    ['arithmetic', arithmetic === null || value === null ? t('screen.opening.counted') : `${arithmetic} = ${value}`],
    ['scope', `${t('screen.opening.scopeText', { name: overview.name })} · ${isToday(opening) ? showDay(at, language) : overview.month}`],
    ['source', t(isMonthly(opening) || isToday(opening) ? 'screen.opening.fromRecords' : 'screen.opening.fromRegister', { source })],
    ['freshness', t('screen.opening.freshnessText', { time: showMoment(at, language), milliseconds: lagMilliseconds })],
  ] as const
  return (
    <dl>
      {facts.map(([term, text]) => (
        <div key={term}>
          <dt>{t(`screen.opening.${term}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The records a figure is made of. Members are counted, never listed. */
function Records({ opening, overview: { organisationId, month, asOf } }: Omit<OpeningPanelProps, 'onClose'>) {
  const t = useT()
  if (opening === 'duties') return <Duties organisationId={organisationId} month={month} reach="below" />
  if (!isMonthly(opening) && !isToday(opening)) return null
  const day = dayOf(new Date(asOf.at))
  const dates = isToday(opening) ? { from: day, until: day } : { from: `${month}-01`, until: monthEnd(month) }
  return <Gatherings organisationId={organisationId} {...dates} title={t('screen.opening.records')} showBranch />
}

function Rows({ opening, overview }: Omit<OpeningPanelProps, 'onClose'>) {
  const t = useT()
  const rows = overview.children.map((child) => ({ ...child, ...contributionOf(opening, child.measures) }))
  const withWorking = rows.some(({ arithmetic }) => arithmetic !== null)
  return (
    <Region className="rows" label={t('screen.opening.rows')}>
      <h2>{t('screen.opening.rows')}</h2>
      <table>
        <caption>{t('screen.opening.order')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('screen.opening.organisation')}</th>
            {withWorking && <th scope="col">{t('screen.opening.working')}</th>}
            <th scope="col">{t('screen.opening.value')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ organisationId, name, value, arithmetic }) => (
            <tr key={organisationId}>
              <th scope="row">
                <Way to={`/o/${organisationId}`} way={organisationId}>
                  {name}
                </Way>
              </th>
              {withWorking && <td className="quiet">{arithmetic ?? ''}</td>}
              <td>{value ?? (opening === 'floating' ? t('screen.floatingHidden') : '—')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Region>
  )
}
