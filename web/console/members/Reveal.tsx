/** The full numbers, for a purpose that is kept on record and that the person can read. Editing needs them, so it says so first. */
import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, useState } from 'react'
import { revealIdentity } from '#contract/members'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { Facts } from '../list/Facts.tsx'
import type { Numbers } from './input.ts'
import type { Member } from './member.ts'

interface RevealProps {
  member: Member
  /** Absent when the post may not write. */
  onEdit: ((numbers: Numbers) => void) | undefined
}

export function Reveal({ member, onEdit }: RevealProps) {
  const t = useT()
  const revealing = useAction(revealIdentity)
  const [numbers, setNumbers] = useState<Numbers | null>(null)
  const [asking, setAsking] = useState<'look' | 'edit' | null>(null)
  const [purpose, setPurpose] = useState('')
  const first = useFirst<InputRef>(asking)

  function ask(what: 'look' | 'edit') {
    if (what === 'edit' && numbers !== null) return onEdit?.(numbers)
    setPurpose(what === 'edit' ? t('console.reveal.editPurpose') : '')
    setAsking(what)
  }

  async function reveal(event: FormEvent) {
    event.preventDefault()
    const found = await revealing.run({ params: { organisationId: member.organisationId, memberId: member.id }, purpose: purpose.trim() })
    if (asking === 'edit') onEdit?.(found)
    else setNumbers(found)
    setAsking(null)
  }

  return (
    <section className="reveal" aria-label={t('console.reveal.title')}>
      {numbers !== null && (
        <Facts
          facts={[
            [t('console.member.identity'), numbers.identityNumber],
            [t('console.member.phone'), numbers.phone],
          ]}
        />
      )}
      {asking === null ? (
        <div className="buttons">
          {numbers === null ? (
            <Button onClick={() => ask('look')}>{t('console.reveal.open')}</Button>
          ) : (
            <Button onClick={() => setNumbers(null)}>{t('console.reveal.hide')}</Button>
          )}
          {onEdit && (
            <Button type="primary" onClick={() => ask('edit')}>
              {t('console.member.edit')}
            </Button>
          )}
        </div>
      ) : (
        <form onSubmit={(event) => void reveal(event).catch(() => {})} noValidate>
          <Field label={t('console.reveal.purpose')} hint={t(asking === 'edit' ? 'console.reveal.editHint' : 'console.reveal.hint')}>
            <Input ref={first} value={purpose} maxLength={100} onChange={(event) => setPurpose(event.target.value)} />
          </Field>
          <Refusal problem={revealing.problem} />
          <div className="buttons">
            <Button htmlType="submit" type="primary" loading={revealing.busy} disabled={purpose.trim() === ''}>
              {t(asking === 'edit' ? 'console.reveal.goOn' : 'console.reveal.show')}
            </Button>
            <Button onClick={() => setAsking(null)}>{t('console.cancel')}</Button>
          </div>
        </form>
      )}
    </section>
  )
}
