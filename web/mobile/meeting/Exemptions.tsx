/** 长期免到 and 送学上门: once a year who need not ask for leave each time, and when the branch went to them. */
import { useState, type FormEvent } from 'react'
import { exemptionReasons, listExemptions, putExemption, putHomeVisit } from '#contract/exemptions'
import { listMembers } from '#contract/members'
import type { ReturnsOf } from '#contract/operation'
import { showDay } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Empty, Failed, Loading } from '../../shared/states.tsx'
import { Choice } from '../parts/Choice.tsx'
import { thisYear, today } from '../parts/days.ts'
import { Field } from '../parts/Field.tsx'
import { OneOf } from '../parts/OneOf.tsx'
import { Page } from '../parts/Page.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { may } from './gathering.ts'
import './meeting.css'

type Item = ReturnsOf<typeof listExemptions>['items'][number]

export function Exemptions() {
  const t = useT()
  const say = useSay()
  const { post } = useSession()
  const organisationId = post?.organisationId ?? ''
  const writes = may(post, 'write:gathering')
  const asked = useOperation(listExemptions, { params: { organisationId } }, { enabled: writes })
  const { items, means } = asked.data ?? { items: [], means: [] }
  const [adding, setAdding] = useState(false)
  const [visiting, setVisiting] = useState<Item>()
  return (
    <Page
      title={t('mobile.exempt.title')}
      back="/meetings"
      foot={
        writes && (
          <div className="acts">
            <button type="button" className="button" aria-haspopup="dialog" onClick={() => setAdding(true)}>
              {t('mobile.exempt.add')}
            </button>
          </div>
        )
      }
    >
      {!writes && <Empty text={t('mobile.plan.notYours')} />}
      {writes &&
        asked.data === undefined &&
        (asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />)}
      {asked.data !== undefined && items.length === 0 && <Empty text={t('mobile.exempt.empty')} />}
      {items.map((item) => (
        <Person key={item.id} item={item} organisationId={organisationId} onVisit={() => setVisiting(item)} />
      ))}
      {means.map(({ ruleId, sentence }) => (
        <p key={ruleId} className="note">
          {say(sentence)}
        </p>
      ))}
      {adding && <Add organisationId={organisationId} known={items} onClose={() => setAdding(false)} />}
      {visiting !== undefined && <Visit organisationId={organisationId} item={visiting} onClose={() => setVisiting(undefined)} />}
    </Page>
  )
}

function Person({ item, organisationId, onVisit }: { item: Item; organisationId: string; onVisit: () => void }) {
  const t = useT()
  const language = useLanguage()
  const { run, busy, problem } = useAction(putExemption)
  const { id: exemptionId, memberId, year, reason, version } = item
  const end = () =>
    void run({
      params: { organisationId, exemptionId },
      body: { memberId, year, reason, version, endedOn: today() },
    }).catch(() => {})
  return (
    <section className="card said" aria-label={item.name}>
      <p>
        <b>{item.name}</b> · {t(`shared.leave.${reason}`)}
      </p>
      <p className="quiet">
        {item.endedOn === null
          ? t('mobile.exempt.year', { year, name: item.setByName })
          : t('mobile.exempt.ended', { day: showDay(item.endedOn, language) })}
      </p>
      {item.visits.length > 0 && (
        <ul className="visits">
          {item.visits.map((visit) => (
            <li key={visit.id}>
              {t('mobile.exempt.visited', { day: showDay(visit.on, language), visitors: visit.visitors, brought: visit.brought })}
            </li>
          ))}
        </ul>
      )}
      <Wrong problem={problem} />
      <div className="card-acts">
        <button type="button" className="button small" aria-haspopup="dialog" onClick={onVisit}>
          {t('mobile.exempt.visit')}
        </button>
        {item.endedOn === null && (
          <button type="button" className="text quiet" disabled={busy} onClick={end}>
            {t('mobile.exempt.end')}
          </button>
        )}
      </div>
    </section>
  )
}

function Add({ organisationId, known, onClose }: { organisationId: string; known: readonly Item[]; onClose: () => void }) {
  const t = useT()
  const people = useOperation(listMembers, { params: { organisationId }, query: { limit: 200 } })
  const [id] = useState(newId)
  const [memberId, setMemberId] = useState('')
  const [reason, setReason] = useState<(typeof exemptionReasons)[number]>('AGE_OR_DISABILITY')
  const { run, busy, problem } = useAction(putExemption)
  const taken = new Set(known.filter(({ endedOn }) => endedOn === null).map((item) => item.memberId))

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { organisationId, exemptionId: id }, body: { memberId, year: Number(thisYear()), reason } }).then(onClose, () => {})
  }

  return (
    <Sheet title={t('mobile.exempt.add')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Field label={t('mobile.exempt.who')} wrong={problem?.of('body.memberId')}>
          {(attributes) => (
            <OneOf
              {...attributes}
              none={t('mobile.exempt.choose')}
              value={memberId}
              options={(people.data?.items ?? [])
                .filter(({ id: each }) => !taken.has(each))
                .map((person) => ({ value: person.id, name: person.name }))}
              onChange={setMemberId}
            />
          )}
        </Field>
        <Choice
          label={t('mobile.exempt.why')}
          value={reason}
          options={exemptionReasons.map((value) => ({ value, name: t(`shared.leave.${value}`) }))}
          onChange={setReason}
        />
        <Wrong problem={problem} except={['body.memberId']} />
        <button type="submit" className="button wide" disabled={busy || memberId === ''}>
          {t('mobile.exempt.doAdd', { year: thisYear() })}
        </button>
      </form>
    </Sheet>
  )
}

function Visit({ organisationId, item, onClose }: { organisationId: string; item: Item; onClose: () => void }) {
  const t = useT()
  const { me } = useSession()
  const [id] = useState(newId)
  const [on, setOn] = useState(today)
  const [visitors, setVisitors] = useState(me.name)
  const [brought, setBrought] = useState('')
  const { run, busy, problem } = useAction(putHomeVisit)

  function submit(event: FormEvent) {
    event.preventDefault()
    run({ params: { organisationId, exemptionId: item.id, visitId: id }, body: { on, visitors, brought } }).then(onClose, () => {})
  }

  return (
    <Sheet title={t('mobile.exempt.visitTo', { name: item.name })} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Field label={t('mobile.plan.day')} wrong={problem?.of('body.on')}>
          {(attributes) => <input {...attributes} type="date" value={on} onChange={(event) => setOn(event.target.value)} />}
        </Field>
        <Field label={t('mobile.exempt.visitors')} wrong={problem?.of('body.visitors')}>
          {(attributes) => <input {...attributes} maxLength={60} value={visitors} onChange={(event) => setVisitors(event.target.value)} />}
        </Field>
        <Field label={t('mobile.exempt.brought')} wrong={problem?.of('body.brought')}>
          {(attributes) => (
            <textarea {...attributes} rows={2} maxLength={200} value={brought} onChange={(event) => setBrought(event.target.value)} />
          )}
        </Field>
        <Wrong problem={problem} except={['body.on', 'body.visitors', 'body.brought']} />
        <button type="submit" className="button wide" disabled={busy}>
          {t('mobile.exempt.doVisit')}
        </button>
      </form>
    </Sheet>
  )
}
