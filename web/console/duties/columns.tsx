import { Link } from 'wouter'
import type { z } from 'zod'
import type { Duty as Shape, listToHelp } from '#contract/duties'
import { useSay, useT } from '../../shared/i18n.ts'
import { pathTo } from '../frame/address.ts'
import { Mark, type Tone } from '../list/Mark.tsx'
import type { Column } from '../list/Rows.tsx'

export type Duty = z.output<typeof Shape>

export const dutyTones: Record<Duty['state'], Tone> = {
  NOT_APPLICABLE: 'calm',
  UPCOMING: 'calm',
  DUE_SOON: 'wait',
  MET: 'ok',
  MET_LATE_ENTRY: 'ok',
  MISSED: 'late',
  EXEMPT: 'calm',
}

export function useDutyColumns(named: boolean): Column<Duty>[] {
  const t = useT()
  const say = useSay()
  const columns: (Column<Duty> | false)[] = [
    named && { key: 'organisation', title: t('console.duties.organisation'), cell: (row) => <b>{row.organisationName}</b> },
    { key: 'rule', title: t('console.duties.rule'), cell: (row) => row.ruleName },
    { key: 'period', title: t('console.duties.period'), cell: (row) => (row.period === '-' ? t('console.duties.standing') : row.period) },
    {
      key: 'state',
      title: t('console.duties.state'),
      cell: (row) => <Mark tone={dutyTones[row.state]}>{t(`shared.duty.${row.state}`)}</Mark>,
    },
    // Beside other branches a count would be a comparison; it stands in the record.
    !named && { key: 'done', title: t('console.duties.done'), cell: (row) => `${row.done} / ${row.required}`, number: true },
    { key: 'why', title: t('console.duties.sentence'), cell: (row) => <span className="one-line">{say(row.why)}</span>, spare: true },
  ]
  return columns.filter((column) => column !== false)
}

type Helped = z.output<typeof listToHelp.returns>['items'][number]
export type HelpRow = Helped['items'][number] & {
  organisation: Helped
  /** The organisation is named once. */
  first: boolean
}

/** What is missing and what help would do. Nothing to count, nothing to sort by. */
export function useHelpColumns(): Column<HelpRow>[] {
  const t = useT()
  const say = useSay()
  const columns: Column<HelpRow>[] = [
    {
      key: 'organisation',
      title: t('console.duties.organisation'),
      cell: ({ organisation, first }) =>
        first && <Link href={pathTo(organisation.organisationId, 'duties')}>{organisation.organisationName}</Link>,
    },
    {
      key: 'rule',
      title: t('console.duties.rule'),
      cell: ({ kind, ruleName }) => (kind === null ? ruleName : t(`shared.kind.${kind}`)),
    },
    {
      key: 'period',
      title: t('console.duties.period'),
      cell: ({ period }) => (period === '-' ? t('console.duties.standing') : period),
    },
    { key: 'help', title: t('console.duties.help'), cell: ({ help }) => say(help) },
  ]
  return columns
}
