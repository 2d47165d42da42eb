/** One duty in words, with the cheapest way to meet it; “why” opens the rule and its article. */
import { useState } from 'react'
import { Link } from 'wouter'
import { dayOf } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { type GatheringRow, pathOf } from '../meeting/gathering.ts'
import { showShortDay, today } from '../parts/days.ts'
import { periodName } from '../parts/period.ts'
import { Why } from '../parts/Why.tsx'
import { coveredBy, type Duty, kindOf, suggestDay, togetherWith } from './duties.ts'

/** @param gatherings those of the branch around now */
export function DutyCard({ duty, gatherings }: { duty: Duty; gatherings: readonly GatheringRow[] }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const kind = kindOf(duty)
  const missed = duty.state === 'MISSED'
  const counts = kind !== undefined && duty.period !== '-'
  const covered = counts ? coveredBy(duty, gatherings) : undefined
  const together = !counts || missed || covered !== undefined ? undefined : togetherWith(duty, gatherings, today())
  const dayOfRow = (row: GatheringRow) => showShortDay(dayOf(new Date(row.plannedStart)), language)
  const day = suggestDay(duty, today())
  const name = kind === undefined ? duty.ruleName : t(`shared.kind.${kind}`)
  return (
    <article className="card duty-card">
      <h3>{!counts ? name : t('mobile.duty.lacking', { period: periodName(duty.period, t), count: duty.required - duty.done, name })}</h3>
      <p className={missed ? 'late' : 'wait'}>
        {duty.period !== '-' && <>{t(missed ? 'mobile.duty.was' : 'mobile.duty.by', { day: showShortDay(duty.periodEnd, language) })} · </>}
        {t(`shared.duty.${duty.state}`)}
      </p>
      <p className="quiet">
        {covered !== undefined
          ? t(covered.state === 'DRAFT_MINUTES' ? 'mobile.duty.toConfirm' : 'mobile.duty.underWay', {
              day: dayOfRow(covered),
              title: covered.title,
            })
          : together !== undefined
            ? t('mobile.duty.together', { day: dayOfRow(together), title: together.title })
            : say(duty.why)}
      </p>
      <div className="card-acts">
        {covered !== undefined && (
          <Link href={pathOf(covered)} className="button outline small">
            {t('mobile.duty.look')}
          </Link>
        )}
        {together !== undefined && (
          <Link href={`${pathOf(together)}/edit?kind=${kind}`} className="button small">
            {t('mobile.duty.add', { day: dayOfRow(together) })}
          </Link>
        )}
        {counts && covered === undefined && together === undefined && (
          <Link href={`/meetings/plan?kind=${kind}&day=${missed ? duty.periodEnd : day}`} className="button small">
            {missed ? t('mobile.duty.makeUp') : t('mobile.duty.plan', { day: showShortDay(day, language) })}
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
