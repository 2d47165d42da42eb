/** 整改清单 of a year: open to the branch; whoever looks after it adds, follows and has it verified. */
import { useState, type FormEvent } from 'react'
import { getMyLife } from '#contract/life'
import { listRectifications, putRectification } from '#contract/rectifications'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty } from '../../shared/states.tsx'
import { Asked } from '../parts/Asked.tsx'
import { Choice } from '../parts/Choice.tsx'
import { addDays, thisYear, today } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { People } from '../parts/People.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { runsReviews } from './life.ts'
import { RectificationCard } from './RectificationCard.tsx'

/** Days an item is given to begin with; the field says otherwise. */
const usualDays = 60

export function Rectifications() {
  const t = useT()
  const { me, post } = useSession()
  const last = String(Number(thisYear()) - 1)
  const [year, setYear] = useState(last)
  const [adding, setAdding] = useState(false)
  const organisationId = post?.organisationId ?? ''
  const office = runsReviews(post)
  const asked = useOperation(listRectifications, { params: { organisationId }, query: { year } }, { enabled: post !== null })
  return (
    <Page
      title={t('mobile.reviews.rectify.title')}
      back="/reviews"
      foot={
        office ? (
          <button type="button" className="button wide" onClick={() => setAdding(true)}>
            {t('mobile.reviews.rectify.add')}
          </button>
        ) : undefined
      }
    >
      <Choice
        label={t('mobile.reviews.yearOf')}
        quiet
        value={year}
        options={[last, thisYear()].map((value) => ({ value, name: t('mobile.reviews.year', { year: value }) }))}
        onChange={setYear}
      />
      <Asked asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('mobile.reviews.rectify.none')} />
          ) : (
            <section aria-labelledby="items">
              <h2 id="items" className="unseen">
                {t('mobile.reviews.year', { year })}
              </h2>
              {items.map((item) => (
                <RectificationCard key={item.id} item={item} own={item.ownerId === me.member?.memberId} office={office} />
              ))}
            </section>
          )
        }
      </Asked>
      {adding && <Add organisationId={organisationId} year={year} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Add({ organisationId, year, onClose }: { organisationId: string; year: string; onClose: () => void }) {
  const t = useT()
  const people = useOperation(getMyLife, {}).data?.branch ?? []
  const { run, busy, problem } = useAction(putRectification)
  const [rectificationId] = useState(newId)
  const [item, setItem] = useState({ problem: '', measure: '', ownerId: '', dueOn: addDays(today(), usualDays) })
  const complete = item.problem.trim() !== '' && item.measure.trim() !== '' && item.ownerId !== '' && item.dueOn !== ''

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { organisationId, rectificationId }, body: { year, ...item } }).then(onClose, () => {})
  }

  return (
    <Sheet title={t('mobile.reviews.rectify.add')} onClose={onClose}>
      <form className="sheet-acts" onSubmit={submit} noValidate>
        <Field label={t('mobile.reviews.rectify.problem')} wrong={problem?.of('body.problem')}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={2}
              maxLength={500}
              value={item.problem}
              onChange={(event) => setItem({ ...item, problem: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('mobile.reviews.rectify.measure')} wrong={problem?.of('body.measure')}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={2}
              maxLength={500}
              value={item.measure}
              onChange={(event) => setItem({ ...item, measure: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('mobile.reviews.rectify.who')} wrong={problem?.of('body.ownerId')}>
          {(attributes) => (
            <People
              {...attributes}
              none={t('mobile.reviews.choose')}
              people={people}
              value={item.ownerId}
              onChange={(ownerId) => setItem({ ...item, ownerId })}
            />
          )}
        </Field>
        <Field label={t('mobile.reviews.rectify.due')} wrong={problem?.of('body.dueOn')}>
          {(attributes) => (
            <input {...attributes} type="date" value={item.dueOn} onChange={(event) => setItem({ ...item, dueOn: event.target.value })} />
          )}
        </Field>
        <Wrong problem={problem} except={['body.problem', 'body.measure', 'body.ownerId', 'body.dueOn']} />
        <button type="submit" className="button wide" disabled={busy || !complete}>
          {t('mobile.reviews.save')}
        </button>
      </form>
    </Sheet>
  )
}
