/** 名册: who is away and who is here, by state and by the clock that has run out, with one registration opened beside the list. */
import { FileExcelOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { listFloating } from '#contract/floating'
import { getFloatingList } from '#contract/papers'
import { type FloatState, floatStates } from '#rules'
import { callForFile } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { usePages } from '../../shared/query.ts'
import { useFile } from '../../shared/takeAway.ts'
import { Refusal } from '../field/Field.tsx'
import { SearchField } from '../field/SearchField.tsx'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Beside } from '../list/Beside.tsx'
import { Listing } from '../list/Listing.tsx'
import { isBranch, type Organisation } from '../organisation/organisation.ts'
import { AreaField } from './AreaField.tsx'
import { Chips } from './Chips.tsx'
import { useRegistrationColumns } from './columns.tsx'
import { NewDeparture } from './Departure.tsx'
import { Exchange } from './Exchange.tsx'
import { RegistrationPane } from './RegistrationPane.tsx'
import { firstSide, type Side, sides } from './sections.ts'
import { clockRules, stateTones, useFloatWords } from './words.ts'

export function Registrations({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  const words = useFloatWords()
  const address = useAddress()
  const first = firstSide(organisation)
  const side = sides.find((each) => each === address.get('side')) ?? first
  const state = floatStates.find((each) => each === address.get('state'))
  const clock = clockRules.find((each) => each === address.get('clock'))
  const areaCode = address.get('area')
  const q = address.get('q') ?? ''
  const all = address.get('all') !== undefined
  const openId = address.get('id')
  const draftId = address.get('new')
  const query = {
    side,
    q,
    ...(state ? { state } : {}),
    ...(clock ? { clock } : {}),
    ...(areaCode ? { areaCode } : {}),
    ...(all ? { all: 'true' as const } : {}),
    limit: 100,
  }
  const asked = usePages(listFloating, { params: { organisationId: organisation.id }, query })
  const pages = asked.data?.pages ?? []
  const counts: Partial<Record<FloatState, number>> = pages[0]?.counts ?? {}
  const late: Record<string, number> = pages[0]?.late ?? {}
  const rows = pages.flatMap((page) => page.items)
  const excel = useFile((of: Side) => callForFile(getFloatingList, { params: { organisationId: organisation.id }, query: { side: of } }))
  const columns = useRegistrationColumns(side, organisation.children > 0)
  const filtered = q !== '' || state !== undefined || clock !== undefined || areaCode !== undefined
  const registers = side === 'OUT' && may('write:floating') && isBranch(organisation)
  const empty = filtered ? 'noneFound' : side === 'IN' ? 'emptyIn' : registers ? 'emptyBranch' : 'emptyOut'

  const list = (
    <>
      <div className="toolbar">
        <Segmented
          aria-label={t('console.floating.side')}
          value={side}
          options={sides.map((each) => ({ value: each, label: t(`console.floating.sides.${each}`) }))}
          onChange={(each) => address.set({ side: each === first ? undefined : each, state: undefined, clock: undefined, id: undefined })}
        />
        <SearchField label={t('console.floating.search')} value={q} onSearch={(text) => address.set({ q: text })} />
        <AreaField
          aria-label={t('console.floating.area')}
          placeholder={t('console.floating.anyArea')}
          code={areaCode ?? null}
          onArea={(area) => address.set({ area: area?.code })}
        />
        <Button aria-pressed={all} onClick={() => address.set({ all: all ? undefined : 'yes' })}>
          {t('console.floating.closedToo')}
        </Button>
        <span className="toolbar-end">
          {may('write:floating') && (
            <Button aria-pressed={draftId === 'exchange'} onClick={() => address.set({ new: 'exchange', id: undefined })}>
              {t('console.floating.exchange.open')}
            </Button>
          )}
          <Button
            icon={<FileExcelOutlined aria-hidden />}
            aria-label={t('console.floating.excel')}
            title={t('console.floating.excel')}
            loading={excel.taking !== undefined}
            onClick={() => excel.take(side)}
          />
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
          {registers && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => address.set({ id: undefined, new: newId() })}>
              {t('console.floating.register')}
            </Button>
          )}
        </span>
      </div>
      <Refusal problem={excel.problem} />
      <Chips
        label={t('console.floating.byState')}
        chosen={state}
        chips={floatStates.map((each) => ({ key: each, name: words.state(each), count: counts[each] ?? 0, tone: stateTones[each] }))}
        onChoose={(each) => address.set({ state: each, id: undefined })}
      />
      <Chips
        label={t('console.floating.byClock')}
        chosen={clock}
        chips={clockRules.map((each) => ({ key: each, name: words.clock(each), count: late[each] ?? 0, tone: 'late' }))}
        onChoose={(each) => address.set({ clock: each, id: undefined })}
      />
      {clock !== undefined && <p className="quiet float-lead">{t('console.floating.clockNote')}</p>}
      <Listing
        asked={asked}
        empty={t(`console.floating.${empty}`)}
        label={t(`console.floating.listOf.${side}`)}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        openId={openId}
        onOpen={(row) => address.set({ id: row.id, new: undefined })}
      />
    </>
  )
  const close = () => address.set({ id: undefined, new: undefined })
  const record =
    draftId === 'exchange'
      ? { key: 'exchange', title: t('console.floating.exchange.title'), body: <Exchange organisationId={organisation.id} /> }
      : draftId !== undefined
        ? {
            key: 'new',
            title: t('console.floating.registerTitle', { name: organisation.shortName }),
            body: (
              <NewDeparture
                key={draftId}
                organisationId={organisation.id}
                registrationId={draftId}
                onDone={(saved) => address.set(saved ? { new: undefined, id: draftId, side: 'OUT' } : { new: undefined })}
              />
            ),
          }
        : openId !== undefined
          ? {
              key: openId,
              title: t('console.floating.record'),
              body: <RegistrationPane organisation={organisation} registrationId={openId} side={side} onGone={close} />,
            }
          : null
  return <Beside list={list} record={record} onClose={close} />
}
