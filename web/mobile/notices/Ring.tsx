/** Whom to ring: those expected soon whom neither the app nor a text message reaches. A list; there is nothing to tick. */
import { useState } from 'react'
import { listToRing } from '#contract/duties'
import { revealIdentity } from '#contract/members'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { may } from '../meeting/gathering.ts'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'

export function Ring() {
  const t = useT()
  const language = useLanguage()
  const { post } = useSession()
  const organisationId = post?.organisationId ?? ''
  const asked = useOperation(listToRing, { params: { organisationId } }, { enabled: may(post, 'write:gathering') })
  return (
    <Page title={t('mobile.ring.title')} back="/notices">
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data?.items.length === 0 && <Empty text={t('mobile.ring.empty')} />}
      {asked.data !== undefined && asked.data.items.length > 0 && <p className="note">{t('mobile.ring.hint')}</p>}
      {asked.data?.items.map(({ gatheringId, title, plannedStart, place, people }) => (
        <section key={gatheringId} aria-labelledby={gatheringId}>
          <h2 id={gatheringId}>{title}</h2>
          <p>
            {t('mobile.ring.say', { time: showMoment(plannedStart, language), place: place === '' ? t('mobile.ring.noPlace') : place })}
          </p>
          <ul className="rows card">
            {people.map(({ memberId, name }) => (
              <li key={memberId}>
                <div>
                  <span>{name}</span>
                  {may(post, 'reveal:member') && <Number organisationId={organisationId} memberId={memberId} title={title} />}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}

/** The number is opened for this call only; who looked and what for is on record. */
function Number({ organisationId, memberId, title }: { organisationId: string; memberId: string; title: string }) {
  const t = useT()
  const [phone, setPhone] = useState<string | null>()
  const { run, busy, problem } = useAction(revealIdentity)
  const look = () => run({ params: { organisationId, memberId }, purpose: t('mobile.ring.purpose', { title }) })
  if (phone === null) return <small>{t('mobile.ring.noNumber')}</small>
  if (phone !== undefined) {
    return (
      <a className="button small" href={`tel:${phone}`}>
        {phone}
      </a>
    )
  }
  return (
    <>
      <button
        type="button"
        className="text"
        disabled={busy}
        onClick={() =>
          void look()
            .then((found) => setPhone(found.phone))
            .catch(() => {})
        }
      >
        {t('mobile.ring.number')}
      </button>
      <Wrong problem={problem} />
    </>
  )
}
