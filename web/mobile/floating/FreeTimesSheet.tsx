/** 合我的班次: the parts of a week in which one is free. */
import { useT } from '../../shared/i18n.ts'
import { Chips } from '../parts/Chips.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { type FreeTime, parts, weekdays } from './freeTimes.ts'

interface FreeTimesSheetProps {
  free: readonly FreeTime[]
  onChange: (free: readonly FreeTime[]) => void
  onClose: () => void
}

export function FreeTimesSheet({ free, onChange, onClose }: FreeTimesSheetProps) {
  const t = useT()
  return (
    <Sheet title={t('mobile.floating.free.title')} onClose={onClose}>
      <p>{t('mobile.floating.free.about')}</p>
      <p className="note ok">{t('mobile.floating.free.private')}</p>
      {weekdays.map((day) => {
        const name = t(`mobile.floating.free.day.${day}`)
        return (
          <div key={day} className="floating-week">
            <span aria-hidden="true">{name}</span>
            <Chips
              label={name}
              quiet
              chosen={free.filter((time) => time.startsWith(day))}
              options={parts.map((part) => ({ value: `${day}${part}` as const, name: t(`mobile.floating.free.part.${part}`) }))}
              onChange={(chosen) => onChange([...free.filter((time) => !time.startsWith(day)), ...chosen])}
            />
          </div>
        )
      })}
      <button type="button" className="button wide" onClick={onClose}>
        {t('mobile.floating.free.done')}
      </button>
    </Sheet>
  )
}
