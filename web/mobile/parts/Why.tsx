/** “Why?”: the sentence with its arithmetic, the article it comes from, and the rule as the platform holds it. */
import type { z } from 'zod'
import { getRule, type Duty as DutyShape } from '#contract/duties'
import { showDay } from '../../shared/dates.ts'
import { useLanguage, useSay, useT } from '../../shared/i18n.ts'
import { useElder } from '../../shared/looks.ts'
import { useOperation } from '../../shared/query.ts'
import { Asked } from './Asked.tsx'
import { Facts } from './Facts.tsx'
import { ReadAloud } from './ReadAloud.tsx'
import { Sheet } from './Sheet.tsx'

interface WhyProps {
  ruleId: string
  sentence: { zh: string; en: string }
  /** When the question is about a duty: its period and its numbers. */
  duty?: z.output<typeof DutyShape>
  onClose: () => void
}

const scopes = ['national', 'provincial', 'local', 'product'] as const

export function Why({ ruleId, sentence, duty, onClose }: WhyProps) {
  const t = useT()
  const say = useSay()
  const language = useLanguage()
  const elder = useElder()
  const asked = useOperation(getRule, { params: { ruleId } })
  const scopeName = (scope: string) => {
    const known = scopes.find((each) => each === scope)
    return known === undefined ? scope : t(`mobile.why.scopes.${known}`)
  }
  return (
    <Sheet title={t('mobile.why.title')} onClose={onClose}>
      <p className="lead">{say(sentence)}</p>
      {elder && <ReadAloud text={say(sentence)} />}
      {duty !== undefined && duty.period !== '-' && (
        <Facts
          rows={[
            [t('mobile.why.period'), `${showDay(duty.periodStart, language)} – ${showDay(duty.periodEnd, language)}`],
            [t('mobile.why.arithmetic'), t('mobile.why.counted', { required: duty.required, done: duty.done })],
          ]}
        />
      )}
      <Asked asked={asked}>
        {(rule) => (
          <Facts
            rows={[
              [t('mobile.why.article'), rule.citation],
              [t('mobile.why.rule'), rule.name],
              [t('mobile.why.scope'), scopeName(rule.scope)],
              [t('mobile.why.version'), `${rule.id} · ${rule.version}`],
            ]}
          />
        )}
      </Asked>
    </Sheet>
  )
}
