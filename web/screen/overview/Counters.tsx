import { useT } from '../../shared/i18n.ts'
import { attendanceShare, count, dutyShare, percent, seriesOf } from './figures.ts'
import type { Figure, Overview } from './figures.ts'
import { Line } from './Line.tsx'

interface CountersProps {
  overview: Overview
  open: string | null
  onOpen: (figure: Figure) => void
}

/** The three figures of the month, each with its unit, its arithmetic and twelve months as a small line. Each opens. */
export function Counters({ overview, open, onOpen }: CountersProps) {
  const t = useT()
  const { measures, series } = overview
  const month = Number(overview.month.slice(5))
  const attendance = attendanceShare(measures)
  const duties = dutyShare(measures)
  const counters = [
    { figure: 'gatherings', value: count(measures.gatherings), unit: t('screen.unit.gatherings'), note: t('screen.counter.gatherings') },
    {
      figure: 'attendance',
      value: attendance === null ? '—' : percent(attendance),
      unit: '%',
      note: t('screen.counter.attendance', { present: count(measures.present), expected: count(measures.expected) }),
    },
    {
      figure: 'duties',
      value: duties === null ? '—' : percent(duties),
      unit: '%',
      note: t('screen.counter.duties', { met: count(measures.dutiesMet), due: count(measures.dutiesDue), missed: count(measures.dutiesMissed) }),
    },
  ] as const
  return (
    <section className="counters" aria-label={t('screen.counter.thisMonth', { month })}>
      {counters.map(({ figure, value, unit, note }) => (
        <div key={figure} className="counter">
          <button type="button" aria-expanded={open === figure} onClick={() => onOpen(figure)} data-testid={`counter-${figure}`}>
            <span className="counter-name">
              {t(`screen.figure.${figure}`)} <span className="quiet">{t('screen.counter.thisMonth', { month })}</span>
            </span>
            <span className="counter-value">
              <b>{value}</b> {unit}
            </span>
            <span className="counter-note">{note}</span>
          </button>
          <SmallLine figure={figure} series={series} />
        </div>
      ))}
    </section>
  )
}

function SmallLine({ figure, series }: { figure: Figure; series: Overview['series'] }) {
  const t = useT()
  const values = seriesOf(figure, series)
  const [first, last] = [series[0], series.at(-1)]
  if (!first || !last) return null
  const label = t('screen.counter.line', { from: first.month, first: count(values[0] ?? 0), to: last.month, last: count(values.at(-1) ?? 0) })
  return <Line values={values} label={`${t(`screen.figure.${figure}`)}: ${label}`} />
}
