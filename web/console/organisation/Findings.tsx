import { useSay, useT } from '../../shared/i18n.ts'
import { Mark } from '../list/Mark.tsx'
import { Why } from '../list/Why.tsx'
import type { Organisation } from './organisation.ts'

/** Thresholds that are not met, each with its sentence and its rule; exceptions approved by the superior are marked. */
export function Findings({ findings }: Pick<Organisation, 'findings'>) {
  const t = useT()
  const say = useSay()
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{t('console.organisation.findings')}</h2>
      {findings.length === 0 ? (
        <p>
          <Mark tone="ok">{t('console.organisation.noFindings')}</Mark>
        </p>
      ) : (
        <ul className="findings">
          {findings.map((finding) => (
            <li key={finding.ruleId}>
              <Mark tone={finding.excepted ? 'calm' : finding.severity === 'DUTY' ? 'late' : 'wait'}>
                {t(finding.excepted ? 'console.organisation.excepted' : `console.severity.${finding.severity}`)}
              </Mark>
              <p>{say(finding.sentence)}</p>
              <Why ruleId={finding.ruleId} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
