import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { Facts } from '../list/Facts.tsx'
import type { Organisation } from './organisation.ts'

export function Basics({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const language = useLanguage()
  return (
    <section aria-labelledby="basics">
      <h2 id="basics">{t('console.organisation.basics')}</h2>
      <Facts
        facts={[
          [t('console.organisation.nameFull'), organisation.nameFull],
          [t('console.organisation.kind'), t(`shared.organisationKind.${organisation.kind}`)],
          [t('console.organisation.code'), organisation.orgCode],
          [t('console.organisation.superior'), organisation.trail.filter(({ id }) => id !== organisation.id).at(-1)?.name],
          [
            t('console.organisation.belowLabel'),
            t('console.organisation.below', { children: organisation.children, below: organisation.below }),
          ],
          [t('console.organisation.sector'), t(`console.sector.${organisation.sector}`)],
          [t('console.organisation.situation'), t(`console.situation.${organisation.unitSituation}`)],
          [t('console.organisation.areaCode'), organisation.areaCode],
          [t('console.organisation.contactName'), organisation.contactName],
          [t('console.organisation.contactPhone'), organisation.contactPhone],
          [t('console.organisation.establishedOn'), showDay(organisation.establishedOn, language)],
          organisation.dissolvedOn !== null && [t('console.organisation.dissolvedOn'), showDay(organisation.dissolvedOn, language)],
        ]}
      />
      <h2>{t('console.organisation.units', { count: organisation.units.length })}</h2>
      {organisation.units.length === 0 ? (
        <p className="quiet">{t('console.organisation.noUnits')}</p>
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('console.organisation.unitName')}</th>
              <th scope="col">{t('console.organisation.creditCode')}</th>
            </tr>
          </thead>
          <tbody>
            {organisation.units.map((unit) => (
              <tr key={`${unit.name}${unit.creditCode ?? ''}`}>
                <td>{unit.name}</td>
                <td>{unit.creditCode ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
