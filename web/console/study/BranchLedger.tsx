/** 学习台账 of a branch: everybody in the order of the roster with what the year still asks for, in words. No order of merit. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { listLedgers } from '#contract/study'
import type { ReturnsOf } from '#contract/operation'
import { useToday } from '../field/today.ts'
import { useSay, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Choice } from '../field/Choice.tsx'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { Beside } from '../list/Beside.tsx'
import { type Column, Rows } from '../list/Rows.tsx'
import { Why } from '../list/Why.tsx'
import type { Organisation } from '../organisation/organisation.ts'

type Row = ReturnsOf<typeof listLedgers>['items'][number]

const hours = (tenths: number) => (tenths / 10).toFixed(1)

export function BranchLedger({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const address = useAddress()
  const now = useToday().slice(0, 4)
  const years = [now, String(Number(now) - 1)]
  const year = years.find((each) => each === address.get('year')) ?? now
  const asked = useOperation(listLedgers, { params: { organisationId: organisation.id }, query: { year } })
  const columns = useColumns()
  const list = (
    <div className="study-ledger">
      <div className="toolbar">
        <Choice
          aria-label={t('console.study.year')}
          value={year}
          options={years}
          nameOf={(each) => each}
          onChoose={(each) => address.set({ year: each })}
        />
        <span className="toolbar-label">{t('console.study.ledgerNote')}</span>
        <span className="toolbar-end">
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
            {t('console.print')}
          </Button>
        </span>
      </div>
      <Answer asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('console.study.ledgerEmpty')} />
          ) : (
            <>
              <Rows label={t('console.study.ledger')} columns={columns} rows={items} idOf={(row) => row.memberId} />
              <div className="study-why">
                {[...new Set(items.map(({ learning }) => learning.ruleId))].map((ruleId) => (
                  <Why key={ruleId} ruleId={ruleId} />
                ))}
              </div>
            </>
          )
        }
      </Answer>
    </div>
  )
  return <Beside list={list} record={null} onClose={() => {}} />
}

function useColumns(): Column<Row>[] {
  const t = useT()
  const say = useSay()
  return [
    { key: 'name', title: t('console.study.person'), cell: (row) => <b>{row.name}</b> },
    { key: 'gatherings', title: t('console.study.gatherings'), number: true, cell: (row) => row.gatherings },
    {
      key: 'hours',
      title: t('console.study.hours'),
      number: true,
      cell: ({ learning }) => `${hours(learning.tenths)} / ${hours(learning.requiredTenths)}`,
    },
    { key: 'missing', title: t('console.study.missing'), cell: ({ learning }) => say(learning.sentence) },
  ]
}
