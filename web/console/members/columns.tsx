import type { z } from 'zod'
import type { MemberRow } from '#contract/members'
import { useT } from '../../shared/i18n.ts'
import { Mark, type Tone } from '../list/Mark.tsx'
import type { Column } from '../list/Rows.tsx'

export type Row = z.output<typeof MemberRow>

export const stageTones: Record<Row['stage'], Tone> = {
  APPLICANT: 'calm',
  ACTIVIST: 'calm',
  DEVELOPMENT_TARGET: 'calm',
  PROBATIONARY: 'wait',
  FULL: 'ok',
  FORMER: 'calm',
}

/** Columns of the list; the branch is named only when more than one is shown. */
export function useMemberColumns({ children }: { children: number }): Column<Row>[] {
  const t = useT()
  const columns: (Column<Row> | false)[] = [
    {
      key: 'name',
      title: t('console.member.name'),
      cell: (row) => (
        <>
          <b>{row.name}</b>
          {row.seats.map((seat) => (
            <span className="seat" key={seat}>
              {seat}
            </span>
          ))}
        </>
      ),
    },
    {
      key: 'stage',
      title: t('console.member.stage'),
      cell: (row) => <Mark tone={stageTones[row.stage]}>{t(`console.stage.${row.stage}`)}</Mark>,
    },
    { key: 'counts', title: t('console.member.counts'), cell: (row) => t(row.counts ? 'console.yes' : 'console.no') },
    { key: 'gender', title: t('console.member.gender'), cell: (row) => t(`console.gender.${row.gender}`), spare: true },
    {
      key: 'mobility',
      title: t('console.member.mobility'),
      cell: (row) =>
        row.mobility === 'RESIDENT' ? t('console.mobility.RESIDENT') : <Mark tone="accent">{t(`console.mobility.${row.mobility}`)}</Mark>,
    },
    {
      key: 'contact',
      title: t('console.member.contact'),
      cell: (row) =>
        row.contact === 'IN_CONTACT' ? t('console.contact.IN_CONTACT') : <Mark tone="late">{t('console.contact.LOST_CONTACT')}</Mark>,
      spare: true,
    },
    {
      key: 'membership',
      title: t('console.member.membership'),
      cell: (row) =>
        row.membership === 'NORMAL' ? t('console.membership.NORMAL') : <Mark tone="wait">{t(`console.membership.${row.membership}`)}</Mark>,
      spare: true,
    },
    { key: 'joinedOn', title: t('console.member.joinedOn'), cell: (row) => row.joinedOn ?? '—' },
    { key: 'phone', title: t('console.member.phone'), cell: (row) => row.phoneMasked || '—', spare: true },
    children > 0 && { key: 'branch', title: t('console.member.branch'), cell: (row) => row.organisationName, spare: true },
  ]
  return columns.filter((column) => column !== false)
}
