/** Bars by month, drawn as SVG that stays sharp on a wall. */
import { BarChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Language } from '../../shared/i18n.ts'
import type { Theme } from '../../shared/looks.ts'
import { themeOf } from './theme.ts'

use([BarChart, GridComponent, LegendComponent, SVGRenderer])

/** What the bars say: stacked where there are several, the value above each where it is one. */
export interface Shown {
  months: string[]
  bars: { name: string; values: number[] }[]
}

/** 2.4万, 24K: as short as a bar is wide. */
const compact = {
  zh: new Intl.NumberFormat('zh-CN', { notation: 'compact', maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }),
}

/** Draws bars in an element, and again whenever its width changes, since letters grow with the screen. @returns how to take them away */
export function drawBars(element: HTMLElement, shown: Shown, theme: Theme, language: Language): () => void {
  const draw = () => {
    const { fontSize, fontFamily } = getComputedStyle(document.documentElement)
    const chart = init(element, themeOf(theme, Number.parseFloat(fontSize), fontFamily), { renderer: 'svg' })
    chart.setOption(optionOf(shown, compact[language]))
    return chart
  }
  let chart = draw()
  let width = element.clientWidth
  const watcher = new ResizeObserver(() => {
    if (element.clientWidth === width) return
    width = element.clientWidth
    chart.dispose()
    chart = draw()
  })
  watcher.observe(element)
  return () => {
    watcher.disconnect()
    chart.dispose()
  }
}

function optionOf({ months, bars }: Shown, short: Intl.NumberFormat) {
  const several = bars.length > 1
  return {
    animation: false,
    legend: several ? { top: 0, left: 0 } : { show: false },
    grid: { left: 0, right: 0, top: several ? '18%' : '12%', bottom: 0, outerBoundsMode: 'same' as const },
    xAxis: { type: 'category' as const, data: months },
    yAxis: { type: 'value' as const, show: several, splitNumber: 3, axisLabel: { formatter: (value: number) => short.format(value) } },
    series: bars.map(({ name, values }) => ({
      type: 'bar' as const,
      name,
      stack: 'all',
      silent: true,
      barWidth: '56%',
      label: { show: !several, position: 'top' as const, formatter: ({ value }: { value: unknown }) => short.format(Number(value)) },
      emphasis: { disabled: true },
      data: values,
    })),
  }
}
