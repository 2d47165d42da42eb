/** Which year is shown. */
import { useT } from '../../shared/i18n.ts'
import { Choice } from './Choice.tsx'

interface YearChoiceProps {
  year: string
  years: readonly string[]
  onChange: (year: string) => void
}

export function YearChoice({ year, years, onChange }: YearChoiceProps) {
  const t = useT()
  return (
    <Choice
      label={t('mobile.attendance.year')}
      quiet
      value={year}
      options={years.map((value) => ({ value, name: t('mobile.period.year', { year: value }) }))}
      onChange={onChange}
    />
  )
}
