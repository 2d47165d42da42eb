import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { stateTones } from '../gatherings/rows.ts'
import { Mark } from '../list/Mark.tsx'
import { useRoll } from './roll.tsx'
import type { Gathering } from './useGathering.ts'

/** What it is, how far it has come, and the arithmetic of who is there, as it changes. */
export function Heading({ gathering }: { gathering: Gathering }) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const { rows, waiting } = useRoll(gathering)
  const expected = rows.filter((row) => row.expected)
  const present = expected.filter((row) => row.state.startsWith('PRESENT'))
  return (
    <header className="gathering-head">
      <div>
        <h2>{gathering.title}</h2>
        <Mark tone={stateTones[gathering.state]}>{t(`shared.state.${gathering.state}`)}</Mark>
        {gathering.lateEntry && <span className="seat">{t('console.gathering.late')}</span>}
      </div>
      <p className="quiet">
        {gathering.organisationName} · {showMoment(gathering.actualStart ?? gathering.plannedStart, language)}
        {gathering.place !== '' && ` · ${gathering.place}`} · {t(`shared.mode.${gathering.mode}`)}
      </p>
      {rows.length > 0 && (
        <div className="arithmetic" role="status" aria-busy={waiting > 0}>
          <p className="heads">{t('console.gathering.headsOf', { present: present.length, expected: expected.length })}</p>
          {gathering.verdicts.length > 0 && (
            <ul>
              {gathering.verdicts.map((verdict) => (
                <li key={verdict.segmentId}>
                  <Mark tone={verdict.valid ? 'ok' : 'late'}>
                    {t(`shared.kind.${verdict.kind}`)} {t(verdict.valid ? 'console.gathering.valid' : 'console.gathering.notValid')}
                  </Mark>
                  <span>{say(verdict.sentence)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </header>
  )
}
