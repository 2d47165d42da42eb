import { listToHelp } from '#contract/duties'
import { useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { Listing } from '../list/Listing.tsx'
import { type HelpRow, useHelpColumns } from './columns.tsx'

/** 帮一把: what was not done when its period had closed, in the order of areas, each with what help would do. No number, no rank. */
export function ToHelp({ organisationId }: { organisationId: string }) {
  const t = useT()
  const columns = useHelpColumns()
  const asked = usePages(listToHelp, { params: { organisationId }, query: { limit: 50 } })
  const rows: HelpRow[] = (asked.data?.pages.flatMap((page) => page.items) ?? []).flatMap((organisation) =>
    organisation.items.map((item, n) => ({ ...item, organisation, first: n === 0 })),
  )
  return (
    <>
      <p className="note">{t('console.duties.toHelpNote')}</p>
      <Listing
        asked={asked}
        empty={t('console.duties.nobodyToHelp')}
        label={t('console.duties.toHelp')}
        rows={rows}
        idOf={(row) => `${row.organisation.organisationId}~${row.ruleId}~${row.period}`}
        columns={columns}
      />
    </>
  )
}
