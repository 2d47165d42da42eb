/** Everybody reviewed, one a row: what is there, how peers and masses voted, the grade. Votes on paper are typed in the row. */
import { Button } from 'antd'
import { useState } from 'react'
import { grades, putTallies } from '#contract/reviews'
import { useT } from '../../shared/i18n.ts'
import { useAction } from '../../shared/query.ts'
import { Refusal } from '../field/Field.tsx'
import { useMay } from '../frame/may.ts'
import { useUndo } from '../frame/undo.tsx'
import { Rows } from '../list/Rows.tsx'
import { useColumns } from './columns.tsx'
import { type Grade, noVotes, type Review, type Reviewed, type Votes } from './review.ts'

interface PeopleProps {
  review: Review
  openId: string | undefined
  onOpen: (memberId: string) => void
}

export function People({ review, openId, onOpen }: PeopleProps) {
  const t = useT()
  const may = useMay()
  const [entering, setEntering] = useState(false)
  const tallies = may('write:review') && (review.state === 'RATING' || review.state === 'OPINION')
  const votes = may('write:review') && review.state !== 'PREPARING'
  const columns = useColumns(review.state, votes)
  return (
    <section className="review-part" aria-label={t('console.reviews.people')}>
      <header>
        <h3>{t('console.reviews.people')}</h3>
        {votes && <span className="quiet">{t('console.reviews.order')}</span>}
        {tallies && !entering && <Button onClick={() => setEntering(true)}>{t('console.reviews.paper')}</Button>}
      </header>
      {entering && tallies ? (
        <Tallies review={review} onClose={() => setEntering(false)} />
      ) : (
        <Rows
          label={t('console.reviews.people')}
          columns={columns}
          rows={review.people}
          idOf={(row) => row.memberId}
          openId={openId}
          {...(may('decide:review') ? { onOpen: (row: Reviewed) => onOpen(row.memberId) } : {})}
        />
      )}
    </section>
  )
}

interface Entered {
  paper: Votes
  masses: Votes
}

/** Numbers by keyboard alone: Tab goes on, Enter saves. */
function Tallies({ review, onClose }: { review: Review; onClose: () => void }) {
  const t = useT()
  const say = useUndo()
  const { run, busy, problem } = useAction(putTallies)
  const [massVoters, setMassVoters] = useState(review.massVoters)
  const [entered, setEntered] = useState<Record<string, Entered>>(() =>
    Object.fromEntries(review.people.map((row) => [row.memberId, { paper: row.paper ?? noVotes(), masses: row.masses ?? noVotes() }])),
  )
  const { organisationId, year } = review
  const of = (memberId: string): Entered => entered[memberId] ?? { paper: noVotes(), masses: noVotes() }

  async function save() {
    const rows = review.people.map(({ memberId }) => ({ memberId, ...of(memberId) }))
    await run({ params: { organisationId, year }, body: { massVoters, rows } })
    say(t('console.reviews.saved'))
    onClose()
  }

  const cell = (row: Reviewed, kind: keyof Entered, grade: Grade) => (
    <Tally
      key={grade}
      aria-label={t('console.reviews.cellOf', {
        name: row.name,
        kind: t(kind === 'paper' ? 'console.reviews.paper' : 'console.reviews.masses'),
        grade: t(`shared.grade.${grade}`),
      })}
      value={of(row.memberId)[kind][grade]}
      onCount={(count) => {
        const before = of(row.memberId)
        setEntered({ ...entered, [row.memberId]: { ...before, [kind]: { ...before[kind], [grade]: count } } })
      }}
    />
  )

  return (
    <form
      className="tallies"
      onSubmit={(event) => {
        event.preventDefault()
        void save().catch(() => {})
      }}
      noValidate
    >
      <p className="quiet">{t('console.reviews.talliesHint')}</p>
      <label className="mass-voters">
        {t('console.reviews.massVoters')}
        <Tally value={massVoters} onCount={setMassVoters} />
      </label>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('console.reviews.name')}</th>
            <th scope="col">{t('console.reviews.paper')}</th>
            <th scope="col">{t('console.reviews.masses')}</th>
          </tr>
        </thead>
        <tbody>
          {review.people
            .filter((row) => !row.probationary)
            .map((row) => (
              <tr key={row.memberId}>
                <th scope="row">{row.name}</th>
                <td>{grades.map((grade) => cell(row, 'paper', grade))}</td>
                <td>{grades.map((grade) => cell(row, 'masses', grade))}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <Refusal problem={problem} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" loading={busy}>
          {t('console.reviews.saveTallies')}
        </Button>
        <Button onClick={onClose}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}

interface TallyProps {
  'aria-label'?: string
  value: number
  onCount: (count: number) => void
}

/** A number of up to four digits; nothing else can be typed. */
function Tally({ value, onCount, ...rest }: TallyProps) {
  return (
    <input
      className="tally"
      inputMode="numeric"
      value={value}
      onFocus={(event) => event.target.select()}
      onChange={(event) => onCount(Number(event.target.value.replaceAll(/\D/g, '').slice(0, 4)))}
      {...rest}
    />
  )
}
