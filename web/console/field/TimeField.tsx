import { Input } from 'antd'
import { useState } from 'react'
import { readTime, timeAfter } from './days.ts'

interface TimeFieldProps {
  value: string
  onTime: (time: string) => void
  id?: string
  'aria-label'?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string | undefined
}

const stepMinutes = 15

/** A clock time: typed (1930, 19:30), or stepped by quarters of an hour with the arrow keys. */
export function TimeField({ value, onTime, ...rest }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)

  function settle() {
    const read = typed === null ? undefined : readTime(typed)
    if (read === undefined) return
    onTime(read)
    setTyped(null)
  }

  return (
    <Input
      {...rest}
      className="time-field"
      value={typed ?? value}
      status={typed !== null && readTime(typed) === undefined ? 'error' : ''}
      placeholder="19:30"
      inputMode="numeric"
      autoComplete="off"
      maxLength={6}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle()
        const step = event.key === 'ArrowUp' ? stepMinutes : event.key === 'ArrowDown' ? -stepMinutes : 0
        if (step === 0) return
        event.preventDefault()
        setTyped(null)
        onTime(timeAfter(value === '' ? '09:00' : value, step))
      }}
    />
  )
}
