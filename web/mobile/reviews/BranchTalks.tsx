/** 谈心谈话 of the branch: what the rule still asks, in words and by name, and the pairs on record. Political birthdays of the month beside it. */
import { useState, type FormEvent } from 'react'
import { getMyLife, getPartyDays } from '#contract/life'
import { listTalks, putTalk, removeTalk } from '#contract/talks'
import { newId } from '../../shared/device.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Asked } from '../parts/Asked.tsx'
import { showShortDay, thisYear, today } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { Page } from '../parts/Page.tsx'
import { People } from '../parts/People.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { runsReviews } from './life.ts'

export function BranchTalks() {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { post } = useSession()
  const [adding, setAdding] = useState(false)
  const organisationId = post?.organisationId ?? ''
  const params = { organisationId }
  const asked = useOperation(listTalks, { params, query: { year: thisYear() } }, { enabled: runsReviews(post) })
  const days = useOperation(getPartyDays, { params, query: { month: today().slice(0, 7) } }, { enabled: runsReviews(post) })
  const removing = useAction(removeTalk)
  return (
    <Page
      title={t('mobile.reviews.branch.pages.talks')}
      back="/reviews/branch"
      foot={
        <button type="button" className="button wide" onClick={() => setAdding(true)}>
          {t('mobile.reviews.talk.add')}
        </button>
      }
    >
      <Asked asked={asked}>
        {({ items, asked: rules }) => (
          <>
            {rules.map((rule) => (
              <p key={rule.between} className={rule.met ? 'card ok-edge' : 'card late-edge'}>
                {say(rule.sentence)}
              </p>
            ))}
            <Wrong problem={removing.problem} />
            {items.length === 0 ? (
              <p className="nothing">{t('mobile.reviews.talk.noneBranch')}</p>
            ) : (
              <ul className="rows card">
                {items.map((talk) => (
                  <li key={talk.id}>
                    <div>
                      <span>
                        {t('mobile.reviews.talk.pair', { name: talk.name, other: talk.otherName })}
                        <small>{showShortDay(talk.day, language)}</small>
                      </span>
                      <button
                        type="button"
                        className="text quiet"
                        disabled={removing.busy}
                        onClick={() => void removing.run({ params: { organisationId, talkId: talk.id } }).catch(() => {})}
                      >
                        {t('mobile.reviews.talk.remove')}
                        <span className="unseen">{t('mobile.reviews.talk.pair', { name: talk.name, other: talk.otherName })}</span>
                      </button>
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Asked>
      <section aria-labelledby="days">
        <h2 id="days">{t('mobile.reviews.birthday.month')}</h2>
        <Asked asked={days}>
          {({ birthdays, oaths }) => (
            <>
              {birthdays.length + oaths.length === 0 && <p className="nothing">{t('mobile.reviews.birthday.noneMonth')}</p>}
              {birthdays.map((one) => (
                <p key={one.memberId} className="card">
                  {t('mobile.reviews.birthday.of', { name: one.name, day: showShortDay(one.day, language), years: one.years })}
                </p>
              ))}
              {oaths.map((oath) => (
                <p key={oath.gatheringId} className="card">
                  {t('mobile.reviews.birthday.renewed', { title: oath.title, note: oath.note })}
                </p>
              ))}
            </>
          )}
        </Asked>
      </section>
      {adding && <Add organisationId={organisationId} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Add({ organisationId, onClose }: { organisationId: string; onClose: () => void }) {
  const t = useT()
  const people = useOperation(getMyLife, {}).data?.branch ?? []
  const { run, busy, problem } = useAction(putTalk)
  const [talkId] = useState(newId)
  const [talk, setTalk] = useState({ day: today(), memberId: '', otherMemberId: '' })

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { organisationId, talkId }, body: talk }).then(onClose, () => {})
  }

  return (
    <Sheet title={t('mobile.reviews.talk.add')} onClose={onClose}>
      <form className="sheet-acts" onSubmit={submit} noValidate>
        {(['memberId', 'otherMemberId'] as const).map((which) => (
          <Field key={which} label={t(`mobile.reviews.talk.${which}`)} wrong={problem?.of(`body.${which}`)}>
            {(attributes) => (
              <People
                {...attributes}
                none={t('mobile.reviews.choose')}
                people={people}
                value={talk[which]}
                onChange={(memberId) => setTalk({ ...talk, [which]: memberId })}
              />
            )}
          </Field>
        ))}
        <Field label={t('mobile.reviews.talk.day')} wrong={problem?.of('body.day')}>
          {(attributes) => (
            <input
              {...attributes}
              type="date"
              max={today()}
              value={talk.day}
              onChange={(event) => setTalk({ ...talk, day: event.target.value })}
            />
          )}
        </Field>
        <p className="note">{t('mobile.reviews.talk.kept')}</p>
        <Wrong problem={problem} except={['body.memberId', 'body.otherMemberId', 'body.day']} />
        <button type="submit" className="button wide" disabled={busy || talk.memberId === '' || talk.otherMemberId === ''}>
          {t('mobile.reviews.save')}
        </button>
      </form>
    </Sheet>
  )
}
