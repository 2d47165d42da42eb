/**
 * The record: when, who hosted, item by item what was said and decided. What was planned stands there already; what is written is kept
 * on this phone at every key, and on the platform when saving is answered.
 */
import { useMemo, useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { getGathering } from '#contract/meetings'
import { putRecord } from '#contract/record'
import { headsOf } from '#rules'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { People } from '../parts/People.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { Dictate } from './Dictate.tsx'
import { useDraft } from './draft.ts'
import { type Gathering, isWritable } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'
import './meeting.css'
import { bodyOf, newVote, type Recorded, recordOf, writtenOn } from './record.ts'
import { RecordItem, Speeches } from './RecordItem.tsx'

export function Record({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const asked = useOperation(getGathering, { params: { organisationId, gatheringId } })
  const back = `/meetings/${organisationId}/${gatheringId}`
  if (asked.data !== undefined) return <Sheet gathering={asked.data} back={back} />
  return (
    <Page title={t('mobile.record.title')} back={back}>
      {asked.error ? <Failed problem={asked.error} retry={() => void asked.refetch()} /> : <Loading />}
    </Page>
  )
}

function Sheet({ gathering, back }: { gathering: Gathering; back: string }) {
  const t = useT()
  const { me } = useSession()
  const [, navigate] = useLocation()
  const { run, busy, problem } = useAction(putRecord)
  const [now] = useState(() => new Date().toISOString())
  const written = writtenOn(gathering)
  const onRecord = () => recordOf(gathering, me.member?.memberId, now)
  const [saved, setSaved] = useState(onRecord)
  const draft = useDraft<Recorded>(`record.${gathering.id}`, me.accountId, saved)
  // Somebody else saved and nothing is being written here: show theirs.
  if (!draft.changed && saved.upon !== written) setSaved(onRecord())
  const record = draft.value
  const { change } = draft
  const open = isWritable(gathering.state)
  const late = record.lateReason !== '' || problem?.code === 'LATE_REASON_NEEDED'
  const overtaken = draft.changed && record.upon !== written

  async function save() {
    await run({ params: { organisationId: gathering.organisationId, gatheringId: gathering.id }, body: bodyOf(record, gathering) })
    draft.clear()
    navigate(back, { replace: true })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void save().catch(() => {})
  }

  return (
    <Page
      title={t('mobile.record.title')}
      back={back}
      aside={
        draft.changed && (
          <span className="saved" role="status">
            {t('mobile.record.kept')}
          </span>
        )
      }
      foot={
        <>
          <Wrong problem={problem} except={known} />
          <p className="note">{t('mobile.record.signNote')}</p>
          <div className="acts">
            <button type="submit" form="record" className="button" disabled={busy || !open || overtaken}>
              {t('mobile.record.save')}
            </button>
          </div>
        </>
      }
    >
      <form id="record" onSubmit={submit} noValidate>
        {!open && <p className="note">{t('mobile.record.closed')}</p>}
        {overtaken && (
          <section className="card late-edge" role="alert">
            <p>{t('mobile.record.overtaken', { name: gathering.recorderName })}</p>
            <div className="card-acts">
              <button type="button" className="button small" onClick={() => change({ upon: written })}>
                {t('mobile.record.keepMine')}
              </button>
              <button type="button" className="button small outline" onClick={draft.clear}>
                {t('mobile.record.takeTheirs')}
              </button>
            </div>
          </section>
        )}
        <section className="card">
          <Field label={t('mobile.plan.day')} wrong={problem?.of('body.actualStart')}>
            {(attributes) => (
              <input {...attributes} type="date" value={record.day} onChange={(event) => change({ day: event.target.value })} />
            )}
          </Field>
          <div className="pair">
            <Field label={t('mobile.record.from')}>
              {(attributes) => (
                <input {...attributes} type="time" value={record.from} onChange={(event) => change({ from: event.target.value })} />
              )}
            </Field>
            <Field label={t('mobile.record.until')} wrong={problem?.of('body.actualEnd')}>
              {(attributes) => (
                <input {...attributes} type="time" value={record.until} onChange={(event) => change({ until: event.target.value })} />
              )}
            </Field>
          </div>
          <Field label={t('mobile.meeting.host')} wrong={problem?.of('body.hostId')}>
            {(attributes) => (
              <People {...attributes} people={gathering.roster} value={record.hostId} onChange={(hostId) => change({ hostId })} />
            )}
          </Field>
          {late && (
            <Field label={t('mobile.meeting.lateReason')} hint={t('mobile.record.lateHint')} wrong={problem?.of('body.lateReason')}>
              {(attributes) => (
                <textarea
                  {...attributes}
                  rows={2}
                  maxLength={200}
                  value={record.lateReason}
                  onChange={(event) => change({ lateReason: event.target.value })}
                />
              )}
            </Field>
          )}
        </section>

        <Items gathering={gathering} record={record} problem={problem} change={change} />

        <h2>
          <label htmlFor="minutes">{t('mobile.meeting.minutes')}</label>
        </h2>
        <section className="card">
          <textarea
            id="minutes"
            rows={4}
            value={record.minutes}
            onChange={(event) => change({ minutes: event.target.value })}
            aria-describedby="minutes-note"
          />
          <p id="minutes-note" className={problem?.of('body.minutes') === undefined ? 'note' : 'note bad'}>
            {problem?.of('body.minutes') ?? t('mobile.record.minutesHint')}
          </p>
          <Dictate onText={(text) => change({ minutes: record.minutes + text })} />
        </section>
      </form>
    </Page>
  )
}

interface ItemsProps {
  gathering: Gathering
  record: Recorded
  problem: ReturnType<typeof useAction<typeof putRecord>>['problem']
  change: (part: Partial<Recorded>) => void
}

/** The agenda item by item, and what was said beside it. */
function Items({ gathering, record, problem, change }: ItemsProps) {
  const t = useT()
  const heads = useMemo(() => headsOf(gathering.roster), [gathering.roster])
  const first = record.agenda[0]?.id ?? ''
  const beside = record.speeches.some(({ itemId }) => itemId === null)
  return (
    <>
      <h2>{t('mobile.meeting.agenda')}</h2>
      {record.agenda.map((item, n) => (
        <RecordItem key={item.id} item={item} n={n} gathering={gathering} record={record} heads={heads} problem={problem} change={change} />
      ))}
      <button
        type="button"
        className="text more"
        onClick={() => change({ agenda: [...record.agenda, { id: newId(), title: '', note: '' }] })}
      >
        <Icon name="plus" />
        {t('mobile.record.addItem')}
      </button>
      {beside && (
        <>
          <h2>{t('mobile.record.speeches')}</h2>
          <section className="card">
            <Speeches
              of={null}
              gathering={gathering}
              record={record}
              problem={problem}
              change={change}
              onVote={(title) => change({ votes: [...record.votes, newVote(gathering, first, title)] })}
            />
          </section>
        </>
      )}
    </>
  )
}

/** Fields that say themselves what is wrong. */
const known = [
  'body.actualStart',
  'body.actualEnd',
  'body.hostId',
  'body.lateReason',
  'body.agenda',
  'body.speeches',
  'body.resolutions',
  'body.minutes',
]
