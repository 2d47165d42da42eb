/** One member: votes, the sealed papers opened with a purpose, grade and opinion, the letter, a correction after closing. */
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { amendedFields, amendReview, grades, openPapers, putOpinion } from '#contract/reviews'
import type { ReturnsOf } from '#contract/operation'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Choice } from '../field/Choice.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { LongText } from '../field/LongText.tsx'
import { useAddress } from '../frame/address.ts'
import { useUndo } from '../frame/undo.tsx'
import { Facts } from '../list/Facts.tsx'
import { type Grade, inOrder, type Review, type Reviewed } from './review.ts'

type Papers = ReturnsOf<typeof openPapers>

export function PersonPane({ review, person }: { review: Review; person: Reviewed }) {
  const t = useT()
  const address = useAddress()
  const [papers, setPapers] = useState<Papers | null>(null)
  return (
    <>
      <Facts
        facts={[
          [t('console.reviews.peers'), inOrder(person.peers)],
          [t('console.reviews.masses'), inOrder(person.masses)],
          [t('console.reviews.grade'), person.grade === null ? null : t(`shared.grade.${person.grade}`)],
          papers !== null && [
            t('console.reviews.assessment'),
            papers.assessment === '' ? t('console.reviews.noAssessment') : papers.assessment,
          ],
          papers !== null && papers.ownGrade !== null && [t('console.reviews.ownGrade'), t(`shared.grade.${papers.ownGrade}`)],
          papers !== null && review.state === 'CLOSED' && [t('console.reviews.opinion'), papers.opinion],
        ]}
      />
      {papers === null && <Open review={review} person={person} onOpened={setPapers} />}
      {review.state === 'OPINION' && <Opinion review={review} person={person} papers={papers} />}
      {review.state === 'CLOSED' && (
        <>
          <div className="buttons">
            <Button onClick={() => address.set({ letter: person.memberId })}>{t('console.reviews.printLetter')}</Button>
          </div>
          <Amend review={review} person={person} />
        </>
      )}
    </>
  )
}

function Open({
  review: { organisationId, year, state },
  person,
  onOpened,
}: {
  review: Review
  person: Reviewed
  onOpened: (papers: Papers) => void
}) {
  const t = useT()
  const { run, busy, problem } = useAction(openPapers)
  const [purpose, setPurpose] = useState(state === 'OPINION' ? t('console.reviews.purposeWrite') : '')

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { organisationId, year, memberId: person.memberId }, purpose: purpose.trim() }).then(onOpened, () => {})
  }

  return (
    <form onSubmit={submit} noValidate className="review-form">
      <Field label={t('console.reviews.purpose')} hint={t('console.reviews.purposeHint')}>
        <Input value={purpose} maxLength={100} onChange={(event) => setPurpose(event.target.value)} />
      </Field>
      <Refusal problem={problem} />
      <div className="buttons">
        <Button htmlType="submit" loading={busy} disabled={purpose.trim() === ''}>
          {t('console.reviews.openPapers')}
        </Button>
      </div>
    </form>
  )
}

function Opinion({ review: { organisationId, year }, person, papers }: { review: Review; person: Reviewed; papers: Papers | null }) {
  const t = useT()
  const say = useUndo()
  const { run, busy, problem } = useAction(putOpinion)
  const [grade, setGrade] = useState<Grade | undefined>(person.grade ?? undefined)
  const [written, setWritten] = useState<string | undefined>(undefined)
  const opinion = written ?? papers?.opinion ?? (person.hasOpinion ? undefined : '')

  async function save(event: FormEvent) {
    event.preventDefault()
    const body = {
      grade: person.probationary ? null : (grade ?? null),
      version: person.version,
      ...(opinion === undefined ? {} : { opinion }),
    }
    await run({ params: { organisationId, year, memberId: person.memberId }, body })
    say(t('console.reviews.saved'))
  }

  return (
    <form onSubmit={(event) => void save(event).catch(() => {})} noValidate className="review-form">
      {!person.probationary && (
        <Field label={t('console.reviews.grade')} wrong={problem?.of('body.grade')}>
          <Choice value={grade ?? ''} none="—" options={grades} nameOf={(each) => t(`shared.grade.${each}`)} onChoose={setGrade} />
        </Field>
      )}
      {opinion === undefined ? (
        <p className="quiet">{t('console.reviews.sealedHint')}</p>
      ) : (
        <Field label={t('console.reviews.opinion')} wrong={problem?.of('body.opinion')} wide>
          <LongText value={opinion} lines={5} maxLength={4000} onText={setWritten} />
        </Field>
      )}
      <Refusal problem={problem} except={['body.grade', 'body.opinion']} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" loading={busy}>
          {t('console.reviews.save')}
        </Button>
      </div>
    </form>
  )
}

function Amend({ review: { organisationId, year }, person }: { review: Review; person: Reviewed }) {
  const t = useT()
  const say = useUndo()
  const { run, busy, problem } = useAction(amendReview)
  const [open, setOpen] = useState(false)
  const [field, setField] = useState<(typeof amendedFields)[number]>('opinion')
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const [amendmentId] = useState(newId)
  if (!open) {
    return (
      <div className="buttons">
        <Button onClick={() => setOpen(true)}>{t('console.reviews.amend')}</Button>
      </div>
    )
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    await run({ params: { organisationId, year, amendmentId }, body: { memberId: person.memberId, field, new: text, reason } })
    say(t('console.reviews.saved'))
  }

  return (
    <form onSubmit={(event) => void save(event).catch(() => {})} noValidate className="review-form">
      <Field label={t('console.reviews.amendWhat')}>
        <Choice
          value={field}
          options={amendedFields}
          nameOf={(each) => t(`shared.reviewField.${each}`)}
          onChoose={(each) => {
            setField(each ?? 'opinion')
            setText('')
          }}
        />
      </Field>
      {field === 'grade' ? (
        <Field label={t('console.reviews.amendNew')} wrong={problem?.of('body.new')}>
          <Choice
            value={grades.find((grade) => grade === text) ?? ''}
            none="—"
            options={grades}
            nameOf={(each) => t(`shared.grade.${each}`)}
            onChoose={(each) => setText(each ?? '')}
          />
        </Field>
      ) : (
        <Field label={t('console.reviews.amendNew')} wrong={problem?.of('body.new')} wide>
          <LongText value={text} lines={4} maxLength={4000} onText={setText} />
        </Field>
      )}
      <Field label={t('console.reviews.amendReason')} hint={t('console.reviews.amendHint')} wrong={problem?.of('body.reason')} wide>
        <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Refusal problem={problem} except={['body.new', 'body.reason']} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" loading={busy} disabled={text.trim() === '' || reason.trim() === ''}>
          {t('console.reviews.amend')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}
