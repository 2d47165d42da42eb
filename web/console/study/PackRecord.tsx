/** One published pack: what is in it, changing it, and withdrawing it, which cannot be undone. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { getPack, type Pack as PackShape, withdrawPack } from '#contract/study'
import { showDay, showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { showSize } from '../../shared/size.ts'
import { Field, Refusal } from '../field/Field.tsx'
import { Answer } from '../frame/Answer.tsx'
import { Facts } from '../list/Facts.tsx'
import { PackForm } from './PackForm.tsx'

type Pack = z.output<typeof PackShape>

export function PackRecord({ packId }: { packId: string }) {
  const [editing, setEditing] = useState(false)
  const asked = useOperation(getPack, { params: { packId } })
  return (
    <Answer asked={asked}>
      {(pack) =>
        editing ? (
          <PackForm organisationId={pack.organisationId} pack={pack} onDone={() => setEditing(false)} />
        ) : (
          <Shown pack={pack} onEdit={() => setEditing(true)} />
        )
      }
    </Answer>
  )
}

function Shown({ pack, onEdit }: { pack: Pack; onEdit: () => void }) {
  const t = useT()
  const language = useLanguage()
  return (
    <div className="study-record">
      <h3>{pack.title}</h3>
      <p>{pack.summary}</p>
      <Facts
        facts={[
          [t('console.study.published'), showMoment(pack.publishedAt, language)],
          [t('console.study.expires'), pack.expiresOn === null ? t('console.study.noEnd') : showDay(pack.expiresOn, language)],
          [t('console.study.minutesField'), t('console.study.minutes', { minutes: pack.minutes })],
          [t('console.study.size'), showSize(pack.bytes)],
          pack.withdrawnAt !== null && [t('console.study.withdrawn'), showMoment(pack.withdrawnAt, language)],
          pack.withdrawnAt !== null && [t('console.study.withdrawReasonShown'), pack.withdrawReason],
        ]}
      />
      {pack.parts.map((part) => (
        <section key={part.id} className="study-part">
          <h4>
            {t(`console.study.kind.${part.kind}`)} · {part.title} <small>{showSize(part.bytes)}</small>
          </h4>
          {part.kind === 'ARTICLE' && <Text text={part.text} />}
        </section>
      ))}
      {pack.withdrawnAt === null && (
        <>
          <div className="buttons">
            <Button onClick={onEdit}>{t('console.study.edit')}</Button>
          </div>
          <Withdraw pack={pack} />
        </>
      )}
    </div>
  )
}

/** The article as the phone shows it. */
function Text({ text }: { text: string }) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return (
    <div className="study-text">
      {lines.map((line, n) =>
        // Paragraphs of one text never change their places.
        // oxlint-disable-next-line react/no-array-index-key
        line.startsWith('## ') ? <h5 key={n}>{line.slice(3)}</h5> : <p key={n}>{line}</p>,
      )}
    </div>
  )
}

function Withdraw({ pack }: { pack: Pack }) {
  const t = useT()
  const withdrawing = useAction(withdrawPack)
  const [reason, setReason] = useState('')
  return (
    <form
      className="study-withdraw"
      onSubmit={(event) => {
        event.preventDefault()
        // Shown above the button.
        withdrawing.run({ params: { organisationId: pack.organisationId, packId: pack.id }, body: { reason } }).catch(() => {})
      }}
    >
      <p>{t('console.study.withdrawConsequence')}</p>
      <Field label={t('console.study.withdrawReason')} wrong={withdrawing.problem?.of('body.reason')}>
        <Input value={reason} maxLength={200} required onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Refusal problem={withdrawing.problem} except={['body.reason']} />
      <Button danger htmlType="submit" disabled={withdrawing.busy || reason.trim() === ''}>
        {t('console.study.withdraw')}
      </Button>
    </form>
  )
}
