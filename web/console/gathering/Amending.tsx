import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { amendGathering } from '#contract/record'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { useDraft } from '../field/draft.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { useFirst } from '../field/first.ts'
import { useUndo } from '../frame/undo.tsx'
import { LongText } from '../field/LongText.tsx'
import type { Gathering } from './useGathering.ts'

const fields = ['title', 'place', 'minutes'] as const

interface Typed {
  id: string
  field: (typeof fields)[number]
  text: string
  reason: string
}

/** 更正: a correction after the confirmation. The old text stays, the new one stands beside it. */
export function Amending({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <section className="amending" aria-labelledby="amending">
      <h3 id="amending">{t('console.amend.title')}</h3>
      {open ? (
        <AmendForm gathering={gathering} onDone={() => setOpen(false)} />
      ) : (
        <>
          <p className="quiet">{t('console.amend.note')}</p>
          <Button onClick={() => setOpen(true)}>{t('console.amend.open')}</Button>
        </>
      )}
    </section>
  )
}

function AmendForm({ gathering, onDone }: { gathering: Gathering; onDone: () => void }) {
  const t = useT()
  const say = useUndo()
  const first = useFirst<HTMLSelectElement>()
  const [blank] = useState<Typed>(() => ({ id: newId(), field: 'minutes', text: gathering.minutes, reason: '' }))
  const draft = useDraft<Typed>(`amend.${gathering.id}`, blank)
  const { id, field, text, reason } = draft.value
  const amending = useAction(amendGathering)
  const wrong = (name: string) => amending.problem?.of(`body.${name}`)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const params = { organisationId: gathering.organisationId, gatheringId: gathering.id, amendmentId: id }
    await amending.run({ params, body: { field, new: text, reason } })
    draft.clear()
    say(t('console.amend.done'))
    onDone()
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event).catch(() => {})}>
      <Field label={t('console.amend.field')}>
        <Choice
          ref={first}
          value={field}
          options={fields}
          nameOf={(each) => t(`console.gathering.${each}`)}
          onChoose={(each) => each && draft.change({ field: each, text: gathering[each] })}
        />
      </Field>
      <Field label={t('console.amend.new')} wrong={wrong('new')}>
        <LongText lines={3} value={text} onText={(typed) => draft.change({ text: typed })} />
      </Field>
      <Field label={t('console.amend.reason')} wrong={wrong('reason')}>
        <Input value={reason} maxLength={200} onChange={(event) => draft.change({ reason: event.target.value })} />
      </Field>
      <Refusal problem={amending.problem} except={['body.']} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" loading={amending.busy} disabled={reason.trim() === '' || text === gathering[field]}>
          {t('console.amend.do')}
        </Button>
        <Button
          onClick={() => {
            draft.clear()
            onDone()
          }}
        >
          {t('console.cancel')}
        </Button>
      </div>
    </form>
  )
}
