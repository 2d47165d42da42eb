import { useState } from 'react'
import type { ReactNode } from 'react'
import { getOverview, listHappenings } from '#contract/overview'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Gatherings } from '../gathering/Gatherings.tsx'
import { ChildTable } from './ChildTable.tsx'
import { Counters } from './Counters.tsx'
import { Facts } from './Facts.tsx'
import type { Figure, Overview } from './figures.ts'
import { Head } from './Head.tsx'
import { Just } from './Just.tsx'
import { MonthChoice } from './MonthChoice.tsx'
import type { Opening } from './openings.ts'
import { OpeningPanel } from './OpeningPanel.tsx'
import { TileMap } from './TileMap.tsx'
import { useLive } from './useLive.ts'
import { useMoved } from './useMoved.ts'

/** Even without news the screen asks again, so that a silent connection never shows yesterday. */
const askAgainMilliseconds = 15_000
/** More organisations than this are rows, not tiles. */
const mostTiles = 24

interface OverviewPageProps {
  organisationId: string
  language: 'zh' | 'en'
  /** Language, light, post: stands in the head. */
  switches: ReactNode
}

/** One organisation and everything below it, live: tiles, counters, what just happened, and the way down. */
export function OverviewPage({ organisationId, language, switches }: OverviewPageProps) {
  const [month, setMonth] = useState<string>()
  const [figure, setFigure] = useState<Figure>('duties')
  const [opening, setOpening] = useState<Opening | null>(null)
  const query = useOperation(
    getOverview,
    { params: { organisationId }, query: month === undefined ? {} : { month } },
    { refetchInterval: askAgainMilliseconds },
  )
  const happenings = useOperation(listHappenings, { params: { organisationId }, query: { limit: 30 } }, { refetchInterval: askAgainMilliseconds })
  useLive(organisationId, () => {
    void query.refetch()
    void happenings.refetch()
  })
  const overview = query.data
  const moved = useMoved(overview)
  const freshness = overview ? { at: query.dataUpdatedAt, lagMilliseconds: overview.asOf.lagMilliseconds, broken: query.isError } : null

  return (
    <div className="board">
      <Head trail={overview ? trailOf(overview) : []} freshness={freshness}>
        {overview && <MonthChoice month={overview.month} onMonth={setMonth} />}
        {switches}
      </Head>
      {!overview && (
        <main className="wide">{query.error ? <Failed problem={query.error} retry={() => void query.refetch()} /> : <Loading />}</main>
      )}
      {overview && (
        <main className="board-main">
          <div className="stage">
            {opening ? (
              <OpeningPanel key={overview.organisationId} opening={opening} overview={overview} onClose={() => setOpening(null)} />
            ) : (
              <Below overview={overview} figure={figure} onFigure={setFigure} moved={moved} />
            )}
          </div>
          <aside className="side">
            <Counters overview={overview} open={opening} onOpen={setOpening} />
            {happenings.error && !happenings.data ? (
              <Failed problem={happenings.error} retry={() => void happenings.refetch()} />
            ) : (
              <Just happenings={happenings.data?.items ?? []} language={language} />
            )}
          </aside>
          <Facts overview={overview} open={opening} onOpen={setOpening} />
        </main>
      )}
    </div>
  )
}

interface BelowProps {
  overview: Overview
  figure: Figure
  onFigure: (figure: Figure) => void
  moved: ReadonlySet<string>
}

/** What lies below: tiles while they fit, rows when there are many or when they are branches, the gatherings of a branch at the end. */
function Below({ overview, figure, onFigure, moved }: BelowProps) {
  const t = useT()
  const { children, organisationId, month, name } = overview
  if (children.length === 0) {
    const title = t('screen.list.title', { name })
    return overview.measures.branches === 0 ? <Empty text={t('screen.map.empty')} /> : <Gatherings key={organisationId} organisationId={organisationId} month={month} title={title} />
  }
  if (children.length > mostTiles || children.every((child) => child.children === 0)) return <ChildTable below={children} moved={moved} />
  return <TileMap below={children} figure={figure} onFigure={onFigure} moved={moved} />
}

/** The server's trail may or may not end with the organisation itself. */
function trailOf({ trail, organisationId, name }: Overview) {
  return [...trail.filter(({ id }) => id !== organisationId), { id: organisationId, name }]
}
