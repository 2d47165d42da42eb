/** 谈心谈话: what the rule still asks, by name; who talked with whom, on which day. There is no field for what was said. */
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { listTalks, putTalk, removeTalk } from '#contract/talks'
import { newId } from '../../shared/device.ts'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { DayField } from '../field/DayField.tsx'
import { Field, Refusal } from '../field/Field.tsx'
import { PersonField, type Person } from '../field/PersonField.tsx'
import { useToday } from '../field/today.ts'
import { Answer } from '../frame/Answer.tsx'
import { useMay } from '../frame/may.ts'
import { Mark } from '../list/Mark.tsx'

export function Talks({ organisationId, year }: { organisationId: string; year: string }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const asked = useOperation(listTalks, { params: { organisationId }, query: { year } })
  const { run, busy, problem } = useAction(removeTalk)
  const writes = may('write:review')
  return (
    <section className="review-part" aria-label={t('console.reviews.talks')}>
      <header>
        <h3>{t('console.reviews.talks')}</h3>
        {writes && <Button onClick={() => setAdding(!adding)}>{t('console.reviews.addTalk')}</Button>}
      </header>
      {adding && writes && <Add organisationId={organisationId} onClose={() => setAdding(false)} />}
      <p className="quiet">{t('console.reviews.talksKept')}</p>
      <Answer asked={asked}>
        {({ items, asked: rules }) => (
          <>
            {rules.map((rule) => (
              <p key={rule.between}>
                <Mark tone={rule.met ? 'ok' : 'late'}>
                  <span className="wrapped">{say(rule.sentence)}</span>
                </Mark>
              </p>
            ))}
            <Refusal problem={problem} />
            <details>
              <summary>{t('console.reviews.allTalks', { count: items.length })}</summary>
              <ul className="talks">
                {items.map((talk) => (
                  <li key={talk.id}>
                    {t('console.reviews.pair', { name: talk.name, other: talk.otherName, day: showDay(talk.day, language) })}
                    {writes && (
                      <button
                        type="button"
                        className="link"
                        disabled={busy}
                        onClick={() => void run({ params: { organisationId, talkId: talk.id } }).catch(() => {})}
                      >
                        {t('console.reviews.remove')}
                        <span className="unseen">
                          {talk.name} {talk.otherName}
                        </span>
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            </details>
          </>
        )}
      </Answer>
    </section>
  )
}

function Add({ organisationId, onClose }: { organisationId: string; onClose: () => void }) {
  const t = useT()
  const today = useToday()
  const { run, busy, problem } = useAction(putTalk)
  const [talkId] = useState(newId)
  const [one, setOne] = useState<Person | null>(null)
  const [other, setOther] = useState<Person | null>(null)
  const [day, setDay] = useState<string | null>(today)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (one === null || other === null || day === null) return
    run({ params: { organisationId, talkId }, body: { day, memberId: one.id, otherMemberId: other.id } }).then(onClose, () => {})
  }

  return (
    <form onSubmit={submit} noValidate className="review-form review-add">
      <Field label={t('console.reviews.one')} wrong={problem?.of('body.memberId')}>
        <PersonField organisationId={organisationId} value={one} onPerson={setOne} />
      </Field>
      <Field label={t('console.reviews.other')} wrong={problem?.of('body.otherMemberId')}>
        <PersonField organisationId={organisationId} value={other} onPerson={setOther} />
      </Field>
      <Field label={t('console.reviews.day')} wrong={problem?.of('body.day')}>
        <DayField value={day} onDay={setDay} />
      </Field>
      <Refusal problem={problem} except={['body.memberId', 'body.otherMemberId', 'body.day']} />
      <div className="buttons">
        <Button htmlType="submit" type="primary" loading={busy} disabled={one === null || other === null || day === null}>
          {t('console.reviews.addTalk')}
        </Button>
        <Button onClick={onClose}>{t('console.cancel')}</Button>
      </div>
    </form>
  )
}
