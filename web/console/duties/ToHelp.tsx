import { listToHelp } from '#contract/duties'
import { useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Answer } from '../frame/Answer.tsx'
import { Rows } from '../list/Rows.tsx'
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
      <Answer asked={{ ...asked, data: asked.data?.pages }}>
        {() =>
          rows.length === 0 ? (
            <Empty text={t('console.duties.nobodyToHelp')} />
          ) : (
            <Rows
              label={t('console.duties.toHelp')}
              rows={rows}
              idOf={(row) => `${row.organisation.organisationId}~${row.ruleId}~${row.period}`}
              columns={columns}
              more={asked.hasNextPage ? { busy: asked.isFetchingNextPage, fetch: asked.fetchNextPage } : undefined}
            />
          )
        }
      </Answer>
    </>
  )
}
