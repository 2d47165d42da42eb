import { getGathering } from '#contract/meetings'
import { getOverview } from '#contract/overview'
import { useOperation } from '../../shared/query.ts'
import type { Post } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Foot } from '../Foot.tsx'
import { Head } from '../overview/Head.tsx'
import { trailOf } from '../overview/trail.ts'
import { useLive } from '../overview/useLive.ts'
import { useSteering } from '../steer/useSteering.ts'
import { useGo } from '../steer/Way.tsx'
import { Gathering } from './Gathering.tsx'

/** Even without news the record is read again, so that a silent connection never shows yesterday. */
const askAgainMilliseconds = 30_000

interface GatheringPageProps {
  post: Post
  organisationId: string
  gatheringId: string
}

/** One record at the end of the way down; it changes while it is looked at, and Esc leads back to its branch. */
export function GatheringPage({ post, organisationId, gatheringId }: GatheringPageProps) {
  const go = useGo()
  const branch = useOperation(getOverview, { params: { organisationId } })
  const record = useOperation(getGathering, { params: { organisationId, gatheringId } }, { refetchInterval: askAgainMilliseconds })
  useLive(
    organisationId,
    () => record.refetch(),
    () => {},
  )
  useSteering(() => go(`/o/${organisationId}`, gatheringId))
  const trail = trailOf(post, organisationId, branch.data)
  return (
    <div className="board">
      <Head
        trail={trail}
        leaf={record.data && { id: gatheringId, name: record.data.title }}
        freshness={record.data ? { at: record.dataUpdatedAt, lagMilliseconds: 0, broken: record.isError } : null}
      />
      {record.data === undefined ? (
        <main className="notice">{record.error ? <Failed problem={record.error} retry={() => void record.refetch()} /> : <Loading />}</main>
      ) : (
        <main className="record" data-testid="record">
          <Gathering record={record.data} />
        </main>
      )}
      <Foot />
    </div>
  )
}
