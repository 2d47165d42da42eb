/** Patrol mode: the agenda is read aloud first, then what is to be read; then one says something, in words or by voice. */
import { useCallback, useMemo, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { getGathering } from '#contract/meetings'
import type { Problem } from '../../shared/client.ts'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { useSession } from '../../shared/session.tsx'
import { Asked } from '../parts/Asked.tsx'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Page } from '../parts/Page.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import { Wrong } from '../parts/Wrong.tsx'
import { Contributions } from './Contributions.tsx'
import { useDraft } from './draft.ts'
import type { Gathering } from './gathering.ts'
import type { GatheringPath } from './Meeting.tsx'
import './meeting.css'
import { useNotes } from './notes.ts'
import { useVoice } from './useVoice.ts'

export function Patrol({ organisationId, gatheringId }: GatheringPath) {
  const t = useT()
  const asked = useOperation(getGathering, { params: { organisationId, gatheringId } })
  return (
    <Page title={t('mobile.way.page')} back={`/meetings/${organisationId}/${gatheringId}`}>
      <Asked asked={asked}>{(gathering) => <Whole gathering={gathering} />}</Asked>
    </Page>
  )
}

function Whole({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const language = useLanguage()
  const { me } = useSession()
  const items = gathering.agenda.map(({ title }, n) => `${n + 1}. ${title}`)
  const notes = gathering.agenda.map(({ note }) => note).filter((note) => note !== '')
  const agenda = [gathering.title, showMoment(gathering.plannedStart, language), gathering.place, t('mobile.meeting.agenda'), ...items]
  const mine = { ...gathering, contributions: gathering.contributions.filter(({ memberId }) => memberId === me.member?.memberId) }
  return (
    <>
      <section className="card read-first" aria-labelledby="agenda">
        <h2 id="agenda">{t('mobile.meeting.agenda')}</h2>
        <ReadAloud text={agenda.filter((part) => part !== '').join('，')} />
        {gathering.agenda.length === 0 ? (
          <p className="quiet">{t('mobile.meeting.noAgenda')}</p>
        ) : (
          <ol className="agenda">
            {gathering.agenda.map((item) => (
              <li key={item.id}>
                <b>{item.title}</b>
              </li>
            ))}
          </ol>
        )}
      </section>
      {notes.length > 0 && (
        <section className="card read-first" aria-labelledby="reading">
          <h2 id="reading">{t('mobile.way.reading')}</h2>
          <ReadAloud text={notes.join('。')} />
          {notes.map((note) => (
            <p key={note} className="text-block">
              {note}
            </p>
          ))}
        </section>
      )}
      <Say gathering={gathering} owner={me.accountId} />
      <Contributions gathering={mine} />
    </>
  )
}

interface Words {
  text: string
}
const nothing: Words = { text: '' }

function Say({ gathering, owner }: { gathering: Gathering; owner: string }) {
  const t = useT()
  const queries = useQueryClient()
  const { organisationId, id: gatheringId } = gathering
  const path = useMemo(() => ({ organisationId, gatheringId }), [organisationId, gatheringId])
  const notes = useNotes(
    path,
    owner,
    useCallback(() => void queries.invalidateQueries({ queryKey: [getGathering.id] }), [queries]),
  )
  const voice = useVoice()
  const draft = useDraft(`way.${gatheringId}`, owner, nothing)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const recording = voice.state === 'recording'

  async function send() {
    setBusy(true)
    setRefused(null)
    try {
      await notes.say(draft.value.text.trim(), voice.voice?.blob ?? null)
      draft.clear()
      voice.drop()
    } catch (error) {
      setRefused(error as Problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <section className="card recording" aria-labelledby="say">
      <h2 id="say">{t('mobile.way.say')}</h2>
      {voice.possible && (
        <button
          type="button"
          className="button outline wide"
          aria-pressed={recording}
          onClick={() => (recording ? voice.stop() : void voice.start())}
        >
          <Icon name="speak" />
          {t(recording ? 'mobile.way.stop' : voice.voice === null ? 'mobile.way.record' : 'mobile.way.recordAgain')}
        </button>
      )}
      {voice.state === 'refused' && <p className="note bad">{t('mobile.way.refused')}</p>}
      {voice.voice !== null && (
        <div className="said">
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- one's own voice note, not yet sent */}
          <audio controls src={voice.voice.address} aria-label={t('mobile.way.own')} />
          <button type="button" className="text quiet" onClick={() => voice.drop()}>
            {t('mobile.way.drop')}
          </button>
        </div>
      )}
      <Field label={t('mobile.way.text')}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={3}
            maxLength={2000}
            value={draft.value.text}
            onChange={(event) => draft.change({ text: event.target.value })}
          />
        )}
      </Field>
      <Wrong problem={refused ?? (notes.problem?.code === 'OFFLINE' ? null : notes.problem)} />
      <button
        type="button"
        className="button wide"
        disabled={busy || recording || (voice.voice === null && draft.value.text.trim() === '')}
        onClick={() => void send()}
      >
        {t('mobile.way.send')}
      </button>
      {notes.waiting.length > 0 && (
        <p className="wait" role="status">
          {t('mobile.way.waiting', { count: notes.waiting.length })}
          {notes.problem !== null && notes.problem.code !== 'OFFLINE' && (
            <button type="button" className="text quiet" onClick={() => void notes.drop(notes.waiting[0]?.id ?? '')}>
              {t('mobile.way.drop')}
            </button>
          )}
        </p>
      )}
      <p className="note">{t('mobile.way.hint')}</p>
    </section>
  )
}
