import { useState } from 'react'
import { getMember } from '#contract/members'
import { useOperation } from '../../shared/query.ts'
import { Answer } from '../frame/Answer.tsx'
import { MemberForm } from './MemberForm.tsx'
import { MemberRecord } from './MemberRecord.tsx'
import { blank, filled, type Input } from './input.ts'

interface MemberPaneProps {
  branchId: string
  /** Null when somebody new is registered. */
  memberId: string | null
  /** The id of who is registered. */
  newId: string
  onDone: (memberId: string) => void
}

/** The record of one member: read, or being written. */
export function MemberPane({ branchId, memberId, newId, onDone }: MemberPaneProps) {
  if (memberId === null) return <MemberForm branchId={branchId} memberId={newId} saved={blank} latest={null} onDone={() => onDone(newId)} />
  return <Known branchId={branchId} memberId={memberId} />
}

function Known({ branchId, memberId }: { branchId: string; memberId: string }) {
  const asked = useOperation(getMember, { params: { organisationId: branchId, memberId } })
  const [editing, setEditing] = useState<Input | null>(null)
  return (
    <Answer asked={asked}>
      {(member) =>
        editing === null ? (
          <MemberRecord member={member} onEdit={(numbers) => setEditing(filled(member, numbers))} />
        ) : (
          <MemberForm branchId={branchId} memberId={memberId} saved={editing} latest={member} onDone={() => setEditing(null)} />
        )
      }
    </Answer>
  )
}
