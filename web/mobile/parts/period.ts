/** A period as people say it. @param period `2026-11` → 11月, `2026-Q4` → 第四季度, `2026` → 2026年 */
import type { useT } from '../../shared/i18n.ts'

export function periodName(period: string, t: ReturnType<typeof useT>): string {
  const quarter = /-Q([1-4])$/.exec(period)?.[1]
  if (quarter !== undefined) return t(`mobile.period.q${quarter}`)
  const month = /^\d{4}-(\d{2})$/.exec(period)?.[1]
  if (month !== undefined) return t(`mobile.period.m${month}`)
  return t('mobile.period.year', { year: period.slice(0, 4) })
}
