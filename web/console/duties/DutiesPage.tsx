import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { dutyStates, listDuties, summariseDuties } from '#contract/duties'
import { useT } from '../../shared/i18n.ts'
import { useOperation, usePages } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { DayField } from '../field/DayField.tsx'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { Beside } from '../list/Beside.tsx'
import { Listing } from '../list/Listing.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { useDutyColumns } from './columns.tsx'
import { DutyPane } from './DutyPane.tsx'
import { Summary } from './Summary.tsx'
import { ToHelp } from './ToHelp.tsx'

const reaches = ['own', 'below'] as const

/** 应办事项: what the rules ask of this organisation and those below it, with the reason for each. */
export function DutiesPage({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const address = useAddress()
  const helping = organisation.children > 0 && address.get('view') === 'help'
  const ends = (
    <span className="toolbar-end">
      {organisation.children > 0 && (
        <Button aria-pressed={helping} onClick={() => address.set({ view: helping ? undefined : 'help', duty: undefined })}>
          {t('console.duties.toHelp')}
        </Button>
      )}
      <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
    </span>
  )
  if (!helping) return <Duties organisation={organisation} ends={ends} />
  const help = (
    <>
      <div className="toolbar">{ends}</div>
      <ToHelp organisationId={organisation.id} />
    </>
  )
  return <Beside list={help} record={null} onClose={() => {}} />
}

function Duties({ organisation, ends }: { organisation: Organisation; ends: ReactNode }) {
  const t = useT()
  const address = useAddress()
  const reach = reaches.find((each) => each === address.get('reach')) ?? (organisation.children > 0 ? 'below' : 'own')
  const state = dutyStates.find((each) => each === address.get('state'))
  const ruleId = address.get('rule')
  const from = address.get('from')
  const until = address.get('until')
  const openKey = address.get('duty')
  const params = { organisationId: organisation.id }
  const summary = useOperation(summariseDuties, { params })
  const query = {
    reach,
    ...(state ? { state } : {}),
    ...(ruleId ? { ruleId } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    limit: 100,
  }
  const asked = usePages(listDuties, { params, query })
  const rows = (asked.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (row) => state !== undefined || row.state !== 'NOT_APPLICABLE',
  )
  const open = rows.find((row) => keyOf(row) === openKey)
  const columns = useDutyColumns(reach === 'below')
  const rules = summary.data?.items ?? []

  const list = (
    <>
      <Answer asked={summary}>
        {({ items }) => (
          <Summary items={items} ruleId={ruleId} state={state} onChoose={(chosen) => address.set({ ...chosen, duty: undefined })} />
        )}
      </Answer>
      <div className="toolbar">
        <Choice
          aria-label={t('console.duties.reach')}
          value={reach}
          options={reaches}
          nameOf={(each) => t(`console.duties.${each}`)}
          onChoose={(each) => address.set({ reach: each })}
        />
        <Choice
          aria-label={t('console.duties.state')}
          none={t('console.duties.anyState')}
          value={state ?? ''}
          options={dutyStates}
          nameOf={(each) => t(`shared.duty.${each}`)}
          onChoose={(each) => address.set({ state: each })}
        />
        <Choice
          aria-label={t('console.duties.rule')}
          none={t('console.duties.anyRule')}
          value={ruleId ?? ''}
          options={[...new Set(rules.map((rule) => rule.ruleId))]}
          nameOf={(id) => rules.find((rule) => rule.ruleId === id)?.ruleName ?? id}
          onChoose={(each) => address.set({ rule: each })}
        />
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
        {ends}
      </div>
      <Listing
        asked={asked}
        empty={t(state || ruleId || from || until ? 'console.duties.noneFound' : 'console.duties.empty')}
        label={t('console.page.duties')}
        columns={columns}
        rows={rows}
        idOf={keyOf}
        openId={open ? openKey : undefined}
        onOpen={(row) => address.set({ duty: keyOf(row) })}
      />
    </>
  )
  const record = open ? { key: keyOf(open), title: open.ruleName, body: <DutyPane duty={open} selectedId={organisation.id} /> } : null
  return <Beside list={list} record={record} onClose={() => address.set({ duty: undefined })} />
}

const keyOf = (row: { organisationId: string; ruleId: string; period: string }) => `${row.organisationId}~${row.ruleId}~${row.period}`
