/** The record: when, who hosted, item by item what was said and decided. Kept on the platform when “save” is answered. */
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { ballots, getGathering, putRecord, resolutionKinds } from '#contract/meetings'
import { dayOf, momentAt, timeOf } from '../../shared/dates.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useAction, useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Failed, Loading } from '../../shared/states.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { type Gathering, isPresent } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'

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

type Item = Gathering['agenda'][number]
type Vote = Pick<
  Gathering['resolutions'][number],
  'itemId' | 'title' | 'kind' | 'ballot' | 'agree' | 'against' | 'abstain' | 'writtenOpinions'
> & { key: string }
type Speech = Gathering['speeches'][number] & { key: string }

/** A meeting that has no end yet lasted about this long; the recorder sees and changes it. */
const usualHours = 1.5

function Sheet({ gathering, back }: { gathering: Gathering; back: string }) {
  const t = useT()
  const { me } = useSession()
  const [, navigate] = useLocation()
  const { run, busy, problem } = useAction(putRecord)
  const begun = gathering.actualStart ?? gathering.plannedStart
  const [day, setDay] = useState(dayOf(new Date(begun)))
  const [from, setFrom] = useState(timeOf(begun))
  const [until, setUntil] = useState(() => timeOf(gathering.actualEnd ?? endOf(begun)))
  const [hostId, setHostId] = useState(gathering.hostId ?? hostOf(gathering, me.member?.memberId))
  const [agenda, setAgenda] = useState<Item[]>(gathering.agenda.length > 0 ? gathering.agenda : [{ id: newId(), title: '', note: '' }])
  const [votes, setVotes] = useState<Vote[]>(gathering.resolutions.map((vote) => ({ ...pick(vote), key: newId() })))
  const [speeches, setSpeeches] = useState<Speech[]>(gathering.speeches.map((speech) => ({ ...speech, key: newId() })))
  const [minutes, setMinutes] = useState(gathering.minutes)
  const [lateReason, setLateReason] = useState(gathering.lateReason)
  const voting = gathering.roster.filter((row) => row.hasVote && isPresent(row.state)).length
  const open = gathering.state === 'IN_PROGRESS' || gathering.state === 'DRAFT_MINUTES'
  const late = lateReason !== '' || problem?.code === 'LATE_REASON_NEEDED'

  const change = (id: string, part: Partial<Item>) => setAgenda(agenda.map((item) => (item.id === id ? { ...item, ...part } : item)))
  const changeVote = (key: string, part: Partial<Vote>) => setVotes(votes.map((vote) => (vote.key === key ? { ...vote, ...part } : vote)))
  const changeSpeech = (key: string, part: Partial<Speech>) =>
    setSpeeches(speeches.map((speech) => (speech.key === key ? { ...speech, ...part } : speech)))

  function submit(event: FormEvent) {
    event.preventDefault()
    const items = agenda.filter(({ title, note }) => title.trim() !== '' || note.trim() !== '')
    run({
      params: { organisationId: gathering.organisationId, gatheringId: gathering.id },
      body: {
        actualStart: momentAt(day, from),
        actualEnd: momentAt(until < from ? nextDay(day) : day, until),
        hostId,
        agenda: items,
        speeches: speeches.filter(({ gist }) => gist.trim() !== '').map(({ memberId, gist }) => ({ memberId, gist })),
        minutes,
        resolutions: votes.map(({ key: _key, ...vote }) => vote),
        fileIds: gathering.files.map(({ fileId }) => fileId),
        lateReason,
        version: gathering.version,
      },
    }).then(
      () => navigate(back, { replace: true }),
      () => {},
    )
  }

  return (
    <Page
      title={t('mobile.record.title')}
      back={back}
      foot={
        <>
          <Wrong problem={problem} except={known} />
          <div className="acts">
            <button type="submit" form="record" className="button" disabled={busy || !open}>
              {t('mobile.record.save')}
            </button>
          </div>
        </>
      }
    >
      <form id="record" onSubmit={submit} noValidate>
        {!open && <p className="note">{t('mobile.record.closed')}</p>}
        <section className="card">
          <Field label={t('mobile.plan.day')} wrong={problem?.of('body.actualStart')}>
            {(attributes) => <input {...attributes} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
          </Field>
          <div className="pair">
            <Field label={t('mobile.record.from')}>
              {(attributes) => <input {...attributes} type="time" value={from} onChange={(event) => setFrom(event.target.value)} />}
            </Field>
            <Field label={t('mobile.record.until')} wrong={problem?.of('body.actualEnd')}>
              {(attributes) => <input {...attributes} type="time" value={until} onChange={(event) => setUntil(event.target.value)} />}
            </Field>
          </div>
          <Field label={t('mobile.meeting.host')} wrong={problem?.of('body.hostId')}>
            {(attributes) => <People {...attributes} gathering={gathering} value={hostId} onChange={setHostId} />}
          </Field>
          {late && (
            <Field label={t('mobile.meeting.lateReason')} hint={t('mobile.record.lateHint')} wrong={problem?.of('body.lateReason')}>
              {(attributes) => (
                <textarea
                  {...attributes}
                  rows={2}
                  maxLength={200}
                  value={lateReason}
                  onChange={(event) => setLateReason(event.target.value)}
                />
              )}
            </Field>
          )}
        </section>

        <h2>{t('mobile.meeting.agenda')}</h2>
        {agenda.map((item, n) => (
          <fieldset key={item.id} className="card item">
            <legend className="unseen">{t('mobile.record.item', { n: n + 1 })}</legend>
            <Field label={t('mobile.record.item', { n: n + 1 })} wrong={problem?.of(`body.agenda.${n}.title`)}>
              {(attributes) => (
                <input
                  {...attributes}
                  maxLength={120}
                  value={item.title}
                  onChange={(event) => change(item.id, { title: event.target.value })}
                />
              )}
            </Field>
            <Field label={t('mobile.record.said')} wrong={problem?.of(`body.agenda.${n}.note`)}>
              {(attributes) => (
                <textarea
                  {...attributes}
                  rows={3}
                  maxLength={4000}
                  value={item.note}
                  onChange={(event) => change(item.id, { note: event.target.value })}
                />
              )}
            </Field>
            {votes.map((vote, v) =>
              vote.itemId === item.id ? (
                <VoteFields
                  key={vote.key}
                  vote={vote}
                  wrong={problem?.of(`body.resolutions.${v}`)}
                  onChange={(part) => changeVote(vote.key, part)}
                  onRemove={() => setVotes(votes.filter(({ key }) => key !== vote.key))}
                />
              ) : null,
            )}
            <div className="card-acts">
              <button
                type="button"
                className="text"
                onClick={() =>
                  setVotes([
                    ...votes,
                    {
                      key: newId(),
                      itemId: item.id,
                      title: item.title,
                      kind: 'ORDINARY',
                      ballot: 'HANDS',
                      agree: voting,
                      against: 0,
                      abstain: 0,
                      writtenOpinions: 0,
                    },
                  ])
                }
              >
                <Icon name="plus" />
                {t('mobile.record.addVote')}
              </button>
              {agenda.length > 1 && (
                <button
                  type="button"
                  className="text quiet"
                  onClick={() => {
                    setAgenda(agenda.filter(({ id }) => id !== item.id))
                    setVotes(votes.filter(({ itemId }) => itemId !== item.id))
                  }}
                >
                  {t('mobile.record.removeItem')}
                </button>
              )}
            </div>
          </fieldset>
        ))}
        <button type="button" className="text more" onClick={() => setAgenda([...agenda, { id: newId(), title: '', note: '' }])}>
          <Icon name="plus" />
          {t('mobile.record.addItem')}
        </button>

        <h2>{t('mobile.record.speeches')}</h2>
        {speeches.map((speech, n) => (
          <fieldset key={speech.key} className="card item">
            <legend className="unseen">{t('mobile.record.speaker')}</legend>
            <Field label={t('mobile.record.speaker')} wrong={problem?.of(`body.speeches.${n}.memberId`)}>
              {(attributes) => (
                <People
                  {...attributes}
                  gathering={gathering}
                  value={speech.memberId}
                  onChange={(memberId) => changeSpeech(speech.key, { memberId })}
                />
              )}
            </Field>
            <Field label={t('mobile.record.gist')} wrong={problem?.of(`body.speeches.${n}.gist`)}>
              {(attributes) => (
                <textarea
                  {...attributes}
                  rows={2}
                  maxLength={2000}
                  value={speech.gist}
                  onChange={(event) => changeSpeech(speech.key, { gist: event.target.value })}
                />
              )}
            </Field>
            <button type="button" className="text quiet" onClick={() => setSpeeches(speeches.filter(({ key }) => key !== speech.key))}>
              {t('mobile.record.remove')}
            </button>
          </fieldset>
        ))}
        <button
          type="button"
          className="text more"
          onClick={() => setSpeeches([...speeches, { key: newId(), memberId: gathering.roster[0]?.memberId ?? '', gist: '' }])}
        >
          <Icon name="plus" />
          {t('mobile.record.addSpeech')}
        </button>

        <h2>
          <label htmlFor="minutes">{t('mobile.meeting.minutes')}</label>
        </h2>
        <section className="card">
          <textarea
            id="minutes"
            rows={6}
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
            aria-describedby="minutes-note"
          />
          <p id="minutes-note" className={problem?.of('body.minutes') === undefined ? 'note' : 'note bad'}>
            {problem?.of('body.minutes') ?? t('mobile.record.minutesHint')}
          </p>
        </section>
      </form>
    </Page>
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

const pick = ({ itemId, title, kind, ballot, agree, against, abstain, writtenOpinions }: Gathering['resolutions'][number]) => ({
  itemId,
  title,
  kind,
  ballot,
  agree,
  against,
  abstain,
  writtenOpinions,
})

/** Whoever writes the record hosts as often as not; a leader of the branch otherwise. */
function hostOf(gathering: Gathering, me: string | undefined): string {
  const present = gathering.roster.filter((row) => isPresent(row.state))
  return present.find(({ memberId }) => memberId === me)?.memberId ?? present[0]?.memberId ?? gathering.roster[0]?.memberId ?? ''
}

/** Now, while the meeting may still be going on; otherwise after its usual time. */
function endOf(begun: string): string {
  const start = Date.parse(begun)
  return new Date(Math.max(start + 60_000, Math.min(Date.now(), start + usualHours * 3_600_000))).toISOString()
}

function nextDay(day: string): string {
  return dayOf(new Date(Date.parse(`${day}T12:00:00+08:00`) + 86_400_000))
}

interface PeopleProps {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
  gathering: Gathering
  value: string
  onChange: (memberId: string) => void
}

function People({ gathering, value, onChange, ...attributes }: PeopleProps) {
  return (
    <select {...attributes} value={value} onChange={(event) => onChange(event.target.value)}>
      {gathering.roster.map((row) => (
        <option key={row.memberId} value={row.memberId}>
          {row.name}
        </option>
      ))}
    </select>
  )
}

interface VoteFieldsProps {
  vote: Vote
  wrong: string | undefined
  onChange: (part: Partial<Vote>) => void
  onRemove: () => void
}

function VoteFields({ vote, wrong, onChange, onRemove }: VoteFieldsProps) {
  const t = useT()
  const number = (name: 'agree' | 'against' | 'abstain' | 'writtenOpinions') => (
    <Field label={t(`mobile.vote.${name}`)}>
      {(attributes) => (
        <input
          {...attributes}
          type="number"
          inputMode="numeric"
          min={0}
          value={vote[name]}
          onChange={(event) => onChange({ [name]: Math.max(0, Math.trunc(Number(event.target.value))) })}
        />
      )}
    </Field>
  )
  return (
    <fieldset className="vote">
      <legend>{t('mobile.vote.title')}</legend>
      <Field label={t('mobile.vote.text')} wrong={wrong}>
        {(attributes) => (
          <input {...attributes} maxLength={200} value={vote.title} onChange={(event) => onChange({ title: event.target.value })} />
        )}
      </Field>
      <div className="triple">
        {number('agree')}
        {number('against')}
        {number('abstain')}
      </div>
      <Choice
        label={t('mobile.vote.ballot')}
        value={vote.ballot}
        options={ballots.map((value) => ({ value, name: t(`mobile.ballot.${value}`) }))}
        onChange={(ballot) => onChange({ ballot })}
      />
      <Choice
        label={t('mobile.vote.kind')}
        value={vote.kind}
        options={resolutionKinds.map((value) => ({ value, name: t(`mobile.resolution.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      {vote.kind === 'ADMISSION' && number('writtenOpinions')}
      <button type="button" className="text quiet" onClick={onRemove}>
        {t('mobile.vote.remove')}
      </button>
    </fieldset>
  )
}
