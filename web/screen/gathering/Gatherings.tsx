import { listGatherings } from '#contract/meetings'
import { dayOf } from '../../shared/dates.ts'
import { useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { Failed, Loading } from '../../shared/states.tsx'
import { Way } from '../steer/Way.tsx'
import { Region } from '../Region.tsx'
import { stateMarks } from './marks.ts'

interface GatheringsProps {
  organisationId: string
  /** First and last day, `YYYY-MM-DD`; without a first day all that came before, newest first. */
  from?: string
  until: string
  title: string
  /** Names the branch in each row, for lists over more than one. */
  showBranch?: boolean
}

/** Gatherings of an organisation and those below it; each row opens the record. */
export function Gatherings({ organisationId, from, until, title, showBranch = false }: GatheringsProps) {
  const t = useT()
  const list = usePages(listGatherings, { params: { organisationId }, query: { until, limit: 20, ...(from !== undefined && { from }) } })
  if (list.data === undefined) return list.error ? <Failed problem={list.error} retry={() => void list.refetch()} /> : <Loading />
  const items = list.data.pages.flatMap((page) => page.items)
  return (
    <Region className="rows" label={title}>
      <h2>{title}</h2>
      {items.length === 0 ? (
        <p className="quiet">{t('screen.list.empty')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('screen.list.date')}</th>
              <th scope="col" className="begins">
                {t('screen.list.name')}
              </th>
              <th scope="col">{t('screen.list.state')}</th>
              <th scope="col">{t('screen.list.attendance')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={row.id}>
                <td>{(row.heldOn ?? dayOf(new Date(row.plannedStart))).slice(from === undefined ? 0 : 5)}</td>
                <th scope="row">
                  <Way to={`/o/${row.organisationId}/g/${row.id}`} way={row.id}>
                    {row.title}
                  </Way>
                  <small>{showBranch ? row.organisationName : row.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' · ')}</small>
                </th>
                <td>
                  <i aria-hidden="true">{stateMarks[row.state]}</i> {t(`shared.state.${row.state}`)}
                </td>
                <td>{row.expected === 0 ? '—' : `${row.present} / ${row.expected}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <button type="button" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('screen.list.more')}
        </button>
      )}
    </Region>
  )
}
