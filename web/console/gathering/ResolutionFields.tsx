import { Button, Input, InputNumber } from 'antd'
import { ballots, resolutionKinds } from '#contract/meetings'
import { type Heads, judgeVote, papersSentence, votesAmiss } from '#rules'
import { useSay, useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { Field } from '../field/Field.tsx'
import { Mark } from '../list/Mark.tsx'
import { Why } from '../list/Why.tsx'
import type { ResolutionTyped } from './record.ts'

interface ResolutionFieldsProps {
  resolution: ResolutionTyped
  /** Who was there, as the roll stands. */
  heads: Heads
  /** A meeting of the committee decides by its members. */
  committee: boolean
  wrong: (name: string) => string | undefined
  onChange: (part: Partial<ResolutionTyped>) => void
  onRemove: () => void
}

const counts = ['agree', 'against', 'abstain'] as const
const paperCounts = ['given', 'returned', 'invalid'] as const

/** One resolution with its votes; while they are typed, whether it passes and by which arithmetic. */
export function ResolutionFields({ resolution, heads, committee, wrong, onChange, onRemove }: ResolutionFieldsProps) {
  const t = useT()
  const say = useSay()
  const amiss = votesAmiss(resolution, heads)
  const judged = judgeVote(resolution, heads, committee)
  const present = resolution.kind === 'ELECTION' ? heads.presentVotingOnsite : heads.presentVoting
  const papers = resolution.papers ?? { given: present, returned: present, invalid: 0 }
  return (
    <fieldset className="resolution">
      <legend>{t('console.resolution.title')}</legend>
      <Field label={t('console.resolution.text')} wrong={wrong('title')} wide>
        <Input value={resolution.title} maxLength={200} onChange={(event) => onChange({ title: event.target.value })} />
      </Field>
      <Field label={t('console.resolution.kind')} wrong={wrong('kind')}>
        <Choice
          value={resolution.kind}
          options={resolutionKinds}
          nameOf={(kind) => t(`console.resolutionKind.${kind}`)}
          onChoose={(kind) => kind && onChange({ kind })}
        />
      </Field>
      <Field label={t('console.resolution.ballot')} wrong={wrong('ballot')}>
        <Choice
          value={resolution.ballot}
          options={ballots}
          nameOf={(ballot) => t(`console.ballot.${ballot}`)}
          onChoose={(ballot) => ballot && onChange({ ballot, papers: ballot === 'SECRET_PAPER' ? papers : null })}
        />
      </Field>
      {resolution.ballot === 'SECRET_PAPER' &&
        paperCounts.map((name) => (
          <Field key={name} label={t(`console.resolution.${name}`)} wrong={name === 'given' ? wrong('papers') : undefined}>
            <InputNumber
              min={0}
              max={100_000}
              precision={0}
              value={papers[name]}
              onChange={(count) => onChange({ papers: { ...papers, [name]: count ?? 0 } })}
            />
          </Field>
        ))}
      {counts.map((name) => (
        <Field key={name} label={t(`console.resolution.${name}`)} wrong={wrong(name)}>
          <InputNumber
            min={0}
            max={100_000}
            precision={0}
            value={resolution[name]}
            onChange={(count) => onChange({ [name]: count ?? 0 })}
          />
        </Field>
      ))}
      {resolution.kind === 'ADMISSION' && (
        <Field label={t('console.resolution.writtenOpinions')} wrong={wrong('writtenOpinions')}>
          <InputNumber
            min={0}
            max={100_000}
            precision={0}
            value={resolution.writtenOpinions}
            onChange={(count) => onChange({ writtenOpinions: count ?? 0 })}
          />
        </Field>
      )}
      <div className="field resolution-end">
        <Button onClick={onRemove}>{t('console.remove')}</Button>
      </div>
      <div className="judged" data-wide="" role="status">
        {amiss === undefined ? (
          <>
            <Mark tone={judged.passed ? 'ok' : 'late'}>
              {t(judged.passed ? 'console.resolution.passed' : 'console.resolution.notPassed')}
            </Mark>
            <span>
              {say(judged.sentence)}
              {resolution.papers !== null && <> {say(papersSentence(resolution.papers).sentence)}</>}
            </span>
            <Why ruleId={judged.ruleId} />
          </>
        ) : (
          <span className="wrong">{say(amiss.sentence)}</span>
        )}
      </div>
    </fieldset>
  )
}
