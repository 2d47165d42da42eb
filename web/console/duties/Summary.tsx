import type { z } from 'zod'
import { dutyStates, type summariseDuties } from '#contract/duties'
import { useT } from '../../shared/i18n.ts'
import { Mark } from '../list/Mark.tsx'
import { type Duty, dutyTones } from './columns.tsx'

interface SummaryProps {
  items: z.output<typeof summariseDuties.returns>['items']
  ruleId: string | undefined
  state: Duty['state'] | undefined
  onChoose: (chosen: { rule: string; state: string }) => void
}

const shown = dutyStates.filter((state) => state !== 'NOT_APPLICABLE')

/** Counts of the current period, rule by rule. Numbers only: no shares, no order among organisations. Each opens its rows. */
export function Summary({ items, ruleId, state, onChoose }: SummaryProps) {
  const t = useT()
  const known = items.filter((item) => shown.some((each) => (item.counts[each] ?? 0) > 0))
  if (known.length === 0) return null
  const states = shown.filter((each) => known.some((item) => (item.counts[each] ?? 0) > 0))
  return (
    <div className="summary">
      <table className="plain" aria-label={t('console.duties.summary')}>
        <thead>
          <tr>
            <th scope="col">{t('console.duties.rule')}</th>
            <th scope="col">{t('console.duties.period')}</th>
            {states.map((each) => (
              <th scope="col" key={each} data-number="">
                <Mark tone={dutyTones[each]}>{t(`shared.duty.${each}`)}</Mark>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {known.map((item) => (
            <tr key={`${item.ruleId}${item.period}`}>
              <th scope="row">
                {item.ruleName} <small>{item.citation}</small>
              </th>
              <td>{item.period === '-' ? t('console.duties.standing') : item.period}</td>
              {states.map((each) => (
                <td key={each} data-number="">
                  {(item.counts[each] ?? 0) === 0 ? (
                    <span className="nought">0</span>
                  ) : (
                    <button
                      type="button"
                      className="link"
                      aria-pressed={ruleId === item.ruleId && state === each}
                      aria-label={t('console.duties.open', {
                        count: item.counts[each] ?? 0,
                        rule: item.ruleName,
                        state: t(`shared.duty.${each}`),
                      })}
                      onClick={() => onChoose({ rule: item.ruleId, state: each })}
                    >
                      {item.counts[each]}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
