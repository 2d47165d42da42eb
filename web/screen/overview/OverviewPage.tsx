import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { listDuties } from '#contract/duties'
import { listGatherings } from '#contract/meetings'
import { getOverview } from '#contract/overview'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import type { Post } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Foot } from '../Foot.tsx'
import { Gatherings } from '../gathering/Gatherings.tsx'
import { monthEnd } from '../gathering/month.ts'
import { useSteering } from '../steer/useSteering.ts'
import { useGo } from '../steer/Way.tsx'
import { ChildTable } from './ChildTable.tsx'
import { Counters } from './Counters.tsx'
import { Duties } from './Duties.tsx'
import { Facts } from './Facts.tsx'
import type { Figure, Overview } from './figures.ts'
import { Head, type Place } from './Head.tsx'
import { Just } from './Just.tsx'
import { MonthChoice } from './MonthChoice.tsx'
import type { Opening } from './openings.ts'
import { OpeningPanel } from './OpeningPanel.tsx'
import { TileMap } from './TileMap.tsx'
import { trailOf } from './trail.ts'
import { useHappenings } from './useHappenings.ts'
import { useLive } from './useLive.ts'
import { useMoved } from './useMoved.ts'

/** Even without news the screen asks again, so that a silent connection never shows yesterday. */
const askAgainMilliseconds = 15_000
/** More organisations than this are rows, not tiles. */
const mostTiles = 24

interface OverviewPageProps {
  post: Post
  organisationId: string
}

/** One organisation and everything below it, live: tiles, counters, what just happened, and the way down. */
export function OverviewPage({ post, organisationId }: OverviewPageProps) {
  const go = useGo()
  const queries = useQueryClient()
  const [month, setMonth] = useState<string>()
  const [figure, setFigure] = useState<Figure>('duties')
  const [opened, setOpened] = useState<{ at: string; opening: Opening } | null>(null)
  // What was opened belongs to the organisation it was opened at.
  const opening = opened?.at === organisationId ? opened.opening : null
  const query = useOperation(
    getOverview,
    { params: { organisationId }, query: month === undefined ? {} : { month } },
    { refetchInterval: askAgainMilliseconds },
  )
  const happenings = useHappenings(organisationId)
  useLive(
    organisationId,
    () =>
      Promise.all([
        query.refetch(),
        ...[listGatherings, listDuties].map(({ id }) => queries.refetchQueries({ queryKey: [id], type: 'active' })),
      ]),
    happenings.tell,
  )
  const overview = query.data
  const moved = useMoved(overview)
  const trail = trailOf(post, organisationId, overview)
  const open = (to: Opening) => setOpened(to === opening ? null : { at: organisationId, opening: to })
  useSteering(() => (opening === null ? goUp(trail, go) : setOpened(null)))

  return (
    <div className="board">
      <Head
        trail={trail}
        freshness={overview ? { at: query.dataUpdatedAt, lagMilliseconds: overview.asOf.lagMilliseconds, broken: query.isError } : null}
      >
        {overview && <MonthChoice month={overview.month} onMonth={setMonth} />}
      </Head>
      {overview === undefined ? (
        <main className="notice">{query.error ? <Failed problem={query.error} retry={() => void query.refetch()} /> : <Loading />}</main>
      ) : (
        <main className="board-main">
          <div className="stage">
            {opening === null ? (
              <Below overview={overview} figure={figure} onFigure={setFigure} moved={moved} />
            ) : (
              <OpeningPanel key={opening} opening={opening} overview={overview} onClose={() => setOpened(null)} />
            )}
          </div>
          <div className="side">
            <Counters overview={overview} open={opening} onOpen={open} />
            {happenings.problem ? (
              <Failed problem={happenings.problem} retry={() => void happenings.list.refetch()} />
            ) : (
              <Just key={organisationId} happenings={happenings.items} within={overview.shortName} />
            )}
          </div>
          <Facts overview={overview} open={opening} onOpen={open} />
        </main>
      )}
      <Foot />
    </div>
  )
}

function goUp(trail: Place[], go: (to: string, left?: string) => void): void {
  const above = trail.at(-2)
  if (above) go(`/o/${above.id}`, trail.at(-1)?.id)
}

interface BelowProps {
  overview: Overview
  figure: Figure
  onFigure: (figure: Figure) => void
  moved: ReadonlySet<string>
}

/** What lies below: tiles while they fit, rows when there are many or when they are branches; at a branch, its gatherings and duties. */
function Below({ overview, figure, onFigure, moved }: BelowProps) {
  const t = useT()
  const { children, organisationId, month, name } = overview
  if (children.length === 0 && overview.measures.branches === 0) return <Empty text={t('screen.map.empty')} />
  if (children.length === 0) {
    return (
      <div className="branch" key={organisationId}>
        <Gatherings organisationId={organisationId} until={monthEnd(month)} title={t('screen.list.title', { name })} />
        <Duties organisationId={organisationId} month={month} reach="own" />
      </div>
    )
  }
  if (children.length > mostTiles || children.every((child) => child.children === 0)) return <ChildTable below={children} moved={moved} />
  return <TileMap below={children} figure={figure} onFigure={onFigure} moved={moved} />
}
