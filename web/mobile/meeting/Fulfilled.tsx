/** What this gathering has just fulfilled: entered once, counted everywhere. */
import { useEffect, useState } from 'react'
import { listDuties } from '#contract/duties'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Why } from '../parts/Why.tsx'
import type { Duty } from '../home/duties.ts'
import { periodName } from '../parts/period.ts'
import type { Gathering } from './gathering.ts'

/** Duties follow the confirmation within a second; asked again until this gathering stands in one. */
const followMilliseconds = 1500
const followAtMostMilliseconds = 9000

export function Fulfilled({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const [asking, setAsking] = useState<Duty>()
  const [follows, setFollows] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setFollows(false), followAtMostMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  const day = gathering.heldOn ?? ''
  const duties = useOperation(
    listDuties,
    { params: { organisationId: gathering.organisationId }, query: { from: day, until: day, limit: 200 } },
    { enabled: day !== '', ...(follows ? { refetchInterval: followMilliseconds } : {}) },
  )
  const nameOf = (duty: Duty) => {
    const name = duty.kind === null ? duty.ruleName : t(`shared.kind.${duty.kind}`)
    if (duty.period === '-') return name
    if (duty.required === 0) return t('mobile.meeting.metFreely', { period: periodName(duty.period, t), name, done: duty.done })
    return t('mobile.meeting.met', { period: periodName(duty.period, t), name, done: duty.done, required: duty.required })
  }
  const met = (duties.data?.items ?? []).filter(({ gatheringIds }) => gatheringIds.includes(gathering.id))
  if (follows && met.length > 0) setFollows(false)
  if (met.length === 0) return null
  return (
    <section aria-labelledby="fulfilled" className="card ok-edge fulfilled">
      <h2 id="fulfilled">{t('mobile.meeting.fulfilled')}</h2>
      <ul>
        {met.map((duty) => (
          <li key={`${duty.ruleId} ${duty.period}`}>
            <span>
              <i aria-hidden="true" className="ok">
                {duty.done >= duty.required ? '✓ ' : '○ '}
              </i>
              {nameOf(duty)}
            </span>
            <button type="button" className="text" onClick={() => setAsking(duty)}>
              {t('mobile.duty.why')}
            </button>
          </li>
        ))}
      </ul>
      {asking !== undefined && <Why ruleId={asking.ruleId} sentence={asking.why} duty={asking} onClose={() => setAsking(undefined)} />}
    </section>
  )
}
