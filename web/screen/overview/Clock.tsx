import { useEffect, useState } from 'react'
import { useLanguage } from '../../shared/i18n.ts'

const zone = { timeZone: 'Asia/Shanghai' } as const
const days = {
  zh: new Intl.DateTimeFormat('zh-CN', { ...zone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { ...zone, year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' }),
}
const time = new Intl.DateTimeFormat('sv-SE', { ...zone, timeStyle: 'medium' })

/** 10:02:31 in Asia/Shanghai. */
export const timeOfDay = (moment: Date): string => time.format(moment)

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

/** Day and time in Asia/Shanghai. */
export function Clock({ label, now }: { label: string; now: Date }) {
  const language = useLanguage()
  return (
    <time className="clock" aria-label={label} dateTime={now.toISOString()}>
      <span>{days[language].format(now)}</span> <b>{timeOfDay(now)}</b>
    </time>
  )
}
