import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { useT } from '../../shared/i18n.ts'
import { Gatherings } from '../gathering/Gatherings.tsx'
import type { Overview } from './figures.ts'
import { contributionOf, hasRows } from './openings.ts'
import type { Opening } from './openings.ts'

interface OpeningPanelProps {
  opening: Opening
  overview: Overview
  onClose: () => void
}

const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })

/** A figure opened: what it is, how it is computed, where it comes from, how fresh it is, and the rows it is made of. */
export function OpeningPanel({ opening, overview, onClose }: OpeningPanelProps) {
  const t = useT()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [opening])
  const { value, arithmetic } = contributionOf(opening, overview.measures)
  const name = opening in figureNames ? t(`screen.figure.${opening as keyof typeof figureNames}`) : t(`screen.unit.${opening as 'members'}`)
  return (
    <section className="opening" role="dialog" aria-label={name}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {name} {value !== null && <b>{value}</b>}
        </h2>
        <button type="button" onClick={onClose}>
          {t('screen.opening.close')}
        </button>
      </header>
      <dl>
        <dt>{t('screen.opening.definition')}</dt>
        <dd>{t(`screen.define.${opening}`)}</dd>
        {arithmetic !== null && value !== null && (
          <>
            <dt>{t('screen.opening.arithmetic')}</dt>
            <dd>{`${arithmetic} = ${value}`}</dd>
          </>
        )}
        <dt>{t('screen.opening.scope')}</dt>
        <dd>{`${t('screen.opening.scopeText', { name: overview.name })} · ${overview.month}`}</dd>
        <dt>{t('screen.opening.source')}</dt>
        <dd>{t('screen.opening.sourceText', { source: overview.asOf.source })}</dd>
        <dt>{t('screen.opening.freshness')}</dt>
        <dd>{t('screen.opening.freshnessText', { time: moment.format(new Date(overview.asOf.at)), milliseconds: overview.asOf.lagMilliseconds })}</dd>
      </dl>
      <div className="opening-rows">
        {hasRows(opening) && overview.children.length > 0 && <Rows opening={opening} overview={overview} />}
        <Gatherings organisationId={overview.organisationId} month={overview.month} title={t('screen.opening.records')} showBranch />
      </div>
    </section>
  )
}

const figureNames = { duties: true, gatherings: true, attendance: true }

function Rows({ opening, overview }: { opening: Opening; overview: Overview }) {
  const t = useT()
  return (
    <section className="rows" aria-label={t('screen.opening.rows')} tabIndex={0}>
      <table>
        <caption>{t('screen.opening.order')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('screen.opening.organisation')}</th>
            <th scope="col">{t('screen.opening.value')}</th>
            <th scope="col">{t('screen.opening.working')}</th>
          </tr>
        </thead>
        <tbody>
          {overview.children.map(({ organisationId, name, measures }) => {
            const row = contributionOf(opening, measures)
            return (
              <tr key={organisationId}>
                <th scope="row">
                  <Link href={`/o/${organisationId}`}>{name}</Link>
                </th>
                <td>{row.value ?? (opening === 'floating' ? t('screen.floatingHidden') : '—')}</td>
                <td className="quiet">{row.arithmetic ?? ''}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
