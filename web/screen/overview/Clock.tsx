import { useEffect, useState } from 'react'

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
const time = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' })

/** Now, renewed at every full second; a screen left alone for days stays exact. */
export function useSeconds(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      setNow(new Date())
      timer = setTimeout(tick, 1000 - (Date.now() % 1000))
    }
    tick()
    return () => clearTimeout(timer)
  }, [])
  return now
}

/** The time in Asia/Shanghai. */
export function Clock({ label, now }: { label: string; now: Date }) {
  return (
    <time className="clock" aria-label={label} dateTime={now.toISOString()}>
      <span className="clock-day">{day.format(now)}</span> {time.format(now)}
    </time>
  )
}
