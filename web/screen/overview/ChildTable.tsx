import { useT } from '../../shared/i18n.ts'
import { Way } from '../steer/Way.tsx'
import { attendanceShare, count, dutyShare, percent } from './figures.ts'
import { Region } from '../Region.tsx'
import type { Overview } from './figures.ts'

/** Many organisations as dense rows, in the order of their areas; there is no order by value, so nobody is ranked. */
export function ChildTable({ below, moved }: { below: Overview['children']; moved: ReadonlySet<string> }) {
  const t = useT()
  return (
    <Region className="rows below" label={t('screen.map.children')}>
      <table>
        <caption>{t('screen.opening.order')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('screen.opening.organisation')}</th>
            <th scope="col">{t('screen.column.members')}</th>
            <th scope="col">{t('screen.figure.gatherings')}</th>
            <th scope="col">{t('screen.figure.attendance')}</th>
            <th scope="col">{t('screen.figure.duties')}</th>
          </tr>
        </thead>
        <tbody>
          {below.map(({ organisationId, name, measures }) => (
            <tr key={organisationId} className={moved.has(organisationId) ? 'moved' : undefined}>
              <th scope="row">
                <Way to={`/o/${organisationId}`} way={organisationId}>
                  {name}
                </Way>
              </th>
              <td>{count(measures.members)}</td>
              <td>{count(measures.gatherings)}</td>
              <td>{share(attendanceShare(measures))}</td>
              <td>
                {share(dutyShare(measures))}
                {measures.dutiesMissed > 0 && (
                  <small className="late"> ▲ {t('screen.column.missed', { count: measures.dutiesMissed })}</small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Region>
  )
}

const share = (value: number | null) => (value === null ? '—' : `${percent(value)} %`)
