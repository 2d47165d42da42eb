import type { Problem } from '../../shared/client.ts'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../field/Choice.tsx'
import { Field } from '../field/Field.tsx'
import { MomentField } from '../field/MomentField.tsx'
import type { Recorded } from './record.ts'
import type { Gathering } from './useGathering.ts'

export interface RecordPartProps {
  gathering: Gathering
  record: Recorded
  change: (part: Partial<Recorded>) => void
  problem: Problem | null
}

/** When it was held and who was in the chair. */
export function HeldFields({ gathering, record, change, problem }: RecordPartProps) {
  const t = useT()
  const wrong = (name: string) => problem?.of(`body.${name}`)
  return (
    <fieldset>
      <Field label={t('console.minutes.start')} wrong={wrong('actualStart')}>
        <MomentField value={record.actualStart} onMoment={(actualStart) => change({ actualStart })} />
      </Field>
      <Field label={t('console.minutes.end')} wrong={wrong('actualEnd')}>
        <MomentField value={record.actualEnd} onMoment={(actualEnd) => change({ actualEnd })} />
      </Field>
      <Field
        label={t('console.plan.host')}
        wrong={wrong('hostId') !== undefined && record.hostId === null ? t('console.minutes.hostMissing') : wrong('hostId')}
      >
        <Choice
          value={record.hostId ?? ''}
          none={t('console.minutes.chooseHost')}
          options={gathering.roster.map((row) => row.memberId)}
          nameOf={(id) => gathering.roster.find((row) => row.memberId === id)?.name ?? ''}
          onChoose={(hostId) => change({ hostId: hostId ?? null })}
        />
      </Field>
    </fieldset>
  )
}
