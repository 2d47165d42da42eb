/** The record check, for the secretary before confirming: sentences to think about. It hinders nothing and is kept nowhere. */
import { checkRecord } from '#contract/record'
import { useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import type { Gathering } from './gathering.ts'
import './meeting.css'

export function Advice({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useSay()
  const asked = useOperation(checkRecord, { params: { organisationId: gathering.organisationId, gatheringId: gathering.id } })
  if (asked.data === undefined) return null
  if (asked.data.items.length === 0) return <p className="quiet">{t('mobile.check.nothing')}</p>
  return (
    <section aria-labelledby="check">
      <h3 id="check">{t('mobile.check.title')}</h3>
      <ul className="advice">
        {asked.data.items.map(({ sentence }) => (
          <li key={sentence.zh}>{say(sentence)}</li>
        ))}
      </ul>
      <p className="quiet">{t('mobile.check.only')}</p>
    </section>
  )
}
