/** 门口核验: what was shown at the door and what people decided there. No machine turns anybody away. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { z } from 'zod'
import { type DoorCheck as Shape, listDoorChecks } from '#contract/passes'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { useAddress } from '../frame/address.ts'
import { Beside } from '../list/Beside.tsx'
import { Facts } from '../list/Facts.tsx'
import { Listing } from '../list/Listing.tsx'
import { Mark } from '../list/Mark.tsx'
import type { Column } from '../list/Rows.tsx'
import type { Organisation } from '../organisation/organisation.ts'

type DoorCheck = z.output<typeof Shape>

export function DoorChecks({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const address = useAddress()
  const gatheringId = address.get('gathering')
  const openId = address.get('id')
  const query = { ...(gatheringId ? { gatheringId } : {}), limit: 100 }
  const asked = usePages(listDoorChecks, { params: { organisationId: organisation.id }, query })
  const columns = useDoorColumns()
  const rows = asked.data?.pages.flatMap((page) => page.items) ?? []
  const open = rows.find(({ id }) => id === openId)
  const list = (
    <>
      <div className="toolbar">
        <p className="quiet">{t('console.floating.door.note')}</p>
        <span className="toolbar-end">
          {gatheringId !== undefined && (
            <Button onClick={() => address.set({ gathering: undefined })}>{t('console.floating.door.allGatherings')}</Button>
          )}
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
        </span>
      </div>
      <Listing
        asked={asked}
        empty={t('console.floating.door.none')}
        label={t('console.floating.section.door')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        openId={openId}
        onOpen={(row) => address.set({ id: row.id })}
      />
    </>
  )
  const record = open && { key: open.id, title: t('console.floating.door.record'), body: <DoorPane check={open} /> }
  return <Beside list={list} record={record ?? null} onClose={() => address.set({ id: undefined })} />
}

function Admitted({ admitted }: { admitted: boolean }) {
  const t = useT()
  return <Mark tone={admitted ? 'ok' : 'wait'}>{t(admitted ? 'console.floating.door.admitted' : 'console.floating.door.notAdmitted')}</Mark>
}

function useDoorColumns(): Column<DoorCheck>[] {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  return [
    { key: 'at', title: t('console.floating.door.at'), cell: (row) => showMoment(row.at, language) },
    {
      key: 'name',
      title: t('console.floating.name'),
      cell: (row) => (
        <>
          <b>{row.name || '—'}</b>
          {row.elsewhere && <span className="seat">{t('console.floating.door.elsewhereShort')}</span>}
        </>
      ),
    },
    { key: 'admitted', title: t('console.floating.door.decision'), cell: (row) => <Admitted admitted={row.admitted} /> },
    { key: 'outcome', title: t('console.floating.door.outcome'), cell: (row) => say(row.sentence) },
    { key: 'branch', title: t('console.floating.homeBranch'), cell: (row) => row.branch || '—', spare: true },
    { key: 'note', title: t('console.floating.note'), cell: (row) => row.note || '—', spare: true },
    { key: 'by', title: t('console.floating.door.by'), cell: (row) => row.byName, spare: true },
  ]
}

function DoorPane({ check }: { check: DoorCheck }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  return (
    <>
      <p className="member-name">
        <b>{check.name || '—'}</b> <Admitted admitted={check.admitted} />
      </p>
      <p className="sentence">{say(check.sentence)}</p>
      {check.elsewhere && (
        <section className="float-box" aria-label={t('console.floating.door.elsewhereShort')}>
          <p>
            <b>{t('console.floating.door.elsewhereShort')}</b>
          </p>
          <p>{t('console.floating.door.elsewhere')}</p>
        </section>
      )}
      <Facts
        facts={[
          [t('console.floating.homeBranch'), check.branch],
          [t('console.floating.door.at'), showMoment(check.at, language)],
          [t('console.floating.door.receivedAt'), showMoment(check.receivedAt, language)],
          [t('console.floating.door.by'), check.byName],
          [t('console.floating.note'), check.note],
        ]}
      />
    </>
  )
}
