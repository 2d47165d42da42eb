import { Link } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { attendanceShare, count, dutyShare, percent } from './figures.ts'
import type { Overview } from './figures.ts'

/** Many organisations as dense rows, in the order of their areas; there is no order by value, so nobody is ranked. */
export function ChildTable({ below, moved }: { below: Overview['children']; moved: ReadonlySet<string> }) {
  const t = useT()
  return (
    <section className="rows" aria-label={t('screen.map.children')} tabIndex={0}>
      <table>
        <caption>{t('screen.opening.order')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('screen.opening.organisation')}</th>
            <th scope="col">{t('screen.unit.members')}</th>
            <th scope="col">{t('screen.figure.gatherings')}</th>
            <th scope="col">{t('screen.figure.attendance')}</th>
            <th scope="col">{t('screen.figure.duties')}</th>
          </tr>
        </thead>
        <tbody>
          {below.map(({ organisationId, name, measures }) => (
            <tr key={organisationId} className={moved.has(organisationId) ? 'moved' : undefined}>
              <th scope="row">
                <Link href={`/o/${organisationId}`}>{name}</Link>
              </th>
              <td>{count(measures.members)}</td>
              <td>{count(measures.gatherings)}</td>
              <td>{share(attendanceShare(measures))}</td>
              <td>{share(dutyShare(measures))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const share = (value: number | null) => (value === null ? '—' : `${percent(value)} %`)
