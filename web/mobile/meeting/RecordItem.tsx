/** One item of the agenda in the record: what was said, by whom, what was proposed, and what was decided. */
import type { Heads } from '#rules'
import type { Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { Field } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { People } from '../parts/People.tsx'
import { Dictate } from './Dictate.tsx'
import type { Gathering } from './gathering.ts'
import { type Item, newVote, type Recorded, type Speech, type Vote } from './record.ts'
import { VoteFields } from './VoteFields.tsx'

interface RecordItemProps {
  item: Item
  n: number
  gathering: Gathering
  record: Recorded
  heads: Heads
  problem: Problem | null
  change: (part: Partial<Recorded>) => void
}

export function RecordItem({ item, n, gathering, record, heads, problem, change }: RecordItemProps) {
  const t = useT()
  const { agenda, votes } = record
  const committee = gathering.segments.some(({ kind }) => kind === 'COMMITTEE_MEETING')
  const set = (part: Partial<Item>) => change({ agenda: agenda.map((each) => (each.id === item.id ? { ...each, ...part } : each)) })
  const setVote = (key: string, part: Partial<Vote>) =>
    change({ votes: votes.map((vote) => (vote.key === key ? { ...vote, ...part } : vote)) })
  const addVote = (title: string) => change({ votes: [...votes, newVote(gathering, item.id, title)] })
  return (
    <fieldset className="card item">
      <legend className="unseen">{t('mobile.record.item', { n: n + 1 })}</legend>
      <Field label={t('mobile.record.item', { n: n + 1 })} wrong={problem?.of(`body.agenda.${n}.title`)}>
        {(attributes) => (
          <input {...attributes} maxLength={120} value={item.title} onChange={(event) => set({ title: event.target.value })} />
        )}
      </Field>
      <Field label={t('mobile.record.said')} wrong={problem?.of(`body.agenda.${n}.note`)}>
        {(attributes) => (
          <textarea {...attributes} rows={2} maxLength={4000} value={item.note} onChange={(event) => set({ note: event.target.value })} />
        )}
      </Field>
      <Dictate onText={(text) => set({ note: item.note + text })} />
      <Speeches of={item.id} gathering={gathering} record={record} problem={problem} change={change} onVote={addVote} />
      {votes.map((vote, v) =>
        vote.itemId === item.id ? (
          <VoteFields
            key={vote.key}
            vote={vote}
            heads={heads}
            committee={committee}
            wrong={problem?.of(`body.resolutions.${v}`)}
            onChange={(part) => setVote(vote.key, part)}
            onRemove={() => change({ votes: votes.filter(({ key }) => key !== vote.key) })}
          />
        ) : null,
      )}
      <div className="card-acts">
        <button
          type="button"
          className="text"
          onClick={() => change({ speeches: [...record.speeches, newSpeech(gathering, item.id)] })}
          aria-label={t('mobile.record.addSpeechTo', { n: n + 1 })}
        >
          <Icon name="plus" />
          {t('mobile.record.addSpeech')}
        </button>
        <button type="button" className="text" aria-label={t('mobile.record.addVoteTo', { n: n + 1 })} onClick={() => addVote(item.title)}>
          <Icon name="plus" />
          {t('mobile.record.addVote')}
        </button>
        {agenda.length > 1 && (
          <button
            type="button"
            className="text quiet"
            onClick={() =>
              change({
                agenda: agenda.filter(({ id }) => id !== item.id),
                votes: votes.filter(({ itemId }) => itemId !== item.id),
                speeches: record.speeches.map((speech) => (speech.itemId === item.id ? { ...speech, itemId: null } : speech)),
              })
            }
          >
            {t('mobile.record.removeItem')}
          </button>
        )}
      </div>
    </fieldset>
  )
}

export const newSpeech = (gathering: Gathering, itemId: string | null): Speech => ({
  key: newId(),
  memberId: gathering.roster[0]?.memberId ?? '',
  gist: '',
  itemId,
  proposal: false,
})

interface SpeechesProps {
  /** The item they belong to; null for those that belong to none. */
  of: string | null
  gathering: Gathering
  record: Recorded
  problem: Problem | null
  change: (part: Partial<Recorded>) => void
  /** Puts a proposal to the vote. */
  onVote: (title: string) => void
}

export function Speeches({ of, gathering, record: { speeches }, problem, change, onVote }: SpeechesProps) {
  const t = useT()
  const set = (key: string, part: Partial<Speech>) =>
    change({ speeches: speeches.map((speech) => (speech.key === key ? { ...speech, ...part } : speech)) })
  return speeches.map((speech, n) =>
    speech.itemId === of ? (
      <fieldset key={speech.key} className="speech">
        <legend className="unseen">{t('mobile.record.speaker')}</legend>
        <Field label={t('mobile.record.speaker')} wrong={problem?.of(`body.speeches.${n}.memberId`)}>
          {(attributes) => (
            <People
              {...attributes}
              people={gathering.roster}
              value={speech.memberId}
              onChange={(memberId) => set(speech.key, { memberId })}
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
              onChange={(event) => set(speech.key, { gist: event.target.value })}
            />
          )}
        </Field>
        <Dictate onText={(text) => set(speech.key, { gist: speech.gist + text })} />
        <label className="tick">
          <input type="checkbox" checked={speech.proposal} onChange={(event) => set(speech.key, { proposal: event.target.checked })} />
          <span>{t('mobile.record.proposal')}</span>
        </label>
        <div className="card-acts">
          {speech.proposal && speech.gist.trim() !== '' && (
            <button type="button" className="text" onClick={() => onVote(speech.gist.trim().slice(0, 200))}>
              {t('mobile.record.voteOnIt')}
            </button>
          )}
          <button
            type="button"
            className="text quiet"
            onClick={() => change({ speeches: speeches.filter(({ key }) => key !== speech.key) })}
          >
            {t('mobile.record.remove')}
          </button>
        </div>
      </fieldset>
    ) : null,
  )
}
