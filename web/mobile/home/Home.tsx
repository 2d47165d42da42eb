/** Home: what I owe and what I am owed, most urgent first, each with the shortest way to do it. Nothing to do? It says so. */
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { listDuties, listToRing } from '#contract/duties'
import { listGatherings, listMyGatherings } from '#contract/meetings'
import { listNotifications } from '#contract/notifications'
import { dayOf, showMoment, showTime } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useElder } from '../../shared/looks.ts'
import { useOperation } from '../../shared/query.ts'
import { isChosen, type Post, useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { type GatheringRow, isOver, isPresent, isSettled, leaveIsOpen, may, type MyGathering, pathOf } from '../meeting/gathering.ts'
import { GatheringCard } from '../meetings/GatheringCard.tsx'
import { addDays, hourNow, thisYear, today } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { StudyRow } from '../study/StudyRow.tsx'
import { DutyCard } from './DutyCard.tsx'
import { type Duty, urgent, wayOf } from './duties.ts'
import { dutyWords } from './dutyWords.ts'
import { greetingAt } from './greeting.ts'

const Away = lazy(async () => ({ default: (await import('../floating/HomeCard.tsx')).HomeCard }))

/** Gatherings and duties are looked for this far ahead; what was missed longer ago is history and stands on the console. */
const aheadDays = 60
const backDays = 62

export function Home() {
  const t = useT()
  const { me, post } = useSession()
  const office = may(post, 'write:gathering')
  const desk = post !== null && !office && !may(post, 'attend:gathering')
  return (
    <Page title={t(`mobile.home.greeting.${greetingAt(hourNow())}`, { name: me.name })} aside={<Fresh />}>
      <PostLine />
      {desk && <Desk />}
      {me.member !== null && (
        <Suspense fallback={null}>
          <Away />
        </Suspense>
      )}
      {(office || me.member !== null) && <Tasks />}
      <Facts />
    </Page>
  )
}

/** The post one acts in; rights of several posts never add up, so one is chosen. */
function PostLine() {
  const t = useT()
  const { me, post, choosePost } = useSession()
  if (post === null) return <p className="post-line">{me.member?.organisationName ?? t('mobile.home.noPost')}</p>
  const label = (p: Post) => t('mobile.home.postName', { organisation: p.organisationName, role: t(`mobile.role.${p.role}`) })
  const posts = me.posts.filter((p) => isChosen(p) || p.id === post.id)
  if (posts.length < 2) return <p className="post-line">{label(post)}</p>
  return (
    <label className="post-line choose-post">
      <span className="unseen">{t('mobile.home.choosePost')}</span>
      <select value={post.id} onChange={(event) => choosePost(event.target.value)}>
        {posts.map((p) => (
          <option key={p.id} value={p.id}>
            {label(p)}
          </option>
        ))}
      </select>
      <span className="choose-mark" aria-hidden="true">
        <span>{t('mobile.home.change')}</span> <Icon name="down" />
      </span>
    </label>
  )
}

/** How old what is shown is: the time of the last answer. */
function Fresh() {
  const t = useT()
  const language = useLanguage()
  const mine = useOperation(listMyGatherings, { query: { limit: 200 } })
  if (mine.dataUpdatedAt === 0) return null
  const time = showTime(new Date(mine.dataUpdatedAt).toISOString(), language)
  return (
    <span className={mine.isError ? 'fresh stale' : 'fresh'}>
      <i aria-hidden="true">{mine.isError ? '○' : '●'}</i> {t(mine.isError ? 'mobile.home.stale' : 'mobile.home.fresh', { time })}
    </span>
  )
}

interface Row {
  row: GatheringRow
  my: MyGathering['my']
  act: Act | undefined
}

/** What stands under “urgent” and what comes next, as it is read aloud. */
function useSpoken(): (of: {
  pressing: readonly Row[]
  duties: readonly Duty[]
  coming: readonly Row[]
  gatherings: readonly GatheringRow[]
}) => string {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const aloud = ({ row, act }: Row) =>
    [act === undefined ? '' : t(`mobile.act.${act.name}`), row.title, showMoment(row.plannedStart, language), row.place]
      .filter((part) => part !== '')
      .join(t('mobile.home.pause'))
  return ({ pressing, duties, coming, gatherings }) => {
    const owed = duties.map((duty) => {
      const { title, by, how } = dutyWords(duty, wayOf(duty, gatherings, today()), { t, say, language })
      return [title, by, how].join(t('mobile.home.pause'))
    })
    const urgently = [...pressing.map(aloud), ...owed]
    const next = coming.map(aloud)
    return [
      t('mobile.home.urgent'),
      ...(urgently.length === 0 ? [t('mobile.home.nothingForMe')] : urgently),
      t('mobile.home.next'),
      ...(next.length === 0 ? [t('mobile.home.nothingNext')] : next),
    ].join('\n')
  }
}

/** What I owe and am owed: first what is to be done now, then what comes. */
function Tasks() {
  const t = useT()
  const elder = useElder()
  const { me, post } = useSession()
  const office = may(post, 'write:gathering')
  const organisationId = post?.organisationId ?? ''
  const now = today()
  const [all, setAll] = useState(false)
  const mine = useOperation(listMyGatherings, { query: { limit: 200 } }, { enabled: me.member !== null })
  const branch = useOperation(
    listGatherings,
    { params: { organisationId }, query: { from: addDays(now, -backDays), until: addDays(now, aheadDays), limit: 200 } },
    { enabled: office },
  )
  const duties = useOperation(
    listDuties,
    { params: { organisationId }, query: { from: addDays(now, -backDays), until: addDays(now, aheadDays), limit: 200 } },
    { enabled: office },
  )
  const gatherings = branch.data?.items ?? []
  const rows = concerning(mine.data?.items ?? [], gatherings, now).map(({ row, my }): Row => {
    const act = office && row.organisationId === organisationId ? officeAct(row, post) : memberAct(row, my)
    return { row, my, act }
  })
  const pressing = rows.filter(({ act }) => act?.now === true)
  const first = elder && !all ? pressing.slice(0, 1) : pressing
  const coming = rows.filter((row) => !pressing.includes(row)).slice(0, elder ? 1 : 4)
  const open = urgent(duties.data?.items ?? [], gatherings, now)
  const shown = all ? open : open.slice(0, elder ? 1 - first.length : Math.max(1, 3 - pressing.length))
  const hidden = pressing.length + open.length - first.length - shown.length
  const failed = [duties, office ? branch : mine].find(({ data, error }) => data === undefined && error)
  const loading = (office && duties.data === undefined) || (office ? branch : mine).isLoading
  const spoken = useSpoken()
  const card = ({ row, my, act }: Row) => (
    <GatheringCard
      key={row.id}
      gathering={row}
      my={my}
      named={row.organisationId !== post?.organisationId}
      action={act === undefined ? undefined : { name: t(`mobile.act.${act.name}`), href: act.href, quiet: !act.now }}
    />
  )
  return (
    <>
      {elder && !loading && !failed && <ReadAloud text={spoken({ pressing: first, duties: shown, coming, gatherings })} />}
      <section aria-labelledby="urgent">
        <h2 id="urgent">{t('mobile.home.urgent')}</h2>
        {failed?.error ? <Failed problem={failed.error} retry={() => void failed.refetch()} /> : loading && <Loading />}
        {first.map(card)}
        {shown.map((duty) => (
          <DutyCard key={`${duty.ruleId} ${duty.period}`} duty={duty} gatherings={gatherings} />
        ))}
        {!loading && !failed && pressing.length + open.length === 0 && (
          <p className="nothing">{t(office ? 'mobile.home.nothingDue' : 'mobile.home.nothingForMe')}</p>
        )}
        {hidden > 0 && (
          <button type="button" className="text more" onClick={() => setAll(true)}>
            {t('mobile.home.more', { count: hidden })}
          </button>
        )}
      </section>
      {!loading && !failed && (
        <section aria-labelledby="next">
          <h2 id="next">{t('mobile.home.next')}</h2>
          {coming.length === 0 && <p className="nothing">{t(office ? 'mobile.home.nothingPlanned' : 'mobile.home.nothingNext')}</p>}
          {coming.map(card)}
        </section>
      )}
    </>
  )
}

/** Gatherings not yet over that concern me: my own, and those of the branch I look after; soonest first. */
function concerning(mine: readonly MyGathering[], branch: readonly GatheringRow[], now: string): Omit<Row, 'act'>[] {
  const own = new Map(mine.map((row) => [row.id, row.my]))
  const recent = mine.filter((row) => dayOf(new Date(row.plannedStart)) >= addDays(now, -backDays))
  const rows = new Map<string, GatheringRow>([...recent, ...branch].map((row) => [row.id, row]))
  return [...rows.values()]
    .filter((row) => !isOver(row.state))
    .sort((a, b) => a.plannedStart.localeCompare(b.plannedStart))
    .map((row) => ({ row, my: own.get(row.id) ?? null }))
}

/** The shortest way to the one thing to do; `now` when it should not wait. */
interface Act {
  name: 'roll' | 'lookConfirm' | 'look' | 'notify' | 'start' | 'signIn' | 'leave'
  href: string
  now: boolean
}

function officeAct(row: GatheringRow, post: Post | null): Act | undefined {
  const path = pathOf(row)
  if (row.state === 'IN_PROGRESS') return { name: 'roll', href: `${path}/roll`, now: true }
  if (row.state === 'DRAFT_MINUTES') {
    return may(post, 'confirm:gathering') ? { name: 'lookConfirm', href: path, now: true } : { name: 'look', href: path, now: false }
  }
  const due = dayOf(new Date(row.plannedStart)) <= today()
  if (row.state === 'PLANNED' && !due) return { name: 'notify', href: path, now: false }
  return due ? { name: 'start', href: path, now: true } : undefined
}

function memberAct(row: GatheringRow, my: MyGathering['my']): Act | undefined {
  if (my === null || isPresent(my.state) || my.state === 'LEAVE') return undefined
  if (row.state === 'IN_PROGRESS') return { name: 'signIn', href: `${pathOf(row)}/sign-in`, now: true }
  return leaveIsOpen(row.state) ? { name: 'leave', href: `${pathOf(row)}/leave`, now: false } : undefined
}

/** Posts of an office have their work on the console. */
function Desk() {
  const t = useT()
  return (
    <section className="card">
      <p>{t('mobile.home.desk')}</p>
      <a className="button small" href="/console">
        {t('mobile.home.toConsole')}
      </a>
    </section>
  )
}

/** Plain facts about me: no rings, no streaks, no comparison. */
function Facts() {
  const t = useT()
  const { me, post } = useSession()
  const mine = useOperation(listMyGatherings, { query: { limit: 200 } })
  const notices = useOperation(listNotifications, { query: { limit: 1 } })
  const office = may(post, 'write:gathering')
  const ring = useOperation(listToRing, { params: { organisationId: post?.organisationId ?? '' } }, { enabled: office })
  const toRing = new Set(ring.data?.items.flatMap(({ people }) => people.map(({ memberId }) => memberId))).size
  const year = thisYear()
  const held = (mine.data?.items ?? []).filter(
    (row) => isSettled(row.state) && row.my?.expected === true && row.heldOn?.startsWith(year) === true,
  )
  const present = held.filter((row) => row.my !== null && isPresent(row.my.state)).length
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{t('mobile.home.mine')}</h2>
      <ul className="rows card">
        {me.member !== null && mine.data !== undefined && (
          <li>
            <Link href="/me/attendance">
              <span>{t('mobile.home.attendance')}</span>
              <b>{t('mobile.home.attended', { present, expected: held.length })}</b>
              <Icon name="forward" />
            </Link>
          </li>
        )}
        {me.member !== null && <StudyRow href="/study" name={t('mobile.study.title')} />}
        <li>
          <Link href="/notices">
            <span>{t('mobile.home.notices')}</span>
            <b>
              {notices.data === undefined
                ? ''
                : t(notices.data.unread === 0 ? 'mobile.home.noUnread' : 'mobile.home.unread', { count: notices.data.unread })}
            </b>
            <Icon name="forward" />
          </Link>
        </li>
        {office && toRing > 0 && (
          <li>
            <Link href="/notices/ring">
              <span>{t('mobile.ring.row')}</span>
              <b>{t('mobile.ring.people', { count: toRing })}</b>
              <Icon name="forward" />
            </Link>
          </li>
        )}
      </ul>
    </section>
  )
}
