/** How one stands to what the branch at home asks: what was attended at the host counts at home, each with the sentence and its article. */
import { useState } from 'react'
import { useSay, useT } from '../../shared/i18n.ts'
import { today } from '../parts/days.ts'
import { Icon } from '../parts/Icon.tsx'
import { periodName } from '../parts/period.ts'
import { Why } from '../parts/Why.tsx'
import type { Credit } from './words.ts'

const isMet = ({ credit }: Credit) => credit === 'MET_AT_HOME' || credit === 'MET_AT_HOST'

/** Its time is over and it was not attended: said plainly, nothing is left to be done about it. */
const isPast = ({ credit, periodEnd }: Credit) => credit === 'OPEN' && periodEnd < today()

export function Credits({ credits }: { credits: readonly Credit[] }) {
  const t = useT()
  const say = useSay()
  const [asking, setAsking] = useState<Credit>()
  const line = ({ kind, period }: Credit) =>
    t('mobile.floating.credit.line', { kind: t(`shared.kind.${kind}`), period: periodName(period, t) })
  const isOpen = (credit: Credit) => credit.credit === 'OPEN' && !isPast(credit)
  const open = credits.filter(isOpen)
  const others = credits.filter((credit) => !isOpen(credit))
  return (
    <>
      {open.length > 0 && (
        <ul className="verdicts">
          {open.map((credit) => (
            <li key={`${credit.ruleId} ${credit.period}`} className="card">
              <div className="verdict-head">
                <b>{line(credit)}</b>
                <button type="button" className="text" onClick={() => setAsking(credit)}>
                  {t('mobile.duty.why')}
                </button>
              </div>
              <p className="wait">{t('mobile.floating.credit.OPEN')}</p>
              <p>{say(credit.sentence)}</p>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className="rows card">
          {others.map((credit) => (
            <li key={`${credit.ruleId} ${credit.period}`}>
              <button type="button" className="row-button" aria-haspopup="dialog" onClick={() => setAsking(credit)}>
                <span>
                  {t(`shared.kind.${credit.kind}`)}
                  <small>{periodName(credit.period, t)}</small>
                </span>
                <b className={isMet(credit) ? 'floating-met' : undefined}>
                  {isMet(credit) && <i aria-hidden="true">✓ </i>}
                  {t(`mobile.floating.credit.${isPast(credit) ? 'PAST' : credit.credit}`)}
                </b>
                <Icon name="forward" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {asking !== undefined && <Why ruleId={asking.ruleId} sentence={asking.sentence} onClose={() => setAsking(undefined)} />}
    </>
  )
}
