import { PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { listKits, withdrawKit } from '#contract/plans'
import { newId } from '../../shared/device.ts'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, usePages } from '../../shared/query.ts'
import type { Kit } from '../../shared/year/basis.ts'
import { Refusal } from '../field/Field.tsx'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Beside } from '../list/Beside.tsx'
import { Facts } from '../list/Facts.tsx'
import { Listing } from '../list/Listing.tsx'
import { Mark } from '../list/Mark.tsx'
import type { Column } from '../list/Rows.tsx'
import { KitForm } from './KitForm.tsx'

/** 主题党日包: what this organisation offers everything below it, by month. */
export function Kits({ organisationId }: { organisationId: string }) {
  const t = useT()
  const may = useMay()
  const address = useAddress()
  const asked = usePages(listKits, { params: { organisationId }, query: { limit: 50 } })
  const openId = address.get('kit')
  const writing = address.get('edit') === '1'
  const kits = asked.data?.pages.flatMap((page) => page.items) ?? []
  const open = kits.find(({ id }) => id === openId)
  const close = () => address.set({ kit: undefined, edit: undefined })
  const columns = useColumns()
  const list = (
    <Listing
      asked={asked}
      empty={t(may('publish:kit') ? 'console.kits.emptyPublisher' : 'console.kits.empty')}
      label={t('console.kits.title')}
      columns={columns}
      rows={kits}
      idOf={({ id }) => id}
      openId={openId}
      onOpen={({ id }) => address.set({ kit: id, edit: undefined })}
    />
  )
  const body =
    writing && openId !== undefined ? (
      <KitForm key={openId} organisationId={organisationId} kitId={openId} kit={open} onDone={() => address.set({ edit: undefined })} />
    ) : open === undefined ? null : (
      <Shown organisationId={organisationId} kit={open} onEdit={() => address.set({ edit: '1' })} />
    )
  return (
    <div className="page">
      <div className="toolbar">
        <span className="quiet">{t('console.kits.about')}</span>
        <span className="toolbar-end">
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
          {may('publish:kit') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => address.set({ kit: newId(), edit: '1' })}>
              {t('console.kits.publish')}
            </Button>
          )}
        </span>
      </div>
      <Beside
        list={list}
        record={body === null ? null : { key: openId ?? '', title: open?.title ?? t('console.kits.publish'), body }}
        onClose={close}
      />
    </div>
  )
}

function useColumns(): Column<Kit>[] {
  const t = useT()
  return [
    { key: 'month', title: t('console.kits.month'), cell: (kit) => kit.month },
    { key: 'title', title: t('console.kits.name'), cell: (kit) => kit.title },
    { key: 'agenda', title: t('console.kits.agenda'), cell: (kit) => kit.agenda.length, number: true, spare: true },
    { key: 'files', title: t('console.files.title'), cell: (kit) => kit.files.length, number: true, spare: true },
    {
      key: 'state',
      title: t('console.kits.state'),
      cell: ({ withdrawnAt }) =>
        withdrawnAt === null ? <Mark tone="ok">{t('console.kits.offered')}</Mark> : <Mark tone="calm">{t('console.kits.withdrawn')}</Mark>,
    },
  ]
}

function Shown({ organisationId, kit, onEdit }: { organisationId: string; kit: Kit; onEdit: () => void }) {
  const t = useT()
  const language = useLanguage()
  const may = useMay()
  const leaving = useAction(withdrawKit)
  const params = { organisationId, kitId: kit.id }
  return (
    <div className="kit">
      <Facts
        facts={[
          [t('console.kits.month'), kit.month],
          [t('console.kits.since'), showDay(kit.publishedAt, language)],
          kit.withdrawnAt !== null && [t('console.kits.until'), showDay(kit.withdrawnAt, language)],
          [t('console.files.title'), kit.files.map(({ name }) => name).join('、')],
        ]}
      />
      <h3>{t('console.kits.agenda')}</h3>
      <ol>
        {kit.agenda.map((item) => (
          <li key={item.id}>{item.title}</li>
        ))}
      </ol>
      <h3>{t('console.kits.reading')}</h3>
      <p className="kit-text">{kit.reading === '' ? '—' : kit.reading}</p>
      <h3>{t('console.kits.task')}</h3>
      <p className="kit-text">{kit.task === '' ? '—' : kit.task}</p>
      <Refusal problem={leaving.problem} />
      {may('publish:kit') && kit.withdrawnAt === null && (
        <div className="buttons">
          <Button onClick={onEdit}>{t('console.kits.edit')}</Button>
          <Button loading={leaving.busy} onClick={() => void leaving.run({ params, body: { version: kit.version } }).catch(() => {})}>
            {t('console.kits.withdraw')}
          </Button>
        </div>
      )}
    </div>
  )
}
