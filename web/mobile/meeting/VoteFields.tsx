/** One vote: how, how many, and what the rule says of it while the numbers are typed. */
import { ballots, resolutionKinds } from '#contract/meetings'
import { type Heads, judgeVote, papersSentence, votesAmiss } from '#rules'
import { useSay, useT } from '../../shared/i18n.ts'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import type { Vote } from './record.ts'

interface VoteFieldsProps {
  vote: Vote
  /** Who was there, as the roll stands. */
  heads: Heads
  /** A meeting of the committee decides by its members. */
  committee: boolean
  wrong: string | undefined
  onChange: (part: Partial<Vote>) => void
  onRemove: () => void
}

export function VoteFields({ vote, heads, committee, wrong, onChange, onRemove }: VoteFieldsProps) {
  const t = useT()
  const number = (name: 'agree' | 'against' | 'abstain' | 'writtenOpinions') => (
    <Count label={t(`mobile.vote.${name}`)} value={vote[name]} onChange={(value) => onChange({ [name]: value })} />
  )
  const present = vote.kind === 'ELECTION' ? heads.presentVotingOnsite : heads.presentVoting
  const papers = vote.papers ?? { given: present, returned: present, invalid: 0 }
  const paper = (name: keyof typeof papers) => (
    <Count label={t(`mobile.vote.${name}`)} value={papers[name]} onChange={(value) => onChange({ papers: { ...papers, [name]: value } })} />
  )
  return (
    <fieldset className="vote">
      <legend>{t('mobile.vote.title')}</legend>
      <Field label={t('mobile.vote.text')} wrong={wrong}>
        {(attributes) => (
          <input {...attributes} maxLength={200} value={vote.title} onChange={(event) => onChange({ title: event.target.value })} />
        )}
      </Field>
      <Choice
        label={t('mobile.vote.ballot')}
        value={vote.ballot}
        options={ballots.map((value) => ({ value, name: t(`mobile.ballot.${value}`) }))}
        onChange={(ballot) => onChange({ ballot, papers: ballot === 'SECRET_PAPER' ? papers : null })}
      />
      {vote.ballot === 'SECRET_PAPER' && (
        <div className="triple">
          {paper('given')}
          {paper('returned')}
          {paper('invalid')}
        </div>
      )}
      <div className="triple">
        {number('agree')}
        {number('against')}
        {number('abstain')}
      </div>
      <Choice
        label={t('mobile.vote.kind')}
        value={vote.kind}
        options={resolutionKinds.map((value) => ({ value, name: t(`mobile.resolution.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      {vote.kind === 'ADMISSION' && number('writtenOpinions')}
      <Sum vote={vote} heads={heads} committee={committee} />
      <button type="button" className="text quiet" onClick={onRemove}>
        {t('mobile.vote.remove')}
      </button>
    </fieldset>
  )
}

/** How many: heads or papers, a whole number. */
function Count({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <Field label={label}>
      {(attributes) => (
        <input
          {...attributes}
          type="number"
          inputMode="numeric"
          min={0}
          value={value}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange(Math.max(0, Math.trunc(Number(event.target.value))))}
        />
      )}
    </Field>
  )
}

/** Passed or not, with the sum a person can do again; or what does not add up. */
function Sum({ vote, heads, committee }: Pick<VoteFieldsProps, 'vote' | 'heads' | 'committee'>) {
  const t = useT()
  const say = useSay()
  const amiss = votesAmiss(vote, heads)
  if (amiss !== undefined) {
    return (
      <p className="note bad" role="status">
        {say(amiss.sentence)}
      </p>
    )
  }
  const { passed, sentence } = judgeVote(vote, heads, committee)
  return (
    <p className="note sum" role="status">
      <b className={passed ? 'ok' : 'late'}>
        <i aria-hidden="true">{passed ? '✓ ' : '! '}</i>
        {t(passed ? 'mobile.meeting.passed' : 'mobile.meeting.notPassed')}
      </b>{' '}
      {say(sentence)}
      {vote.papers !== null && <> {say(papersSentence(vote.papers).sentence)}</>}
    </p>
  )
}
