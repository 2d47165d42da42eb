/** 整改清单: what is put right, by whom, until when, how it goes; a line to add, and the acts of each item in its row. */
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import type { ReturnsOf } from '#contract/operation'
import {
  finishRectification,
  followRectification,
  listRectifications,
  putRectification,
  verifyRectification,
} from '#contract/rectifications'
import { newId } from '../../shared/device.ts'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { DayField } from '../field/DayField.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { PersonField, type Person } from '../field/PersonField.tsx'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useAddress } from '../frame/address.ts'
import { useMay } from '../frame/may.ts'
import { Mark } from '../list/Mark.tsx'

type Item = ReturnsOf<typeof putRectification>

interface RectificationsProps {
  organisationId: string
  year: string
  /** For paper: the table alone. */
  plain?: boolean
}

export function Rectifications({ organisationId, year, plain = false }: RectificationsProps) {
  const t = useT()
  const may = useMay()
  const address = useAddress()
  const [adding, setAdding] = useState(false)
  const asked = useOperation(listRectifications, { params: { organisationId }, query: { year } })
  const writes = may('write:review') && !plain
  return (
    <section className="review-part" aria-label={t('console.reviews.rectify')}>
      {!plain && (
        <header>
          <h3>{t('console.reviews.rectify')}</h3>
          {writes && <Button onClick={() => setAdding(!adding)}>{t('console.reviews.addItem')}</Button>}
          <Button onClick={() => address.set({ list: 'print' })}>{t('console.reviews.printList')}</Button>
        </header>
      )}
      {adding && writes && <Add organisationId={organisationId} year={year} onClose={() => setAdding(false)} />}
      <Answer asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{t('console.reviews.rectifyNone')}</p>
          ) : (
            <table className="plain rectifications">
              <thead>
                <tr>
                  <th scope="col">{t('console.reviews.problem')}</th>
                  <th scope="col">{t('console.reviews.measure')}</th>
                  <th scope="col">{t('console.reviews.owner')}</th>
                  <th scope="col">{t('console.reviews.due')}</th>
                  <th scope="col">{t('console.reviews.state')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <Row key={`${item.id}${item.version}`} item={item} writes={writes} />
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </section>
  )
}

function Row({ item, writes }: { item: Item; writes: boolean }) {
  const t = useT()
  const language = useLanguage()
  const today = useToday()
  const late = item.state === 'OPEN' && item.dueOn < today
  return (
    <tr>
      <td>{item.problem}</td>
      <td>{item.measure}</td>
      <td>{item.ownerName}</td>
      <td className="nowrap">
        {showDay(item.dueOn, language)}
        {late && (
          <>
            <br />
            <Mark tone="late">{t('console.reviews.late')}</Mark>
          </>
        )}
      </td>
      <td>
        <Mark tone={item.state === 'VERIFIED' ? 'ok' : item.state === 'DONE' ? 'wait' : 'calm'}>
          {t(`console.reviews.rectifyState.${item.state}`)}
        </Mark>
        {item.followUps.map((note) => (
          <p key={note.id} className="quiet">
            {t('console.reviews.by', { text: note.text, name: note.byName })}
          </p>
        ))}
        {item.doneNote !== '' && <p className="quiet">{t('console.reviews.by', { text: item.doneNote, name: item.doneByName })}</p>}
        {item.verifiedNote !== '' && (
          <p className="quiet">{t('console.reviews.by', { text: item.verifiedNote, name: item.verifiedByName })}</p>
        )}
        {writes && item.state !== 'VERIFIED' && <Acts item={item} />}
      </td>
    </tr>
  )
}

type Act = 'follow' | 'finish' | 'accept' | 'sendBack'

/** What can be done with one item, each with a sentence. */
function Acts({ item: { organisationId, id: rectificationId, state, ownerId, problem: about } }: { item: Item }) {
  const t = useT()
  const { me } = useSession()
  const [act, setAct] = useState<Act | null>(null)
  const [text, setText] = useState('')
  const follow = useAction(followRectification)
  const finish = useAction(finishRectification)
  const verify = useAction(verifyRectification)
  const acts: Act[] = state === 'OPEN' ? ['finish', 'follow'] : ownerId === me.member?.memberId ? [] : ['accept', 'sendBack']
  const params = { organisationId, rectificationId }

  function done(event: FormEvent) {
    event.preventDefault()
    const ran =
      act === 'follow'
        ? follow.run({ params: { ...params, followUpId: newId() }, body: { text } })
        : act === 'finish'
          ? finish.run({ params, body: { text } })
          : verify.run({ params, body: { accepted: act === 'accept', text } })
    const close = () => {
      setAct(null)
      setText('')
    }
    ran.then(close, () => {})
  }

  if (act === null) {
    return (
      <p className="row-acts">
        {acts.map((each) => (
          <button type="button" className="link" key={each} onClick={() => setAct(each)}>
            {t(`console.reviews.${each}`)}
            <span className="unseen"> {about}</span>
          </button>
        ))}
      </p>
    )
  }
  return (
    <form onSubmit={done} noValidate className="review-form">
      <Field label={t('console.reviews.say')}>
        <Input value={text} maxLength={500} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Refusal problem={follow.problem ?? finish.problem ?? verify.problem} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" disabled={text.trim() === ''} loading={follow.busy || finish.busy || verify.busy}>
          {t(`console.reviews.${act}`)}
        </Button>
        <Button onClick={() => setAct(null)}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}

function Add({ organisationId, year, onClose }: { organisationId: string; year: string; onClose: () => void }) {
  const t = useT()
  const { run, busy, problem } = useAction(putRectification)
  const [rectificationId] = useState(newId)
  const [about, setAbout] = useState('')
  const [measure, setMeasure] = useState('')
  const [owner, setOwner] = useState<Person | null>(null)
  const [dueOn, setDueOn] = useState<string | null>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (owner === null || dueOn === null) return
    run({ params: { organisationId, rectificationId }, body: { year, problem: about, measure, ownerId: owner.id, dueOn } }).then(
      onClose,
      () => {},
    )
  }

  return (
    <form onSubmit={submit} noValidate className="review-form review-add">
      <Field label={t('console.reviews.problem')} wrong={problem?.of('body.problem')}>
        <Input value={about} maxLength={500} onChange={(event) => setAbout(event.target.value)} />
      </Field>
      <Field label={t('console.reviews.measure')} wrong={problem?.of('body.measure')}>
        <Input value={measure} maxLength={500} onChange={(event) => setMeasure(event.target.value)} />
      </Field>
      <Field label={t('console.reviews.owner')} wrong={problem?.of('body.ownerId')}>
        <PersonField organisationId={organisationId} value={owner} onPerson={setOwner} />
      </Field>
      <Field label={t('console.reviews.due')} wrong={problem?.of('body.dueOn')}>
        <DayField value={dueOn} onDay={setDueOn} />
      </Field>
      <Refusal problem={problem} except={['body.problem', 'body.measure', 'body.ownerId', 'body.dueOn']} />
      <div className="buttons">
        <Button
          htmlType="submit"
          type="primary"
          loading={busy}
          disabled={about.trim() === '' || measure.trim() === '' || owner === null || dueOn === null}
        >
          {t('console.reviews.addItem')}
        </Button>
        <Button onClick={onClose}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}
