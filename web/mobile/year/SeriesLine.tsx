/** A fixed day in one line: 每月5日 19:30 · 活动室. */
import { seriesDayInWords } from '#rules'
import { useSay, useT } from '../../shared/i18n.ts'
import type { Basis } from '../../shared/year/basis.ts'

export function SeriesLine({ series }: { series: Basis['series'][number] }) {
  const t = useT()
  const say = useSay()
  return (
    <p className="year-series">
      <b>{series.title}</b>{' '}
      <span className="quiet">
        {say(seriesDayInWords(series.on))} {series.start}
        {series.place === '' ? '' : ` · ${series.place}`}
        {series.months.length < 12 && ` · ${t('mobile.year.months', { count: series.months.length })}`}
        {series.until !== null && ` · ${t('mobile.year.until', { day: series.until })}`}
      </span>
    </p>
  )
}
