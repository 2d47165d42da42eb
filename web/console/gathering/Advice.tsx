import { checkRecord } from '#contract/record'
import { useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Why } from '../list/Why.tsx'
import type { Gathering } from './useGathering.ts'

/** The record check, for the secretary before confirming: sentences to think about. It hinders nothing and is kept nowhere. */
export function Advice({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useSay()
  const { data } = useOperation(checkRecord, { params: { organisationId: gathering.organisationId, gatheringId: gathering.id } })
  if (data === undefined) return null
  return (
    <div className="advice">
      <h4>{t('console.check.title')}</h4>
      {data.items.length === 0 ? (
        <p className="quiet">{t('console.check.nothing')}</p>
      ) : (
        <ul>
          {data.items.map(({ sentence, ruleId }) => (
            <li key={sentence.zh}>
              {say(sentence)} <Why ruleId={ruleId} />
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">{t('console.check.only')}</p>
    </div>
  )
}
