import { Button, Input } from 'antd'
import { headsOf } from '#rules'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { useUndo } from '../frame/undo.tsx'
import { LongText } from '../field/LongText.tsx'
import type { RecordPartProps } from './HeldFields.tsx'
import type { ResolutionTyped } from './record.ts'
import { ResolutionFields } from './ResolutionFields.tsx'
import { useRoll } from './roll.tsx'

/** Item by item: what was said, and what was decided with which votes. */
export function AgendaMinutes({ gathering, record, change, problem }: RecordPartProps) {
  const t = useT()
  const say = useUndo()
  const { agenda, resolutions } = record
  const { rows } = useRoll(gathering)
  const heads = headsOf(rows)
  const setItem = (id: string, part: Partial<(typeof agenda)[number]>) =>
    change({ agenda: agenda.map((item) => (item.id === id ? { ...item, ...part } : item)) })

  function decide(itemId: string, title: string) {
    const votes = gathering.roster.filter((row) => row.hasVote && row.state.startsWith('PRESENT')).length
    const resolution: ResolutionTyped = {
      key: newId(),
      itemId,
      title,
      kind: 'ORDINARY',
      ballot: 'HANDS',
      agree: votes,
      against: 0,
      abstain: 0,
      writtenOpinions: 0,
      papers: null,
    }
    change({ resolutions: [...resolutions, resolution] })
  }

  function remove(item: (typeof agenda)[number]) {
    change({ agenda: agenda.filter(({ id }) => id !== item.id), resolutions: resolutions.filter(({ itemId }) => itemId !== item.id) })
    say(t('console.agenda.removed'), () => change({ agenda, resolutions }))
  }

  function undecide(resolution: ResolutionTyped) {
    change({ resolutions: resolutions.filter(({ key }) => key !== resolution.key) })
    say(t('console.resolution.removed'), () => change({ resolutions }))
  }

  return (
    <div className="agenda-minutes">
      {agenda.map((item, at) => (
        <section key={item.id} aria-label={t('console.agenda.item', { number: at + 1 })}>
          <div className="line">
            <span className="number">{at + 1}</span>
            <Input
              aria-label={t('console.agenda.item', { number: at + 1 })}
              aria-invalid={problem?.of(`body.agenda.${at}`) !== undefined}
              value={item.title}
              maxLength={120}
              onChange={(event) => setItem(item.id, { title: event.target.value })}
            />
            <Button aria-label={t('console.removeNamed', { name: item.title })} onClick={() => remove(item)}>
              {t('console.remove')}
            </Button>
          </div>
          <LongText
            aria-label={t('console.agenda.note', { number: at + 1 })}
            placeholder={t('console.agenda.notePlaceholder')}
            lines={2}
            value={item.note}
            maxLength={4000}
            onText={(text) => setItem(item.id, { note: text })}
          />
          {resolutions.map(
            (resolution, n) =>
              resolution.itemId === item.id && (
                <ResolutionFields
                  key={resolution.key}
                  resolution={resolution}
                  heads={heads}
                  committee={gathering.segments.some(({ kind }) => kind === 'COMMITTEE_MEETING')}
                  wrong={(name) => problem?.of(`body.resolutions.${n}.${name}`)}
                  onChange={(part) =>
                    change({ resolutions: resolutions.map((each) => (each.key === resolution.key ? { ...each, ...part } : each)) })
                  }
                  onRemove={() => undecide(resolution)}
                />
              ),
          )}
          <button type="button" className="link" onClick={() => decide(item.id, item.title)}>
            {t('console.resolution.add')}
          </button>
        </section>
      ))}
      <Button type="dashed" onClick={() => change({ agenda: [...agenda, { id: newId(), title: '', note: '' }] })}>
        {t('console.agenda.add')}
      </Button>
    </div>
  )
}
