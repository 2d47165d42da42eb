import { Link } from 'wouter'
import { getGathering } from '#contract/meetings'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { pathTo, pathToGathering } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Facts } from '../list/Facts.tsx'
import { Mark } from '../list/Mark.tsx'
import { Rule } from '../list/Why.tsx'
import { type Duty, dutyTones } from './columns.tsx'

/** One duty: its sentence, the gatherings that count for it, and the rule behind it with its article. */
export function DutyPane({ duty, selectedId }: { duty: Duty; selectedId: string }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const may = useMay()
  const open = duty.state === 'UPCOMING' || duty.state === 'DUE_SOON' || duty.state === 'MISSED'
  return (
    <>
      <p>
        <Mark tone={dutyTones[duty.state]}>{t(`shared.duty.${duty.state}`)}</Mark>
      </p>
      <p className="sentence">{say(duty.why)}</p>
      <Facts
        facts={[
          [
            t('console.duties.organisation'),
            <Link key="to" href={pathTo(duty.organisationId)}>
              {duty.organisationName}
            </Link>,
          ],
          [
            t('console.duties.period'),
            duty.period === '-'
              ? t('console.duties.standing')
              : `${showDay(duty.periodStart, language)} – ${showDay(duty.periodEnd, language)}`,
          ],
          [t('console.duties.done'), `${duty.done} / ${duty.required}`],
        ]}
      />
      {open && may('write:gathering') && (
        <p>
          <Link href={`${pathTo(duty.organisationId, 'gatherings')}/${duty.organisationId}/new`}>{t('console.duties.plan')}</Link>
        </p>
      )}
      <h3>{t('console.duties.counted', { count: duty.gatheringIds.length })}</h3>
      {duty.gatheringIds.length === 0 ? (
        <p className="quiet">{t('console.duties.noneCounted')}</p>
      ) : (
        <ul className="links">
          {duty.gatheringIds.map((id) => (
            <Counted key={id} selectedId={selectedId} organisationId={duty.organisationId} id={id} />
          ))}
        </ul>
      )}
      <h3>{t('console.why')}</h3>
      <Rule ruleId={duty.ruleId} />
    </>
  )
}

function Counted({ selectedId, organisationId, id }: { selectedId: string; organisationId: string; id: string }) {
  const t = useT()
  const language = useLanguage()
  const gathering = useOperation(getGathering, { params: { organisationId, gatheringId: id } }).data
  return (
    <li>
      <Link href={pathToGathering(selectedId, { organisationId, id })}>{gathering?.title ?? t('console.duties.gathering')}</Link>
      {gathering && <small>{showMoment(gathering.plannedStart, language)}</small>}
    </li>
  )
}
