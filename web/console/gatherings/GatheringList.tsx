import { listGatherings } from '#contract/meetings'
import { useLocation } from 'wouter'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { pathToGathering } from '../frame/address.ts'
import { Listing } from '../list/Listing.tsx'
import { Mark } from '../list/Mark.tsx'
import type { Column } from '../list/Rows.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { asked, type Filter, type Row, stateTones } from './rows.ts'

interface GatheringListProps {
  organisation: Organisation
  filter: Filter
  from: string | undefined
  until: string | undefined
  mayPlan: boolean
}

export function GatheringList({ organisation, filter, from, until, mayPlan }: GatheringListProps) {
  const t = useT()
  const [, go] = useLocation()
  const query = { ...asked(filter), ...(from ? { from } : {}), ...(until ? { until } : {}), limit: 100 }
  const pages = usePages(listGatherings, { params: { organisationId: organisation.id }, query })
  const columns = useGatheringColumns(organisation.children > 0)
  const filtered = filter.q !== '' || filter.kind || filter.state || from || until
  return (
    <Listing
      asked={pages}
      empty={t(filtered ? 'console.gatherings.noneFound' : mayPlan ? 'console.gatherings.empty' : 'console.gatherings.emptyReader')}
      label={t('console.page.gatherings')}
      columns={columns}
      rows={pages.data?.pages.flatMap((page) => page.items) ?? []}
      idOf={(row) => row.id}
      onOpen={(row) => go(pathToGathering(organisation.id, row))}
    />
  )
}

function useGatheringColumns(named: boolean): Column<Row>[] {
  const t = useT()
  const language = useLanguage()
  const columns: (Column<Row> | false)[] = [
    { key: 'at', title: t('console.gathering.at'), cell: (row) => showMoment(row.plannedStart, language) },
    { key: 'title', title: t('console.gathering.title'), cell: (row) => <b>{row.title}</b> },
    {
      key: 'kinds',
      title: t('console.gathering.kinds'),
      cell: (row) => row.segments.map(({ kind }) => t(`shared.kind.${kind}`)).join(' · '),
    },
    named && { key: 'organisation', title: t('console.gathering.organisation'), cell: (row) => row.organisationName, spare: true },
    { key: 'place', title: t('console.gathering.place'), cell: (row) => row.place || '—', spare: true },
    {
      key: 'state',
      title: t('console.gathering.state'),
      cell: (row) => (
        <>
          <Mark tone={stateTones[row.state]}>{t(`shared.state.${row.state}`)}</Mark>
          {row.lateEntry && <span className="seat">{t('console.gathering.late')}</span>}
        </>
      ),
    },
    {
      key: 'heads',
      title: t('console.gathering.heads'),
      cell: (row) => (row.expected === 0 ? '—' : `${row.present} / ${row.expected}`),
      number: true,
    },
  ]
  return columns.filter((column) => column !== false)
}
