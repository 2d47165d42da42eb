/** The line at the top that always tells the truth: what waits to be sent, how old the data is. Nothing while all is well. */
import { Link } from 'wouter'
import { dayOf, showMoment, showTime } from '../../shared/dates.ts'
import { type Language, useLanguage, useT } from '../../shared/i18n.ts'
import { useKeeping, useSync } from '../../shared/offline/useSync.ts'
import './sync.css'

type Words = ReturnType<typeof useT>

/** 今天 08:12, or the whole day. */
export function showAsOf(moment: string, language: Language, t: Words): string {
  return dayOf(new Date(moment)) === dayOf(new Date())
    ? t('mobile.sync.today', { time: showTime(moment, language) })
    : showMoment(moment, language)
}

export function TruthLine() {
  const t = useT()
  const language = useLanguage()
  useKeeping()
  const { waiting, told, asOf, reached, tight } = useSync()
  const age = asOf === null ? t('mobile.sync.never') : t('mobile.sync.asOf', { time: showAsOf(asOf, language, t) })
  const says = [
    ...(waiting.length > 0 ? [t(reached ? 'mobile.sync.sending' : 'mobile.sync.waiting', { count: waiting.length })] : []),
    ...(reached ? [] : waiting.length > 0 ? [age] : [t('mobile.sync.away'), age]),
    ...(told.length > 0 ? [t('mobile.sync.toRead', { count: told.length })] : []),
    ...(tight ? [t('mobile.sync.tight')] : []),
  ]
  if (says.length === 0) return null
  return (
    <p className="truth-line" role="status">
      <Link href="/sync">{says.join(t('mobile.sync.and'))}</Link>
    </p>
  )
}
