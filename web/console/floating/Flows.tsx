/** 流向: from which counties members leave and where they go, none below five; a picture, and the same as a table beside it. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { listFlows } from '#contract/floating'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty } from '../../shared/states.tsx'
import { Answer } from '../frame/Answer.tsx'
import { pathTo, useAddress } from '../frame/address.ts'
import { type Column, Rows } from '../list/Rows.tsx'
import type { Organisation } from '../organisation/organisation.ts'
import { FlowMap } from './FlowMap.tsx'
import { drawFlows, type Flow, type Line, linesOf, pairOf } from './flowMap.ts'
import { firstSide, type Side, sides } from './sections.ts'
import { useAreaWord } from './words.ts'

export function Flows({ organisation }: { organisation: Organisation }) {
  const t = useT()
  const address = useAddress()
  const first = firstSide(organisation)
  const side = sides.find((each) => each === address.get('side')) ?? first
  const asked = useOperation(listFlows, { params: { organisationId: organisation.id }, query: { side } })
  return (
    <div className="page float-flows">
      <div className="toolbar">
        <Segmented
          aria-label={t('console.floating.side')}
          value={side}
          options={sides.map((each) => ({ value: each, label: t(`console.floating.sides.${each}`) }))}
          onChange={(each) => address.set({ side: each === first ? undefined : each, flow: undefined })}
        />
        <p className="quiet">{t('console.floating.flows.note')}</p>
        <span className="toolbar-end">
          <Button icon={<PrinterOutlined aria-hidden />} aria-label={t('console.print')} onClick={() => print()} />
        </span>
      </div>
      <Answer asked={asked}>
        {({ items, total, asOf }) =>
          items.length === 0 ? (
            <Empty text={t(`console.floating.flows.empty.${side}`)} />
          ) : (
            <Picture organisation={organisation} side={side} flows={items} total={total} asOf={asOf} />
          )
        }
      </Answer>
    </div>
  )
}

interface PictureProps {
  organisation: Organisation
  side: Side
  flows: readonly Flow[]
  total: number | null
  asOf: string
}

function Picture({ organisation, side, flows, total, asOf }: PictureProps) {
  const t = useT()
  const language = useLanguage()
  const address = useAddress()
  const area = useAreaWord()
  const columns = useFlowColumns()
  const rows = useMemo(() => linesOf(flows), [flows])
  const { tiles, arcs, spotOn } = useMemo(() => drawFlows(flows), [flows])
  const chosen = rows.find(({ key }) => key === address.get('flow'))
  const marked = chosen && pairOf(spotOn(chosen.key), spotOn(chosen.toCode))
  const label = t('console.floating.flows.picture', { side: t(`console.floating.sides.${side}`), name: organisation.shortName })
  return (
    <div className="float-flow">
      <figure>
        <FlowMap tiles={tiles} arcs={arcs} label={label} marked={marked} />
        <figcaption>
          <p>
            {total === null ? t('console.floating.flows.totalHidden') : t(`console.floating.flows.total.${side}`, { count: total })}{' '}
            <span className="quiet">{t('console.floating.flows.asOf', { time: showMoment(asOf, language) })}</span>
          </p>
          <ul className="flow-legend">
            <li>
              <svg viewBox="0 0 40 12" aria-hidden="true">
                <path className="flow-arc" d="M2 6H38" strokeWidth="6" />
              </svg>
              {t('console.floating.flows.legendWide')}
            </li>
            <li>
              <svg viewBox="0 0 40 12" aria-hidden="true">
                <path className="flow-arc" data-few="" d="M2 6H38" strokeWidth="1.5" />
              </svg>
              {t('console.floating.flows.hidden')}
            </li>
          </ul>
        </figcaption>
      </figure>
      <section aria-labelledby="flow-table">
        <h3 id="flow-table">{t('console.floating.flows.table')}</h3>
        <Rows
          label={t('console.floating.flows.table')}
          columns={columns}
          rows={rows}
          idOf={({ key }) => key}
          openId={chosen?.key}
          onOpen={({ key }) => address.set({ flow: key === address.get('flow') ? undefined : key })}
        />
        <p className="float-chosen" role="status">
          {chosen === undefined ? (
            <span className="quiet">{t('console.floating.flows.help')}</span>
          ) : (
            <Link href={`${pathTo(organisation.id, 'floating')}?side=${side}&area=${chosen.toCode}`}>
              {t('console.floating.flows.names', { place: area(chosen.toCode, chosen.toName) })}
            </Link>
          )}
        </p>
      </section>
    </div>
  )
}

function useFlowColumns(): Column<Line>[] {
  const t = useT()
  const area = useAreaWord()
  return [
    { key: 'from', title: t('console.floating.flows.from'), cell: (flow) => <b>{flow.fromName}</b> },
    {
      key: 'to',
      title: t('console.floating.flows.to'),
      cell: (flow) => area(flow.toCode, flow.toCode.startsWith('53') ? flow.toName : ''),
    },
    {
      key: 'members',
      title: t('console.floating.flows.members'),
      cell: ({ amount: { shown, hidden } }) =>
        shown === 0 ? (
          <span className="quiet">{t('console.floating.flows.hidden')}</span>
        ) : hidden ? (
          t('console.floating.flows.andHidden', { number: shown })
        ) : (
          shown
        ),
      number: true,
    },
  ]
}
