import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { listChanges } from '#contract/organisations'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Beside } from '../list/Beside.tsx'
import { Listing } from '../list/Listing.tsx'
import type { Column } from '../list/Rows.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { ChangeForm } from './ChangeForm.tsx'
import { type ChangeRow, ChangeRecord } from './ChangeRecord.tsx'

/** 调整文件: documents by which this organisation was founded, renamed, moved, merged, split, excepted or dissolved. */
export function ChangesPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  const address = useAddress()
  const asked = usePages(listChanges, { params: { organisationId: organisation.id }, query: { limit: 100 } })
  const rows = asked.data?.pages.flatMap((page) => page.items) ?? []
  const open = rows.find((row) => row.id === address.get('change'))
  const isNew = address.get('new') !== undefined
  const columns = useChangeColumns()
  const list = (
    <>
      <div className="toolbar">
        <span className="toolbar-label">{t('console.changes.note')}</span>
        <span className="toolbar-end">
          {may('change:organisation') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => address.set({ new: 'yes', change: undefined })}>
              {t('console.changes.new')}
            </Button>
          )}
        </span>
      </div>
      <Listing
        asked={asked}
        empty={t(may('change:organisation') ? 'console.changes.empty' : 'console.changes.emptyReader')}
        label={t('console.page.changes')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        openId={open?.id}
        onOpen={(row) => address.set({ change: row.id, new: undefined })}
      />
    </>
  )
  const record = isNew
    ? {
        key: 'new',
        title: t('console.changes.new'),
        wide: true,
        body: <ChangeForm organisation={organisation} onDone={(id) => address.set({ new: undefined, change: id })} />,
      }
    : open
      ? { key: open.id, title: open.documentNo, body: <ChangeRecord record={open} /> }
      : null
  return <Beside list={list} record={record} onClose={() => address.set({ change: undefined, new: undefined })} />
}

function useChangeColumns(): Column<ChangeRow>[] {
  const t = useT()
  const language = useLanguage()
  return [
    { key: 'no', title: t('console.change.documentNo'), cell: (row) => <b>{row.documentNo}</b> },
    { key: 'kind', title: t('console.change.kind'), cell: (row) => t(`console.changeKind.${row.change.kind}`) },
    { key: 'organisation', title: t('console.change.organisation'), cell: (row) => row.organisationName },
    { key: 'decided', title: t('console.change.decidedOn'), cell: (row) => row.decidedOn, spare: true },
    { key: 'effective', title: t('console.change.effectiveOn'), cell: (row) => row.effectiveOn },
    { key: 'by', title: t('console.change.byName'), cell: (row) => row.byName, spare: true },
    { key: 'at', title: t('console.change.at'), cell: (row) => showMoment(row.at, language), spare: true },
  ]
}
