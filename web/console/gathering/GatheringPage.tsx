import { LeftOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link } from 'wouter'
import { segmentKinds } from '#contract/meetings'
import { useT } from '../../shared/i18n.ts'
import { Answer } from '../frame/Answer.tsx'
import { pathTo, useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Printing } from '../papers/Printing.tsx'
import { Amending } from './Amending.tsx'
import { Confirming } from './Confirming.tsx'
import { Fulfilled } from './Fulfilled.tsx'
import { Heading } from './Heading.tsx'
import { Heard } from './Heard.tsx'
import { Minutes } from './Minutes.tsx'
import { Opening } from './Opening.tsx'
import { NewPlan, Plan } from './Plan.tsx'
import { RecordSheet } from './RecordSheet.tsx'
import { RollCall } from './RollCall.tsx'
import { SignInCode } from './SignInCode.tsx'
import { Steps } from './Steps.tsx'
import { type Gathering, useGathering } from './useGathering.ts'

interface GatheringPageProps {
  selectedId: string
  branchId: string
  /** `new` for one that is being planned. */
  gatheringId: string
}

/** One gathering on one page, from plan to archive. */
export function GatheringPage({ selectedId, branchId, gatheringId }: GatheringPageProps) {
  const t = useT()
  const address = useAddress()
  const isNew = gatheringId === 'new'
  const asked = useGathering(branchId, gatheringId, !isNew)
  return (
    <div className="page gathering-page">
      <Link className="back" href={pathTo(selectedId, 'gatherings')}>
        <LeftOutlined aria-hidden /> {t('console.page.gatherings')}
      </Link>
      {isNew ? (
        <NewPlan
          selectedId={selectedId}
          branchId={branchId}
          day={address.get('day')}
          kind={segmentKinds.find((each) => each === address.get('kind'))}
          title={address.get('title')}
        />
      ) : (
        <Answer asked={asked}>{(gathering) => <Whole gathering={gathering} />}</Answer>
      )}
    </div>
  )
}

const planned: readonly Gathering['state'][] = ['PLANNED', 'NOTIFIED', 'POSTPONED']
const going: readonly Gathering['state'][] = ['IN_PROGRESS', 'DRAFT_MINUTES']
const settled: readonly Gathering['state'][] = ['CONFIRMED', 'ARCHIVED']

function Whole({ gathering }: { gathering: Gathering }) {
  const may = useMay()
  const [editing, setEditing] = useState(false)
  // Who is to confirm reads; who edits becomes the recorder, and then somebody else must confirm.
  const writes = may('write:gathering') && (editing || !gathering.mayConfirm)
  const isPlanned = planned.includes(gathering.state)
  const isGoing = going.includes(gathering.state)
  return (
    <>
      <Heading gathering={gathering} />
      <div className="gathering-columns">
        <div className="gathering-main">
          {isPlanned && writes && <Plan gathering={gathering} />}
          {isGoing && writes && <RollCall gathering={gathering} />}
          {isGoing && writes && <Minutes gathering={gathering} />}
          {!((isPlanned || isGoing) && writes) && <RecordSheet gathering={gathering} />}
        </div>
        <aside className="gathering-side">
          <Steps gathering={gathering} />
          {gathering.state === 'DRAFT_MINUTES' && (
            <Confirming gathering={gathering} onEdit={may('write:gathering') && !editing ? () => setEditing(true) : undefined} />
          )}
          <Heard gathering={gathering} decides={isGoing && may('write:gathering')} />
          {isPlanned && may('write:gathering') && <Opening gathering={gathering} />}
          {gathering.state === 'IN_PROGRESS' && writes && <SignInCode gathering={gathering} />}
          {settled.includes(gathering.state) && <Fulfilled gathering={gathering} />}
          {settled.includes(gathering.state) && may('confirm:gathering') && <Amending gathering={gathering} />}
          <Printing gathering={gathering} />
        </aside>
      </div>
    </>
  )
}
