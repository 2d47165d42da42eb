import { useState } from 'react'
import { Link } from 'wouter'
import { listGatherings } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { monthEnd } from './month.ts'

interface GatheringsProps {
  organisationId: string
  /** `YYYY-MM`: gatherings up to the end of this month, newest first. */
  month: string
  title: string
  /** Names the branch in each row, for lists over more than one. */
  showBranch?: boolean
}

/** Gatherings of an organisation and those below it; each row opens the record. */
export function Gatherings({ organisationId, month, title, showBranch = false }: GatheringsProps) {
  const t = useT()
  const [cursor, setCursor] = useState<string>()
  const page = useOperation(listGatherings, { params: { organisationId }, query: { until: monthEnd(month), limit: 20, ...(cursor && { cursor }) } })
  if (page.error) return <Failed problem={page.error} retry={() => void page.refetch()} />
  if (!page.data) return <Loading />
  const { items, next } = page.data
  return (
    <section className="rows" aria-label={title} tabIndex={0}>
      <h2>{title}</h2>
      {items.length === 0 ? (
        <p className="quiet">{t('screen.list.empty')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('screen.list.date')}</th>
              <th scope="col">{t('screen.list.name')}</th>
              {showBranch && <th scope="col">{t('screen.list.branch')}</th>}
              <th scope="col">{t('screen.list.state')}</th>
              <th scope="col">{t('screen.list.attendance')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={row.id}>
                <td>{row.heldOn ?? row.plannedStart.slice(0, 10)}</td>
                <th scope="row">
                  <Link href={`/o/${row.organisationId}/g/${row.id}`}>{row.title}</Link>{' '}
                  <span className="quiet">{row.segments.map(({ kind }) => t(`screen.kind.${kind}`)).join(' · ')}</span>
                </th>
                {showBranch && <td>{row.organisationName}</td>}
                <td>{t(`screen.state.${row.state}`)}</td>
                <td>{`${row.present} / ${row.expected}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {next !== null && (
        <button type="button" onClick={() => setCursor(next)}>
          {t('screen.list.more')}
        </button>
      )}
    </section>
  )
}
