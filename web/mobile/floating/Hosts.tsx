/** 找组织: where a floating member is welcome, with everything needed to get there and to be understood. */
import { useState } from 'react'
import { Link } from 'wouter'
import type { z } from 'zod'
import { getMyFloating, type HostPlace as HostPlaceShape, listHosts } from '#contract/floating'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { AreaSearch, type Place } from './AreaSearch.tsx'
import { beginOf, prefectures, wholeCode } from './places.ts'

type HostPlace = z.output<typeof HostPlaceShape>

/** Everything of the province. */
const everywhere = '53'
/** A village or township seldom has more than one; its county is looked at. */
const countyDigits = 6

export function Hosts() {
  const t = useT()
  const my = useOperation(getMyFloating, {})
  const registration = my.data?.registration ?? null
  const [chosen, setChosen] = useState<Place | 'none'>()
  const [q, setQ] = useState('')
  // First the whole prefecture: the nearest one may stand across the line between two counties.
  const near = prefectures.find((code) => registration?.destination.areaCode.startsWith(code.slice(0, 4)))
  const place = chosen ?? (near === undefined ? 'none' : { code: wholeCode(near), name: t(`mobile.floating.place.${near}`) })
  const areaCode = place === 'none' ? everywhere : beginOf(place.code).slice(0, countyDigits)
  const asked = useOperation(listHosts, { query: { areaCode, q: q.trim() } }, { enabled: !my.isLoading, keep: true })
  const mayReport = registration?.may.includes('REPORT_IN') === true
  return (
    <Page title={t('mobile.floating.hosts.title')} back="/floating">
      <section className="card" aria-label={t('mobile.floating.hosts.search')}>
        <AreaSearch
          label={t('mobile.floating.hosts.area')}
          place={place === 'none' ? undefined : place}
          onChange={(to) => setChosen(to ?? 'none')}
        />
        <Field label={t('mobile.floating.hosts.words')}>
          {(attributes) => (
            <input
              {...attributes}
              type="search"
              autoComplete="off"
              maxLength={40}
              value={q}
              onChange={(event) => setQ(event.target.value)}
            />
          )}
        </Field>
      </section>
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data !== undefined && (
        <>
          <p className="quiet" role="status">
            {t('mobile.floating.hosts.count', { count: asked.data.items.length })}
          </p>
          {asked.data.items.length === 0 && (
            <Empty text={t('mobile.floating.hosts.empty')}>
              {place !== 'none' && (
                <button type="button" onClick={() => setChosen('none')}>
                  {t('mobile.floating.hosts.everywhere')}
                </button>
              )}
            </Empty>
          )}
          {asked.data.items.map((host) => (
            <HostCard key={host.organisationId} host={host} mayReport={mayReport} isMine={registration?.hostId === host.organisationId} />
          ))}
        </>
      )}
    </Page>
  )
}

interface HostCardProps {
  host: HostPlace
  mayReport: boolean
  /** Has one reported here? */
  isMine: boolean
}

function HostCard({ host, mayReport, isMine }: HostCardProps) {
  const t = useT()
  const language = useLanguage()
  return (
    <article className="card floating-host" aria-label={host.organisationName}>
      <h2>{host.organisationName}</h2>
      <p className="quiet">{host.areaName}</p>
      <HostFacts host={host} />
      {host.activities.length > 0 && (
        <>
          <h3>{t('mobile.floating.hosts.activities')}</h3>
          <ul className="floating-plain">
            {host.activities.map(({ gatheringId, title, plannedStart, place }) => (
              <li key={gatheringId}>
                <b>{title}</b>
                <small>
                  {showMoment(plannedStart, language)}
                  {place !== '' && <> · {place}</>}
                </small>
              </li>
            ))}
          </ul>
          <p className="note">{t('mobile.floating.hosts.bring')}</p>
        </>
      )}
      {isMine && <p className="ok">{t('mobile.floating.hosts.mine')}</p>}
      {mayReport && host.takesIn && !isMine && (
        <Link href={`/floating/arrive/${host.organisationId}`} className="button wide">
          {t('mobile.floating.hosts.report')}
        </Link>
      )}
    </article>
  )
}

/** Address, hours, way: as the host publishes them. */
export function HostFacts({ host }: { host: HostPlace }) {
  const t = useT()
  return (
    <Facts
      rows={[
        [t('mobile.floating.hosts.address'), host.address],
        [t('mobile.floating.hosts.hours'), host.hours],
        [t('mobile.floating.hosts.route'), host.route],
        [t('mobile.floating.hosts.languages'), host.languages.join('、')],
        [
          t('mobile.floating.hosts.phone'),
          host.phone === '' ? (
            ''
          ) : (
            <a className="floating-phone" href={`tel:${host.phone.replaceAll(/[^\d+]/g, '')}`}>
              {host.phone}
            </a>
          ),
        ],
      ]}
    />
  )
}
