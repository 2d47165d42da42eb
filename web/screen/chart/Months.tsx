import { useCallback } from 'react'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useTheme } from '../../shared/looks.ts'
import { monthName } from '../gathering/month.ts'
import type { Figure, Overview } from '../overview/figures.ts'
import { drawBars, type Shown } from './bars.ts'

export interface MonthsProps {
  figure: Figure
  overview: Overview
}

/** Twelve months of an opened figure as bars. Fetched only when a figure is opened. */
export default function Months({ figure, overview }: MonthsProps) {
  const t = useT()
  const language = useLanguage()
  const bars = barsOf(figure, overview).map(({ name, values }) => ({ name: t(`screen.bars.${name}`), values }))
  const shown: Shown = { months: overview.series.map(({ month }) => monthName(month, language)), bars }
  const label = overview.series.map(
    ({ month }, index) => `${month}: ${bars.map(({ name, values }) => `${name} ${values[index]}`).join(', ')}`,
  )
  return <Chart shown={JSON.stringify(shown)} label={label.join('; ')} />
}

/** @param shown what the bars say, as one word, so that they are drawn again only when they say something else */
function Chart({ shown, label }: { shown: string; label: string }) {
  const theme = useTheme()
  const language = useLanguage()
  const draw = useCallback(
    (element: HTMLDivElement) => drawBars(element, JSON.parse(shown) as Shown, theme, language),
    [shown, theme, language],
  )
  return <div className="chart" role="img" aria-label={label} ref={draw} />
}

type Bar = 'met' | 'due' | 'missed' | 'gatherings' | 'present'

function barsOf(figure: Figure, { series, month: shown, measures }: Overview): { name: Bar; values: number[] }[] {
  if (figure === 'gatherings') return [{ name: 'gatherings', values: series.map(({ gatherings }) => gatherings) }]
  if (figure === 'attendance') return [{ name: 'present', values: series.map(({ present }) => present) }]
  return [
    { name: 'met', values: series.map(({ dutiesMet }) => dutiesMet) },
    { name: 'due', values: series.map(({ month }) => (month === shown ? measures.dutiesDue : 0)) },
    { name: 'missed', values: series.map(({ dutiesMissed }) => dutiesMissed) },
  ]
}
