/** 为什么: the rule behind a sentence, with its article and its parameters, opened in place. */
import { useId, useState } from 'react'
import { getRule } from '#contract/duties'
import { useT } from '../../shared/i18n.ts'
import { useOperation } from '../../shared/query.ts'
import { Answer } from '../frame/Answer.tsx'

export function Why({ ruleId }: { ruleId: string }) {
  const t = useT()
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <div className="why">
      <button type="button" className="link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {t('console.why')}
      </button>
      <div id={id} hidden={!open}>
        {open && <Rule ruleId={ruleId} />}
      </div>
    </div>
  )
}

const scopes = ['national', 'provincial', 'local']

export function Rule({ ruleId }: { ruleId: string }) {
  const t = useT()
  const asked = useOperation(getRule, { params: { ruleId } })
  return (
    <Answer asked={asked}>
      {(rule) => (
        <dl className="rule">
          <div>
            <dt>{t('console.rule.name')}</dt>
            <dd>{rule.name}</dd>
          </div>
          <div>
            <dt>{t('console.rule.citation')}</dt>
            <dd>{rule.citation}</dd>
          </div>
          <div>
            <dt>{t('console.rule.scope')}</dt>
            <dd>{scopes.includes(rule.scope) ? t(`console.scope.${rule.scope}`) : rule.scope}</dd>
          </div>
          {Object.keys(rule.params).length > 0 && (
            <div>
              <dt>{t('console.rule.params')}</dt>
              <dd>
                {Object.entries(rule.params).map(([name, value]) => (
                  <code key={name}>
                    {name} = {typeof value === 'string' ? value : JSON.stringify(value)}
                  </code>
                ))}
              </dd>
            </div>
          )}
          <div>
            <dt>{t('console.rule.version')}</dt>
            <dd>
              {rule.id} · {rule.version}
            </dd>
          </div>
        </dl>
      )}
    </Answer>
  )
}
