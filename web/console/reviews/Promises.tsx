/** 党员承诺 of the year, as the whole branch sees them. */
import { listPromises } from '#contract/promises'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Answer } from '../frame/Answer.tsx'
import { Mark } from '../list/Mark.tsx'

export function Promises({ organisationId, year }: { organisationId: string; year: string }) {
  const t = useT()
  const asked = useOperation(listPromises, { params: { organisationId }, query: { year } })
  return (
    <section className="review-part" aria-label={t('console.reviews.promises')}>
      <h3>{t('console.reviews.promises')}</h3>
      <Answer asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{t('console.reviews.noPromises')}</p>
          ) : (
            <ul className="promises">
              {items.map((promise) => (
                <li key={promise.id}>
                  <b>{promise.name}</b> {promise.text}
                  <br />
                  <Mark tone={promise.state === 'CLOSED' ? 'ok' : 'calm'}>
                    <span className="wrapped">
                      {promise.state === 'CLOSED'
                        ? t('console.reviews.promiseClosed', { text: promise.closing })
                        : t('console.reviews.promiseOpen')}
                    </span>
                  </Mark>
                  {promise.followUps.map((note) => (
                    <p key={note.id} className="quiet">
                      {t('console.reviews.by', { text: note.text, name: note.byName })}
                    </p>
                  ))}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  )
}
