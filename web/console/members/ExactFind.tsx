/** One member by the exact identity or phone number: a field of its own, for what is typed here is never searched in part. */
import { Button, Input, type InputRef, Popover } from 'antd'
import { type FormEvent, useState } from 'react'
import { findMember } from '#contract/members'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import type { Row } from './columns.tsx'

export function ExactFind({ onFound }: { onFound: (member: Row) => void }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <Ask
          onFound={(member) => {
            setOpen(false)
            onFound(member)
          }}
        />
      }
    >
      <Button>{t('console.members.exact')}</Button>
    </Popover>
  )
}

function Ask({ onFound }: { onFound: (member: Row) => void }) {
  const t = useT()
  const first = useFirst<InputRef>()
  const [number, setNumber] = useState('')
  const finding = useAction(findMember)
  const [found, setFound] = useState<Row[] | null>(null)

  async function find(event: FormEvent) {
    event.preventDefault()
    const { items } = await finding.run({ body: number.length === 11 ? { phone: number } : { identityNumber: number } })
    const only = items.length === 1 ? items[0] : undefined
    if (only) onFound(only)
    else setFound(items)
  }

  const wrong = finding.problem?.of('body.identityNumber') ?? finding.problem?.of('body.phone')
  return (
    <form className="exact" onSubmit={(event) => void find(event).catch(() => {})} noValidate>
      <Field label={t('console.members.exactLabel')} hint={t('console.members.exactHint')} wrong={wrong}>
        <Input ref={first} autoComplete="off" maxLength={18} value={number} onChange={(event) => setNumber(event.target.value.trim())} />
      </Field>
      {wrong === undefined && <Refusal problem={finding.problem} />}
      {found !== null && (
        <ul role="status" className="exact-found">
          {found.length === 0 && <li>{t('console.members.exactNone')}</li>}
          {found.map((row) => (
            <li key={row.id}>
              <button type="button" className="link" onClick={() => onFound(row)}>
                {row.name} · {row.organisationName}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button htmlType="submit" type="primary" loading={finding.busy} disabled={number.length !== 11 && number.length !== 18}>
        {t('console.members.exactFind')}
      </Button>
    </form>
  )
}
