/** Calendar months as `YYYY-MM`. */
import type { Language } from '../../shared/i18n.ts'

const names = {
  zh: {
    month: new Intl.DateTimeFormat('zh-CN', { month: 'numeric' }),
    year: new Intl.DateTimeFormat('zh-CN', { year: 'numeric', month: 'long' }),
  },
  en: {
    month: new Intl.DateTimeFormat('en-GB', { month: 'short' }),
    year: new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long' }),
  },
}

/** The name of a month, alone or with its year: 11月, 2026年11月; Nov, November 2026. */
export function monthName(month: string, language: Language, withYear = false): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return names[language][withYear ? 'year' : 'month'].format(new Date(year, number - 1, 15))
}

/** The last day of a month: `2026-02` → `2026-02-28`. */
export function monthEnd(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** The month `steps` later, earlier when negative: `2026-01`, -1 → `2025-12`. */
export function monthAfter(month: string, steps: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + steps, 1)).toISOString().slice(0, 7)
}

/** The month we are in, in Asia/Shanghai. */
export function thisMonth(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit' }).format(now)
}
