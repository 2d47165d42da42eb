/** Grade and opinion of each, one at a time. A sealed text opens with a purpose that the member sees. */
import { useState, type FormEvent } from 'react'
import { getReview, grades, openPapers, putOpinion } from '#contract/reviews'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Asked } from '../parts/Asked.tsx'
import { Choice } from '../parts/Choice.tsx'
import { thisYear } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { decides, type Review, runsReviews } from './life.ts'
import { type Grade, gradeOptions } from './words.ts'

type Person = Review['people'][number]

export function BranchPeople() {
  const t = useT()
  const { post } = useSession()
  const [openId, setOpenId] = useState<string | null>(null)
  const organisationId = post?.organisationId ?? ''
  const asked = useOperation(getReview, { params: { organisationId, year: thisYear() } }, { enabled: runsReviews(post) })
  return (
    <Page title={t('mobile.reviews.branch.people')} back="/reviews/branch">
      <Asked asked={asked}>
        {(review) => {
          const open = review.people.find(({ memberId }) => memberId === openId)
          const writing = review.state === 'OPINION' && decides(post)
          return (
            <>
              <ul className="rows card">
                {review.people.map((person) => (
                  <Row key={person.memberId} person={person} onOpen={writing ? () => setOpenId(person.memberId) : undefined} />
                ))}
              </ul>
              {open !== undefined && <Opinion review={review} person={open} onClose={() => setOpenId(null)} />}
            </>
          )
        }}
      </Asked>
    </Page>
  )
}

function Row({ person, onOpen }: { person: Person; onOpen: (() => void) | undefined }) {
  const t = useT()
  const words = (
    <>
      <span>
        {person.name}
        <small>{t(person.hasOpinion ? 'mobile.reviews.branch.hasOpinion' : 'mobile.reviews.branch.noOpinion')}</small>
      </span>
      <b>
        {person.probationary ? t('mobile.reviews.branch.probationary') : person.grade === null ? '' : t(`shared.grade.${person.grade}`)}
      </b>
    </>
  )
  return (
    <li>
      {onOpen === undefined ? (
        <div>{words}</div>
      ) : (
        <button type="button" className="row-button" onClick={onOpen}>
          {words}
          <Icon name="forward" />
        </button>
      )}
    </li>
  )
}

function Opinion({ review, person, onClose }: { review: Review; person: Person; onClose: () => void }) {
  const t = useT()
  const { organisationId, year } = review
  const { memberId } = person
  const papers = useAction(openPapers)
  const { run, busy, problem } = useAction(putOpinion)
  const [grade, setGrade] = useState<Grade | null>(person.grade)
  const [opinion, setOpinion] = useState<string | undefined>(person.hasOpinion ? undefined : '')
  const [assessment, setAssessment] = useState<string | null>(null)

  async function open() {
    const found = await papers.run({ params: { organisationId, year, memberId }, purpose: t('mobile.reviews.branch.purpose') })
    setAssessment(found.assessment)
    setOpinion(found.opinion)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { grade: person.probationary ? null : grade, version: person.version, ...(opinion === undefined ? {} : { opinion }) }
    run({ params: { organisationId, year, memberId }, body }).then(onClose, () => {})
  }

  return (
    <Sheet title={person.name} onClose={onClose}>
      <form className="sheet-acts" onSubmit={submit} noValidate>
        {person.peers !== null && (
          <p className="quiet">
            {t('mobile.reviews.branch.peers')}
            {grades.map((one) => `${t(`shared.grade.${one}`)} ${person.peers?.[one] ?? 0}`).join(' · ')}
          </p>
        )}
        {person.masses !== null && (
          <p className="quiet">
            {t('mobile.reviews.branch.masses')}
            {grades.map((one) => `${t(`shared.grade.${one}`)} ${person.masses?.[one] ?? 0}`).join(' · ')}
          </p>
        )}
        {assessment === null ? (
          <>
            <button type="button" className="button outline wide" disabled={papers.busy} onClick={() => void open().catch(() => {})}>
              {t('mobile.reviews.branch.openPapers')}
            </button>
            <p className="note">{t('mobile.reviews.branch.openNote')}</p>
            <Wrong problem={papers.problem} />
          </>
        ) : (
          <p className="text-block">{assessment === '' ? t('mobile.reviews.branch.noAssessment') : assessment}</p>
        )}
        {!person.probationary && (
          <Choice label={t('mobile.reviews.branch.grade')} value={grade ?? ('' as Grade)} options={gradeOptions(t)} onChange={setGrade} />
        )}
        {opinion === undefined ? (
          <p className="quiet">{t('mobile.reviews.branch.sealed')}</p>
        ) : (
          <Field label={t('mobile.reviews.branch.opinion')} wrong={problem?.of('body.opinion')}>
            {(attributes) => (
              <textarea {...attributes} rows={5} maxLength={4000} value={opinion} onChange={(event) => setOpinion(event.target.value)} />
            )}
          </Field>
        )}
        <Wrong problem={problem} except={['body.opinion']} />
        <button type="submit" className="button wide" disabled={busy}>
          {t('mobile.reviews.save')}
        </button>
      </form>
    </Sheet>
  )
}
