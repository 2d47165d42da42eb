import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([LineChart, GridComponent, AriaComponent, SVGRenderer])

interface LineProps {
  /** Oldest first, at most twelve months. */
  values: number[]
  /** What the line says, for those who do not see it. */
  label: string
}

/** Twelve months as a small line without axes; the last point is marked. It takes its colour from the text around it. */
export function Line({ values, label }: LineProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)

  useEffect(() => {
    const element = place.current
    if (!element) return
    const made = init(element, null, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(lineOf(values))
  }, [values])

  return <div className="line" role="img" aria-label={label} ref={place} />
}

function lineOf(values: number[]) {
  const last = values.length - 1
  return {
    animation: false,
    grid: { left: 4, right: 8, top: 8, bottom: 6 },
    xAxis: { type: 'category', show: false, boundaryGap: false, data: values.map((_, index) => index) },
    yAxis: { type: 'value', show: false, min: 0 },
    series: [
      {
        type: 'line',
        silent: true,
        lineStyle: { color: 'currentColor', width: 2 },
        itemStyle: { color: 'currentColor' },
        symbol: 'circle',
        symbolSize: (_: number, { dataIndex }: { dataIndex: number }) => (dataIndex === last ? 8 : 0),
        data: values,
      },
    ],
  }
}
