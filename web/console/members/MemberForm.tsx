/** The 16 national items of a member, asked once. What the platform refuses stands at the field; a newer version is shown before it is replaced. */
import { Button } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { getMember, putMember } from '#contract/members'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { call } from '../../shared/client.ts'
import { useDraft } from '../field/draft.ts'
import { Refusal } from '../field/Field.tsx'
import { useUndo } from '../frame/undo.tsx'
import { Conflict } from './Conflict.tsx'
import type { Input } from './input.ts'
import type { Member } from './member.ts'
import { PersonFields } from './PersonFields.tsx'
import { StandingFields } from './StandingFields.tsx'

interface MemberFormProps {
  branchId: string
  memberId: string
  saved: Input
  /** What is on record; null for somebody new. */
  latest: Member | null
  onDone: () => void
}

export function MemberForm({ branchId, memberId, saved, latest, onDone }: MemberFormProps) {
  const t = useT()
  const say = useUndo()
  const form = useRef<HTMLFormElement>(null)
  const draft = useDraft<Input>(`member.${memberId}`, saved, ['identityNumber', 'phone'])
  const saving = useAction(putMember)
  const [newer, setNewer] = useState<Member | null>(null)
  const params = { organisationId: branchId, memberId }
  const problem = saving.problem?.code === 'STALE_VERSION' ? null : saving.problem
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problem])

  async function save(input: Input) {
    try {
      await saving.run({ params, body: { ...input, identityNumber: input.identityNumber.toUpperCase() } })
    } catch (error) {
      if ((error as { code?: string }).code === 'STALE_VERSION') setNewer(await call(getMember, { params }))
      return
    }
    draft.clear()
    say(t('console.member.saved', { name: input.name }))
    onDone()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void save(draft.value)
  }

  function drop() {
    const typed = draft.value
    draft.clear()
    onDone()
    if (draft.changed) say(t('console.draft.dropped'), () => draft.set(typed))
  }

  const fields = { input: draft.value, change: draft.change, problem }
  return (
    <form ref={form} className="member-form" onSubmit={submit} noValidate>
      {newer !== null && (
        <Conflict
          typed={draft.value}
          latest={newer}
          onKeepMine={() => {
            setNewer(null)
            draft.change({ version: newer.version })
          }}
          onTake={(part) => {
            setNewer(null)
            draft.change({ ...part, version: newer.version })
          }}
        />
      )}
      {draft.changed && <p className="quiet">{t('console.draft.kept')}</p>}
      <PersonFields {...fields} />
      <StandingFields {...fields} branchId={branchId} />
      <Refusal problem={problem} except={['body.']} />
      <div className="buttons sticky">
        <Button htmlType="submit" type="primary" loading={saving.busy} disabled={newer !== null}>
          {t(latest === null ? 'console.members.register' : 'console.save')}
        </Button>
        <Button onClick={drop}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}
