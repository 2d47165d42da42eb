/** Packs this organisation has published, with whom they are offered to; the one opened stands beside the list. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { z } from 'zod'
import { listPublished, type PackRow as PackRowShape } from '#contract/study'
import { dayOf, showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { showSize } from '../../shared/size.ts'
import { useAddress } from '../frame/address.ts'
import { Beside } from '../list/Beside.tsx'
import { Listing } from '../list/Listing.tsx'
import { Mark, type Tone } from '../list/Mark.tsx'
import type { Column } from '../list/Rows.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { PackForm } from './PackForm.tsx'
import { PackRecord } from './PackRecord.tsx'

type PackRow = z.output<typeof PackRowShape>

export function Packs({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const address = useAddress()
  const asked = usePages(listPublished, { params: { organisationId: organisation.id }, query: { limit: 100 } })
  const rows = asked.data?.pages.flatMap((page) => page.items) ?? []
  const reach = asked.data?.pages[0]?.reach
  const openId = address.get('pack')
  const isNew = address.get('new') !== undefined
  const columns = useColumns()
  const list = (
    <>
      <div className="toolbar">
        <span className="toolbar-label">
          {reach !== undefined && t('console.study.reach', { branches: reach.branches, members: reach.members })}
        </span>
        <span className="toolbar-end">
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => address.set({ new: 'yes', pack: undefined })}>
            {t('console.study.new')}
          </Button>
        </span>
      </div>
      <Listing
        asked={asked}
        empty={t('console.study.empty')}
        label={t('console.study.listName')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        openId={openId}
        onOpen={(row) => address.set({ pack: row.id, new: undefined })}
      />
    </>
  )
  const record = isNew
    ? {
        key: 'new',
        title: t('console.study.new'),
        wide: true,
        body: <PackForm organisationId={organisation.id} onDone={(id) => address.set({ new: undefined, pack: id })} />,
      }
    : openId !== undefined && rows.some(({ id }) => id === openId)
      ? { key: openId, title: t('console.study.packs'), wide: true, body: <PackRecord packId={openId} /> }
      : null
  return <Beside list={list} record={record} onClose={() => address.set({ pack: undefined, new: undefined })} />
}

function stateOf({ withdrawnAt, expiresOn }: PackRow): { tone: Tone; name: 'offered' | 'expired' | 'withdrawn' } {
  if (withdrawnAt !== null) return { tone: 'calm', name: 'withdrawn' }
  if (expiresOn !== null && expiresOn < dayOf(new Date())) return { tone: 'wait', name: 'expired' }
  return { tone: 'ok', name: 'offered' }
}

function useColumns(): Column<PackRow>[] {
  const t = useT()
  const language = useLanguage()
  return [
    { key: 'title', title: t('console.study.name'), cell: (row) => <b>{row.title}</b> },
    { key: 'parts', title: t('console.study.parts'), cell: (row) => row.kinds.map((kind) => t(`console.study.kind.${kind}`)).join(' · ') },
    { key: 'size', title: t('console.study.size'), number: true, cell: (row) => showSize(row.bytes) },
    {
      key: 'state',
      title: t('console.study.state'),
      cell: (row) => <Mark tone={stateOf(row).tone}>{t(`console.study.${stateOf(row).name}`)}</Mark>,
    },
    { key: 'published', title: t('console.study.published'), spare: true, cell: (row) => showMoment(row.publishedAt, language) },
    {
      key: 'expires',
      title: t('console.study.expires'),
      spare: true,
      cell: (row) => (row.expiresOn === null ? t('console.study.noEnd') : showDay(row.expiresOn, language)),
    },
  ]
}
