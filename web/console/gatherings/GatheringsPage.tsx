import { PlusOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useLocation } from 'wouter'
import { gatheringStates, segmentKinds } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { SearchField } from '../field/SearchField.tsx'
import { pathTo, useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import type { Organisation } from '../organisation/organisation.ts'
import { Calendar } from './Calendar.tsx'
import { GatheringList } from './GatheringList.tsx'
import type { Filter } from './rows.ts'

/** Kinds of organisation that hold gatherings of their own. */
const holders = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG', 'GENERAL_BRANCH', 'GRASSROOTS_COMMITTEE']

/** 会议和活动: a month at a time, or as a list with filters. */
export function GatheringsPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const may = useMay()
  const address = useAddress()
  const [, go] = useLocation()
  const view = address.get('view') === 'list' ? 'list' : 'calendar'
  const filter: Filter = {
    q: address.get('q') ?? '',
    kind: segmentKinds.find((each) => each === address.get('kind')),
    state: gatheringStates.find((each) => each === address.get('state')),
  }
  const from = address.get('from')
  const until = address.get('until')
  const mayPlan = may('write:gathering') && holders.includes(organisation.kind)
  const plan = (day?: string) =>
    go(`${pathTo(organisation.id, 'gatherings')}/${organisation.id}/new${day === undefined ? '' : `?day=${day}`}`)

  return (
    <div className="page">
      <div className="toolbar">
        <Segmented
          aria-label={t('console.gatherings.view')}
          value={view}
          options={(['calendar', 'list'] as const).map((each) => ({ value: each, label: t(`console.gatherings.${each}`) }))}
          onChange={(each) => address.set({ view: each === 'list' ? each : undefined, day: undefined })}
        />
        <SearchField label={t('console.gatherings.search')} value={filter.q} onSearch={(q) => address.set({ q })} />
        <Choice
          aria-label={t('console.gatherings.kind')}
          none={t('console.gatherings.anyKind')}
          value={filter.kind ?? ''}
          options={segmentKinds}
          nameOf={(each) => t(`shared.kind.${each}`)}
          onChoose={(each) => address.set({ kind: each })}
        />
        <Choice
          aria-label={t('console.gatherings.state')}
          none={t('console.gatherings.anyState')}
          value={filter.state ?? ''}
          options={gatheringStates}
          nameOf={(each) => t(`shared.state.${each}`)}
          onChoose={(each) => address.set({ state: each })}
        />
        {view === 'list' && (
          <>
            <DayField
              aria-label={t('console.from')}
              placeholder={t('console.from')}
              value={from ?? null}
              onDay={(day) => address.set({ from: day ?? undefined })}
            />
            <DayField
              aria-label={t('console.until')}
              placeholder={t('console.until')}
              value={until ?? null}
              onDay={(day) => address.set({ until: day ?? undefined })}
            />
          </>
        )}
        <span className="toolbar-end">
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
          {mayPlan && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => plan()}>
              {t('console.gatherings.plan')}
            </Button>
          )}
        </span>
      </div>
      {view === 'calendar' ? (
        <Calendar organisation={organisation} filter={filter} onPlan={mayPlan ? plan : undefined} />
      ) : (
        <GatheringList organisation={organisation} filter={filter} from={from} until={until} mayPlan={mayPlan} />
      )}
    </div>
  )
}
