/** A date: typed as people type it, stepped with the arrow keys, or picked from the month. */
import { CalendarOutlined } from '@ant-design/icons'
import { Input, Popover } from 'antd'
import { useState } from 'react'
import { useT } from '../../shared/i18n.ts'
import { dayAfter, readDay } from './days.ts'
import { MonthPicker } from './MonthPicker.tsx'
import { useToday } from './today.ts'

interface DayFieldProps {
  value: string | null
  onDay: (day: string | null) => void
  id?: string
  'aria-label'?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string | undefined
  placeholder?: string
}

export function DayField({ value, onDay, placeholder, ...rest }: DayFieldProps) {
  const t = useT()
  const [typed, setTyped] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const today = useToday()

  function settle() {
    if (typed === null) return
    const read = readDay(typed, today)
    if (typed.trim() === '') onDay(null)
    else if (read !== undefined) onDay(read)
    else return
    setTyped(null)
  }

  return (
    <span className="day-field">
      <Input
        {...rest}
        value={typed ?? value ?? ''}
        status={typed !== null && typed.trim() !== '' && readDay(typed, today) === undefined ? 'error' : ''}
        placeholder={placeholder ?? t('console.day.placeholder')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle()
          const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
          if (step === 0) return
          event.preventDefault()
          setTyped(null)
          onDay(dayAfter(value ?? today, value === null ? 0 : step))
        }}
      />
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        placement="bottomRight"
        arrow={false}
        content={
          <MonthPicker
            day={value ?? today}
            onDay={(day) => {
              setTyped(null)
              onDay(day)
              setOpen(false)
            }}
          />
        }
      >
        <button type="button" className="icon" aria-label={t('console.day.pick')}>
          <CalendarOutlined aria-hidden />
        </button>
      </Popover>
    </span>
  )
}
