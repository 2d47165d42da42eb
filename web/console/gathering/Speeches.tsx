import { Button } from 'antd'
import type { Problem } from '../../shared/client.ts'
import { newId } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { useUndo } from '../frame/undo.tsx'
import { LongText } from '../field/LongText.tsx'
import type { SpeechTyped } from './record.ts'
import type { Gathering } from './useGathering.ts'

interface SpeechesProps {
  gathering: Gathering
  speeches: SpeechTyped[]
  problem: Problem | null
  onSpeeches: (speeches: SpeechTyped[]) => void
}

/** Who said what, in a line each. */
export function Speeches({ gathering, speeches, problem, onSpeeches }: SpeechesProps) {
  const t = useT()
  const say = useUndo()
  const set = (key: string, part: Partial<SpeechTyped>) =>
    onSpeeches(speeches.map((speech) => (speech.key === key ? { ...speech, ...part } : speech)))
  return (
    <section className="speeches" aria-labelledby="speeches">
      <h4 id="speeches">{t('console.speech.title')}</h4>
      {speeches.map((speech, at) => {
        const wrong = problem?.of(`body.speeches.${at}`)
        return (
          <div className="line speech" key={speech.key}>
            <Choice
              aria-label={t('console.speech.who', { number: at + 1 })}
              aria-invalid={wrong !== undefined}
              none={t('console.speech.choose')}
              value={speech.memberId}
              options={gathering.roster.map((row) => row.memberId)}
              nameOf={(id) => gathering.roster.find((row) => row.memberId === id)?.name ?? ''}
              onChoose={(memberId) => set(speech.key, { memberId: memberId ?? '' })}
            />
            <LongText
              aria-label={t('console.speech.gist', { number: at + 1 })}
              lines={1}
              value={speech.gist}
              maxLength={2000}
              onText={(text) => set(speech.key, { gist: text })}
            />
            <Button
              onClick={() => {
                onSpeeches(speeches.filter(({ key }) => key !== speech.key))
                say(t('console.speech.removed'), () => onSpeeches(speeches))
              }}
            >
              {t('console.remove')}
            </Button>
            {wrong !== undefined && <p className="wrong">{wrong}</p>}
          </div>
        )
      })}
      <Button
        type="dashed"
        onClick={() => onSpeeches([...speeches, { key: newId(), memberId: '', gist: '', itemId: null, proposal: false }])}
      >
        {t('console.speech.add')}
      </Button>
    </section>
  )
}
