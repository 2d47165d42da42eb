/** Columns of those reviewed. Votes are for those who run the review. */
import { useT } from '../../shared/i18n.ts'
import type { Column } from '../list/Rows.tsx'
import { inOrder, type Review, type Reviewed } from './review.ts'

export function useColumns(state: Review['state'], votes: boolean): Column<Reviewed>[] {
  const t = useT()
  return [
    {
      key: 'name',
      title: t('console.reviews.name'),
      cell: (row) => (
        <>
          <b>{row.name}</b>
          {row.probationary && <span className="seat">{t('console.reviews.probationary')}</span>}
        </>
      ),
    },
    { key: 'assessed', title: t('console.reviews.assessed'), cell: (row) => (row.assessed ? t('console.reviews.wrote') : '—') },
    ...(votes
      ? [
          {
            key: 'peers',
            title: t(state === 'RATING' ? 'console.reviews.paper' : 'console.reviews.peers'),
            cell: (row: Reviewed) => inOrder(row.peers ?? row.paper),
            spare: true,
          },
          { key: 'masses', title: t('console.reviews.masses'), cell: (row: Reviewed) => inOrder(row.masses), spare: true },
        ]
      : []),
    { key: 'grade', title: t('console.reviews.grade'), cell: (row) => (row.grade === null ? '—' : t(`shared.grade.${row.grade}`)) },
    {
      key: 'opinion',
      title: t('console.reviews.opinion'),
      cell: (row) => (
        <>
          {row.hasOpinion ? t('console.reviews.sealed') : '—'}
          {row.amended > 0 && <span className="seat">{t('console.reviews.amended', { count: row.amended })}</span>}
        </>
      ),
    },
  ]
}
