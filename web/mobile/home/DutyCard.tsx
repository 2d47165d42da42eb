/** One duty in words, with the cheapest way to meet it; “why” opens the rule and its article. */
import { useState } from 'react'
import { Link } from 'wouter'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { type GatheringRow, pathOf } from '../meeting/gathering.ts'
import { showShortDay, today } from '../parts/days.ts'
import { Why } from '../parts/Why.tsx'
import { type Duty, wayOf } from './duties.ts'
import { dutyWords } from './dutyWords.ts'

/** @param gatherings those of the branch around now */
export function DutyCard({ duty, gatherings }: { duty: Duty; gatherings: readonly GatheringRow[] }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const missed = duty.state === 'MISSED'
  const way = wayOf(duty, gatherings, today())
  const { title, by, how } = dutyWords(duty, way, { t, say, language })
  return (
    <article className="card duty-card">
      <h3>{title}</h3>
      <p className={missed ? 'late' : 'wait'}>
        {by !== '' && <>{by} · </>}
        {t(`shared.duty.${duty.state}`)}
      </p>
      <p className="quiet">{how}</p>
      <div className="card-acts">
        {way?.how === 'PLAN' && (
          <Link href={`/meetings/plan?kind=${duty.kind}&day=${missed ? duty.periodEnd : way.day}`} className="button small">
            {missed ? t('mobile.duty.makeUp') : t('mobile.duty.plan', { day: showShortDay(way.day, language) })}
          </Link>
        )}
        {way?.how === 'TOGETHER' && (
          <Link href={`${pathOf(way.gathering.row)}/edit?kind=${duty.kind}`} className="button small">
            {t('mobile.duty.add', { day: showShortDay(way.gathering.day, language) })}
          </Link>
        )}
        {(way?.how === 'CONFIRM' || way?.how === 'UNDER_WAY') && (
          <Link href={pathOf(way.gathering.row)} className="button outline small">
            {t('mobile.duty.look')}
          </Link>
        )}
        <button type="button" className="text" onClick={() => setAsking(true)}>
          {t('mobile.duty.why')}
        </button>
      </div>
      {asking && <Why ruleId={duty.ruleId} sentence={duty.why} duty={duty} onClose={() => setAsking(false)} />}
    </article>
  )
}
