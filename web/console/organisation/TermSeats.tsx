import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { Facts } from '../list/Facts.tsx'
import type { Organisation } from './organisation.ts'

/** The term of office and who holds which seat. */
export function TermSeats({ organisation: { term } }: { organisation: Organisation }) {
  const t = useT()
  const language = useLanguage()
  return (
    <section aria-labelledby="term">
      <h2 id="term">{t('console.term.title')}</h2>
      {term === null ? (
        <p className="quiet">{t('console.term.none')}</p>
      ) : (
        <>
          <Facts
            facts={[
              [t('console.term.seq'), t('console.term.seqNumber', { seq: term.seq })],
              [t('console.term.startOn'), showDay(term.startOn, language)],
              [t('console.term.endOn'), showDay(term.nominalEndOn, language)],
              term.extendedTo !== null && [t('console.term.extendedTo'), showDay(term.extendedTo, language)],
            ]}
          />
          {term.seats.length > 0 && (
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">{t('console.term.role')}</th>
                  <th scope="col">{t('console.term.name')}</th>
                  <th scope="col">{t('console.term.from')}</th>
                  <th scope="col">{t('console.term.source')}</th>
                </tr>
              </thead>
              <tbody>
                {term.seats.map((seat) => (
                  <tr key={`${seat.role}${seat.memberId}`}>
                    <td>{t(`console.seat.${seat.role}`)}</td>
                    <td>{seat.name}</td>
                    <td>{showDay(seat.from, language)}</td>
                    <td>{t(`console.seatSource.${seat.source}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {term.seats.length === 0 && <p className="quiet">{t('console.term.noSeats')}</p>}
        </>
      )}
    </section>
  )
}
