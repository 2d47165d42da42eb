import { useLanguage, useT } from '../../shared/i18n.ts'
import { monthName, thisMonth } from '../gathering/month.ts'
import { attendanceShare, count, dutyShare, percent, seriesOf } from './figures.ts'
import type { Figure, Overview } from './figures.ts'
import { Line } from './Line.tsx'
import type { Opening } from './openings.ts'

interface CountersProps {
  overview: Overview
  open: Opening | null
  onOpen: (opening: Opening) => void
}

/** What today has brought, and the three figures of the month with their arithmetic and twelve months as a small line. Each opens. */
export function Counters({ overview, open, onOpen }: CountersProps) {
  const t = useT()
  const month = monthName(overview.month, useLanguage())
  return (
    <>
      <section className="today" aria-label={t('screen.today')}>
        <h2>{t('screen.today')}</h2>
        {(['todayGatherings', 'todaySignIns'] as const).map((opening) => (
          <button
            key={opening}
            type="button"
            aria-expanded={open === opening}
            onClick={() => onOpen(opening)}
            data-testid={`fact-${opening}`}
          >
            <b>{count(opening === 'todayGatherings' ? overview.today.gatherings : overview.today.signIns)}</b> {t(`screen.unit.${opening}`)}
          </button>
        ))}
      </section>
      <section className="counters" aria-label={month}>
        {countersOf(overview).map(({ figure, value, unit }) => (
          <div key={figure} className={`counter counter-${figure}`}>
            <button type="button" aria-expanded={open === figure} onClick={() => onOpen(figure)} data-testid={`counter-${figure}`}>
              <span className="counter-name">
                {t(`screen.figure.${figure}`)} <span className="quiet">{month}</span>
              </span>
              <span className="counter-value">
                <b>{value}</b> {value !== nothing && (unit === 'share' ? '%' : t('screen.unit.gatherings'))}
              </span>
              <Note figure={figure} measures={overview.measures} />
            </button>
            <SmallLine figure={figure} overview={overview} />
            {figure === 'duties' && <DutyBar measures={overview.measures} />}
          </div>
        ))}
      </section>
    </>
  )
}

const nothing = '—'

function countersOf({ measures }: Overview) {
  const share = (value: number | null) => (value === null ? nothing : percent(value))
  return [
    { figure: 'duties', value: share(dutyShare(measures)), unit: 'share' },
    { figure: 'gatherings', value: count(measures.gatherings), unit: 'count' },
    { figure: 'attendance', value: share(attendanceShare(measures)), unit: 'share' },
  ] as const
}

function Note({ figure, measures }: { figure: Figure; measures: Overview['measures'] }) {
  const t = useT()
  const { dutiesMet, dutiesDue, dutiesMissed, present, expected } = measures
  const note =
    figure === 'duties'
      ? t('screen.counter.duties', { met: count(dutiesMet), due: count(dutiesDue), missed: count(dutiesMissed) })
      : figure === 'attendance'
        ? t('screen.counter.attendance', { present: count(present), expected: count(expected) })
        : t('screen.counter.gatherings')
  return <span className="counter-note">{note}</span>
}

/** Met, still to do and missed as one bar; the note beside it says the same in words. */
function DutyBar({ measures: { dutiesMet, dutiesDue, dutiesMissed } }: { measures: Overview['measures'] }) {
  if (dutiesMet + dutiesDue + dutiesMissed === 0) return null
  return (
    <div className="bar" aria-hidden="true">
      <i className="bar-met" style={{ flexGrow: dutiesMet }} />
      <i className="bar-due" style={{ flexGrow: dutiesDue }} />
      <i className="bar-missed" style={{ flexGrow: dutiesMissed }} />
    </div>
  )
}

function SmallLine({ figure, overview }: { figure: Figure; overview: Overview }) {
  const t = useT()
  const { series } = overview
  const values = seriesOf(figure, overview)
  const [first, last] = [series[0], series.at(-1)]
  if (first === undefined || last === undefined) return null
  const say = (value: number | null | undefined) =>
    value === null || value === undefined ? t('screen.map.none') : figure === 'duties' ? `${percent(value)} %` : count(value)
  const label = t('screen.counter.line', { from: first.month, first: say(values[0]), to: last.month, last: say(values.at(-1)) })
  const most = figure === 'duties' ? 1 : Math.max(...values.map((value) => value ?? 0))
  return <Line values={values} most={most} unfinished={last.month === thisMonth()} label={`${t(`screen.line.${figure}`)}: ${label}`} />
}
