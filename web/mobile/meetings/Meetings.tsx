/** 组织: the gatherings month by month, those to come and those held; of my branch for its secretary and recorder, mine for everybody. */
import { useState } from 'react'
import { Link } from 'wouter'
import { listGatherings, listMyGatherings, segmentKinds } from '#contract/meetings'
import { dayOf } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useElder } from '../../shared/looks.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { isOver, type GatheringRow, may, type MyGathering } from '../meeting/gathering.ts'
import { Choice } from '../parts/Choice.tsx'
import { addMonths, firstOf, lastOf, showMonth, today } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { GatheringCard } from './GatheringCard.tsx'

type Reach = 'branch' | 'mine'

export function Meetings() {
  const t = useT()
  const language = useLanguage()
  const elder = useElder()
  const { me, post } = useSession()
  const office = may(post, 'write:gathering')
  const reads = may(post, 'read:gathering') && !may(post, 'attend:gathering')
  const [reach, setReach] = useState<Reach>(reads ? 'branch' : 'mine')
  const [month, setMonth] = useState(today().slice(0, 7))
  const [kind, setKind] = useState('')
  const branch = useOperation(
    listGatherings,
    { params: { organisationId: post?.organisationId ?? '' }, query: { from: firstOf(month), until: lastOf(month), limit: 200 } },
    { enabled: reach === 'branch' },
  )
  const mine = useOperation(listMyGatherings, { query: { month, limit: 200 } }, { enabled: reach === 'mine' })
  const asked = reach === 'branch' ? branch : mine
  const rows = ((asked.data?.items ?? []) as (GatheringRow & Partial<MyGathering>)[]).filter(
    ({ segments }) => kind === '' || segments.some((segment) => segment.kind === kind),
  )
  const now = today()
  const isNext = (row: GatheringRow) => !isOver(row.state) && dayOf(new Date(row.plannedStart)) >= now
  const next = rows.filter(isNext).sort((a, b) => a.plannedStart.localeCompare(b.plannedStart))
  const past = rows.filter((row) => !isNext(row)).sort((a, b) => b.plannedStart.localeCompare(a.plannedStart))
  return (
    <Page
      title={t('mobile.meetings.title')}
      aside={
        office && (
          <Link href="/meetings/plan" className="button small">
            <Icon name="plus" />
            {t('mobile.meetings.plan')}
          </Link>
        )
      }
    >
      <div className="month">
        <button type="button" className="plain" aria-label={t('mobile.meetings.earlier')} onClick={() => setMonth(addMonths(month, -1))}>
          <Icon name="back" />
        </button>
        <h2 aria-live="polite">{showMonth(month, language)}</h2>
        <button type="button" className="plain" aria-label={t('mobile.meetings.later')} onClick={() => setMonth(addMonths(month, 1))}>
          <Icon name="forward" />
        </button>
      </div>
      {office && (
        <Link href="/year" className="year-link">
          {t('mobile.meetings.year')}
          <Icon name="forward" />
        </Link>
      )}
      <div className="filters">
        {reads && me.member !== null && (
          <Choice
            label={t('mobile.meetings.reach')}
            quiet
            value={reach}
            options={[
              { value: 'branch', name: t('mobile.meetings.branch') },
              { value: 'mine', name: t('mobile.meetings.mine') },
            ]}
            onChange={setReach}
          />
        )}
        {!elder && (
          <select aria-label={t('mobile.meetings.kind')} value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="">{t('mobile.meetings.allKinds')}</option>
            {segmentKinds.map((each) => (
              <option key={each} value={each}>
                {t(`shared.kind.${each}`)}
              </option>
            ))}
          </select>
        )}
      </div>
      {asked.data === undefined && (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data !== undefined && rows.length === 0 && (
        <Empty text={t(office ? 'mobile.meetings.emptyOffice' : 'mobile.meetings.empty')}>
          {office && (
            <Link
              href={`/meetings/plan${month >= now.slice(0, 7) ? `?day=${month === now.slice(0, 7) ? now : firstOf(month)}` : ''}`}
              className="button small"
            >
              {t('mobile.meetings.plan')}
            </Link>
          )}
        </Empty>
      )}
      <Group title={t('mobile.meetings.next')} rows={next} named={reach === 'branch' ? post?.organisationId : undefined} />
      <Group title={t('mobile.meetings.past')} rows={past} named={reach === 'branch' ? post?.organisationId : undefined} />
    </Page>
  )
}

interface GroupProps {
  title: string
  rows: readonly (GatheringRow & Partial<MyGathering>)[]
  /** Gatherings of another branch than this are named with their branch; undefined: none is. */
  named: string | undefined
}

function Group({ title, rows, named }: GroupProps) {
  if (rows.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      {rows.map((row) => (
        <GatheringCard key={row.id} gathering={row} my={row.my} named={named !== undefined && row.organisationId !== named} />
      ))}
    </section>
  )
}
