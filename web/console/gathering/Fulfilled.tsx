import { listDuties } from '#contract/duties'
import { useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { dutyTones } from '../duties/columns.tsx'
import { Mark } from '../list/Mark.tsx'
import { Why } from '../list/Why.tsx'
import type { Gathering } from './useGathering.ts'

/** Duties are computed a moment after the confirmation. */
const soonMilliseconds = 1500

/** Which duties this gathering has fulfilled, with nothing entered twice. */
export function Fulfilled({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useSay()
  const asked = useOperation(
    listDuties,
    {
      params: { organisationId: gathering.organisationId },
      query: { reach: 'own', limit: 200, ...(gathering.heldOn === null ? {} : { from: gathering.heldOn, until: gathering.heldOn }) },
    },
    gathering.state === 'CONFIRMED' ? { refetchInterval: soonMilliseconds } : {},
  )
  const duties = asked.data?.items.filter((duty) => duty.gatheringIds.includes(gathering.id)) ?? []
  return (
    <section className="fulfilled" aria-labelledby="fulfilled">
      <h3 id="fulfilled">{t('console.fulfilled.title')}</h3>
      <div role="status">
        {asked.error && <p className="quiet">{asked.error.message}</p>}
        {asked.data && duties.length === 0 && <p className="quiet">{t('console.fulfilled.none')}</p>}
        <ul className="findings">
          {duties.map((duty) => (
            <li key={`${duty.ruleId}${duty.period}`}>
              <Mark tone={dutyTones[duty.state]}>{t(`shared.duty.${duty.state}`)}</Mark>
              <p>{say(duty.why)}</p>
              <Why ruleId={duty.ruleId} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
